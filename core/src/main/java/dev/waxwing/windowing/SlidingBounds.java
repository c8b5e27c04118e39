package dev.waxwing.windowing;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The arithmetic of sliding windows, in microseconds. Exact for all timestamps and durations that
 * {@link Micros} makes.
 *
 * @param length of each window
 * @param offset between the starts of two windows
 * @param alignTo where window 0 opens
 */
public record SlidingBounds(long length, long offset, long alignTo) implements Serializable {

    /** The bounds of a windower's windows. */
    public static SlidingBounds of(SlidingWindower windower) {
        return new SlidingBounds(
                Micros.of(windower.length()),
                Micros.of(windower.offset()),
                Micros.of(windower.alignTo()));
    }

    /** The first window that a time is in. */
    long firstId(long micros) {
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
