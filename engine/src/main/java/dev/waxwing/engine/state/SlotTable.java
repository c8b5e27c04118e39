package dev.waxwing.engine.state;

import dev.waxwing.engine.site.Boxed;
import dev.waxwing.state.columnar.ColumnarLogic;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Gives each key a number, its slot. Confined to the worker. */
final class SlotTable {

    /*
     * Open addressing with linear probing, at most half full. Where a key belongs is told by its hash times the golden
     * ratio (Knuth, The Art of Computer Programming 3, 6.4, Fibonacci hashing): one multiplication, and keys that count up
     * hardly ever meet.
     *
     * A key is its two parts, and lies in two arrays: of a number the bits, of another object the hash is the tag that is
     * looked at first. A slot is free if it has no rest. As long as all keys are numbers of one kind the tag
     * says all, but for the number 0, which is the tag of free slots, too.
     *
     * As in CellTable a key that would stand too far from where it belongs, or behind too many of its tag, is in a crowd.
     * Its slot is any that is free, far from those of others of the crowd, so that they make no long row.
     */
    private static final int LEAST_BITS = 6;
    private static final int GOLDEN_RATIO = 0x9e3779b9;
    private static final long OBJECT = 1L << 32;

    private long[] tags = new long[1 << LEAST_BITS];
    private @Nullable Object[] rests = new @Nullable Object[1 << LEAST_BITS];
    private int shift = Integer.SIZE - LEAST_BITS;
    private int size;
    private @Nullable Object onlyKind;
    private @Nullable Crowd<Integer> crowd;

    /** The slot of a key in its two parts, by {@link Boxed#hash}, or NONE. */
    int find(int hash, long bits, Object rest) {
        long tag = Boxed.isNumber(rest) ? bits : OBJECT | hash;
        long[] table = tags;
        int slot = hash * GOLDEN_RATIO >>> shift;
        int same = 0;
        for (int probes = 0; probes < CellTable.PROBES_MAX; probes++) {
            if (table[slot] == tag) {
                if ((tag != 0 && rest == onlyKind) || isAt(slot, rest)) {
                    return slot;
                }
                if (rests[slot] == null || ++same == CellTable.SAME_MAX) {
                    break;
                }
            } else if (table[slot] == 0 && rests[slot] == null) {
                break;
            }
            slot = (slot + 1) & (table.length - 1);
        }
        return crowd == null ? ColumnarLogic.NONE : findIn(crowd, bits, rest);
    }

    private static int findIn(Crowd<Integer> others, long bits, Object rest) {
        Integer slot = others.get(Boxed.of(bits, rest));
        return slot == null ? ColumnarLogic.NONE : slot;
    }

    private boolean isAt(int slot, Object rest) {
        Object there = rests[slot];
        return there != null && (there == rest || there.equals(rest));
    }

    /** Whether one more key needs another table. */
    boolean isFull() {
        return (size + 1) * 2 > tags.length;
    }

    /** The slot of a key that has none yet. */
    int add(int hash, long bits, Object rest) {
        Object kind = Boxed.isNumber(rest) ? rest : null;
        if (size == 0) {
            onlyKind = kind;
        } else if (onlyKind != kind) {
            onlyKind = null;
        }
        size++;
        return insert(hash, Boxed.isNumber(rest) ? bits : OBJECT | hash, rest);
    }

    private int insert(int hash, long tag, Object rest) {
        int slot = hash * GOLDEN_RATIO >>> shift;
        int same = 0;
        for (int probes = 0; probes < CellTable.PROBES_MAX && same < CellTable.SAME_MAX; probes++) {
            if (rests[slot] == null) {
                return put(slot, tag, rest);
            }
            same += tags[slot] == tag ? 1 : 0;
            slot = (slot + 1) & (tags.length - 1);
        }
        return insertInCrowd(tag, rest);
    }

    private int insertInCrowd(long tag, Object rest) {
        Crowd<Integer> others = crowd;
        if (others == null) {
            others = new Crowd<>();
            crowd = others;
        }
        int slot = others.size() * GOLDEN_RATIO >>> shift;
        while (rests[slot] != null) {
            slot = (slot + 1) & (tags.length - 1);
        }
        others.put(Boxed.of(tag, rest), slot);
        return put(slot, tag, rest);
    }

    private int put(int slot, long tag, Object rest) {
        tags[slot] = tag;
        rests[slot] = rest;
        return slot;
    }

    Object key(int slot) {
        return Boxed.of(tags[slot], Objects.requireNonNull(rests[slot], "a slot without a key"));
    }

    int size() {
        return size;
    }

    int capacity() {
        return tags.length;
    }

    /** How many keys are in the crowd. */
    int crowded() {
        return crowd == null ? 0 : crowd.size();
    }

    /* Of a table that so many keys fill to a half at most. */
    private static int bitsFor(int keys) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(2 * keys);
    }

    /**
     * Forgets keys and makes the table fit for those that are left and a third more, at least.
     *
     * @return the new slot of each old one, {@link ColumnarLogic#NONE} for those that are forgotten
     */
    int[] rebuild(IntPredicate isKept) {
        long[] oldTags = tags;
        @Nullable Object[] oldRests = rests;
        int[] to = new int[oldTags.length];
        size = 0;
        for (int slot = 0; slot < to.length; slot++) {
            to[slot] = oldRests[slot] != null && isKept.test(slot) ? 0 : ColumnarLogic.NONE;
            size += to[slot] == ColumnarLogic.NONE ? 0 : 1;
        }
        int bitCount = Math.max(LEAST_BITS, bitsFor(size + size / 3));
        tags = new long[1 << bitCount];
        rests = new @Nullable Object[1 << bitCount];
        shift = Integer.SIZE - bitCount;
        crowd = null;
        for (int slot = 0; slot < to.length; slot++) {
            Object rest = oldRests[slot];
            if (to[slot] != ColumnarLogic.NONE && rest != null) {
                Object key = Boxed.of(oldTags[slot], rest);
                to[slot] = insert(Boxed.hash(key), oldTags[slot], rest);
            }
        }
        return to;
    }
}
