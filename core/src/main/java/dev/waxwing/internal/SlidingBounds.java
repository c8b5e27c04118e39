package dev.waxwing.internal;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The arithmetic of sliding windows, in microseconds. Exact for all timestamps and durations within
 * 2<sup>61</sup> microseconds.
 *
 * @param length of each window
 * @param offset between the starts of two windows
 * @param alignTo where window 0 opens
 */
public record SlidingBounds(long length, long offset, long alignTo) implements Serializable {

    /** The first window that a time is in. */
    public long firstId(long micros) {
        return Math.floorDiv(micros - alignTo - length, offset) + 1;
    }

    /** The last window that a time is in. */
    public long lastId(long micros) {
        return Math.floorDiv(micros - alignTo, offset);
    }

    /** All windows that a time is in, in order. */
    public long[] ids(long micros) {
        long first = firstId(micros);
        long[] ids = new long[Math.toIntExact(lastId(micros) - first + 1)];
        Arrays.setAll(ids, i -> first + i);
        return ids;
    }

    /** When a window opens. */
    public long open(long windowId) {
        return alignTo + windowId * offset;
    }

    /** When a window closes. */
    public long close(long windowId) {
        return open(windowId) + length;
    }
}
