package dev.waxwing.engine.state;

import dev.waxwing.engine.site.Boxed;
import dev.waxwing.engine.site.Route;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the cell of a key. Confined to the worker. */
final class CellTable {

    /*
     * Open addressing with linear probing over an array of cells, at most half full; a removed cell's
     * followers are shifted back (Knuth, The Art of Computer Programming 3, 6.4, algorithm R), so there are no tombstones.
     *
     * The hashes are in an array of their own as well, so that no cell is fetched from memory but the one that is looked
     * for: with very many keys that is most of what a look-up costs (benchmark W3).
     *
     * No cell stands further than PROBES_MAX from where it belongs, nor behind SAME_MAX others of its hash: those that
     * would are in a crowd. Hashes that are any good bring no cell there (docs/decisions/0029).
     */
    static final int SAME_MAX = 4;
    static final int PROBES_MAX = 128;

    private static final int EMPTY = 0;
    private static final int LEAST_CAPACITY = 64;
    private static final int IN_CROWD = -1;

    private int[] hashes = new int[LEAST_CAPACITY];
    private @Nullable Cell[] cells = new Cell[LEAST_CAPACITY];
    private int placed;
    private int last;
    private @Nullable Crowd<Cell> crowd;
    private @Nullable Cell lastInCrowd;

    /** The hash by which a key is found, of that of {@link Boxed#hash}. */
    static int hash(int ofKey) {
        int mixed = Route.spread(ofKey);
        return mixed == EMPTY ? 1 : mixed;
    }

    /** The cell where one of that hash mostly is, if it has the hash; else null. */
    @Nullable Cell likely(int hash) {
        int i = hash & (hashes.length - 1);
        if (hashes[i] != hash) {
            return null;
        }
        last = i;
        return cells[i];
    }

    /** The cell of a key in its two parts, or null. */
    @Nullable Cell find(int hash, long bits, Object rest) {
        int[] table = hashes;
        int mask = table.length - 1;
        int same = 0;
        int i = hash & mask;
        for (int probes = 0; table[i] != EMPTY && probes < PROBES_MAX; probes++) {
            if (table[i] == hash) {
                Cell cell = at(i);
                if (cell.bits == bits && (cell.rest == rest || cell.rest.equals(rest))) {
                    last = i;
                    return cell;
                }
                if (++same == SAME_MAX) {
                    break;
                }
            }
            i = (i + 1) & mask;
        }
        return crowd == null ? null : findIn(crowd, bits, rest);
    }

    private @Nullable Cell findIn(Crowd<Cell> others, long bits, Object rest) {
        Cell cell = others.get(Boxed.of(bits, rest));
        if (cell != null) {
            last = IN_CROWD;
            lastInCrowd = cell;
        }
        return cell;
    }

    /** Adds the cell of a key that has none. */
    void add(Cell cell) {
        if ((placed + 1) * 2 > hashes.length) {
            resize(hashes.length * 2);
        }
        last = insert(cell.hash, cell);
    }

    /** The cell that was found or added last, if none has been removed since. */
    @Nullable Cell last() {
        return last == IN_CROWD ? lastInCrowd : cells[last];
    }

    /** Removes a cell that is there. */
    void remove(Cell cell) {
        int hole = placeOf(cell);
        if (hole == IN_CROWD) {
            removeFromCrowd(cell);
            return;
        }
        int mask = hashes.length - 1;
        for (int i = (hole + 1) & mask; hashes[i] != EMPTY; i = (i + 1) & mask) {
            if (((i - hashes[i]) & mask) >= ((i - hole) & mask)) {
                hashes[hole] = hashes[i];
                cells[hole] = cells[i];
                hole = i;
            }
        }
        hashes[hole] = EMPTY;
        cells[hole] = null;
        placed--;
        if (placed < hashes.length / 16 && hashes.length > LEAST_CAPACITY) {
            resize(Math.max(LEAST_CAPACITY, hashes.length / 4));
        }
    }

    private int placeOf(Cell cell) {
        int mask = hashes.length - 1;
        int i = cell.hash & mask;
        for (int probes = 0; hashes[i] != EMPTY && probes < PROBES_MAX; probes++) {
            if (cells[i] == cell) {
                return i;
            }
            i = (i + 1) & mask;
        }
        return IN_CROWD;
    }

    private void removeFromCrowd(Cell cell) {
        Crowd<Cell> others = Objects.requireNonNull(crowd, "a cell that is not there");
        others.remove(cell.key());
        lastInCrowd = null;
        if (others.size() == 0) {
            crowd = null;
        }
    }

    int size() {
        Crowd<Cell> others = crowd;
        return others == null ? placed : placed + others.size();
    }

    /** How many cells are in the crowd. */
    int crowded() {
        return size() - placed;
    }

    /** For how many cells there are places. */
    int capacity() {
        return hashes.length;
    }

    /** All cells, in no order. */
    Cell[] toArray() {
        Cell[] all = new Cell[size()];
        int n = 0;
        for (Cell cell : cells) {
            if (cell != null) {
                all[n++] = cell;
            }
        }
        if (crowd != null) {
            for (Cell cell : crowd.values()) {
                all[n++] = cell;
            }
        }
        return all;
    }

    void forEach(Consumer<Cell> action) {
        for (Cell cell : toArray()) {
            action.accept(cell);
        }
    }

    private Cell at(int i) {
        return Objects.requireNonNull(cells[i]);
    }

    private void resize(int capacity) {
        int[] oldHashes = hashes;
        @Nullable Cell[] oldCells = cells;
        hashes = new int[capacity];
        cells = new Cell[capacity];
        placed = 0;
        last = 0;
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] != EMPTY) {
                insert(oldHashes[i], Objects.requireNonNull(oldCells[i]));
            }
        }
    }

    /* Returns the place, or IN_CROWD. */
    private int insert(int hash, Cell cell) {
        int mask = hashes.length - 1;
        int same = 0;
        int i = hash & mask;
        for (int probes = 0; probes < PROBES_MAX && same < SAME_MAX; probes++) {
            if (hashes[i] == EMPTY) {
                hashes[i] = hash;
                cells[i] = cell;
                placed++;
                return i;
            }
            same += hashes[i] == hash ? 1 : 0;
            i = (i + 1) & mask;
        }
        if (crowd == null) {
            crowd = new Crowd<>();
        }
        crowd.put(cell.key(), cell);
        lastInCrowd = cell;
        return IN_CROWD;
    }
}
