package dev.waxwing.recovery.page;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A map from keys, as bytes, to small numbers. Confined to one thread.
 *
 * <p>Keys that were once put stay; numbers are 0 or more.
 */
public final class KeyIndex {

    /*
     * Open addressing over entry numbers; the keys themselves stand one after the other in chunks,
     * so a million keys are a few arrays and not two million objects. Hashes are kept, so growing
     * reads no key. A key longer than a chunk gets a chunk of its own.
     */

    private static final int CHUNK_BYTES = 1 << 20;
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    // written by the confined thread
    private final List<byte[]> chunks = new ArrayList<>();
    private int chunkUsed = CHUNK_BYTES;
    private int[] slots = new int[64];
    private int[] hashes = new int[32];
    private long[] places = new long[32];
    private int[] lengths = new int[32];
    private int[] numbers = new int[32];
    private int size;

    /** How many keys there are. */
    public int size() {
        return size;
    }

    /** The number of a key, or -1. */
    public int get(byte[] data, int offset, int length) {
        int entry = find(data, offset, length, hash(data, offset, length));
        return entry < 0 ? -1 : numbers[entry];
    }

    /** Sets the number of a key; returns the former one, or -1. */
    public int put(byte[] data, int offset, int length, int number) {
        int hash = hash(data, offset, length);
        int entry = find(data, offset, length, hash);
        if (entry >= 0) {
            int former = numbers[entry];
            numbers[entry] = number;
            return former;
        }
        append(data, offset, length, hash, number);
        return -1;
    }

    private int find(byte[] data, int offset, int length, int hash) {
        int mask = slots.length - 1;
        for (int slot = hash & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
            int entry = slots[slot] - 1;
            if (hashes[entry] == hash
                    && lengths[entry] == length
                    && isAt(places[entry], data, offset, length)) {
                return entry;
            }
        }
        return -1;
    }

    private boolean isAt(long place, byte[] data, int offset, int length) {
        int from = (int) place;
        byte[] chunk = chunks.get((int) (place >>> 32));
        return Arrays.equals(chunk, from, from + length, data, offset, offset + length);
    }

    private void append(byte[] data, int offset, int length, int hash, int number) {
        if (size == hashes.length) {
            grow();
        }
        hashes[size] = hash;
        places[size] = store(data, offset, length);
        lengths[size] = length;
        numbers[size] = number;
        size++;
        occupy(hash, size);
    }

    private long store(byte[] data, int offset, int length) {
        if (length > CHUNK_BYTES - chunkUsed) {
            chunks.add(new byte[Math.max(CHUNK_BYTES, length)]);
            chunkUsed = 0;
        }
        int chunk = chunks.size() - 1;
        System.arraycopy(data, offset, chunks.get(chunk), chunkUsed, length);
        long place = (long) chunk << 32 | chunkUsed;
        chunkUsed += length;
        return place;
    }

    private void grow() {
        int capacity = size * 2;
        hashes = Arrays.copyOf(hashes, capacity);
        places = Arrays.copyOf(places, capacity);
        lengths = Arrays.copyOf(lengths, capacity);
        numbers = Arrays.copyOf(numbers, capacity);
        slots = new int[capacity * 2];
        for (int entry = 0; entry < size; entry++) {
            occupy(hashes[entry], entry + 1);
        }
    }

    private void occupy(int hash, int value) {
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = value;
    }

    static int hash(byte[] data, int offset, int length) {
        long hash = length;
        int end = offset + length;
        int i = offset;
        for (; i + 8 <= end; i += 8) {
            hash = mix(hash ^ (long) LONG.get(data, i));
        }
        long tail = 0;
        for (; i < end; i++) {
            tail = (tail << 8) | (data[i] & 0xff);
        }
        return (int) (mix(hash ^ tail) >>> 32);
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 32) * 0x9e3779b97f4a7c15L;
        return mixed ^ mixed >>> 29;
    }
}
