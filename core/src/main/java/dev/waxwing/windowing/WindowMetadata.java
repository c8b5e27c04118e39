package dev.waxwing.windowing;

import java.time.Instant;
import java.util.List;

/**
 * A window and its bounds.
 *
 * @param windowId unique for the key
 * @param openMicros its start, inclusive, in microseconds since 1970
 * @param closeMicros its end, in microseconds since 1970; exclusive but for sessions and windows by
 *     count, where it is the timestamp of the last value
 * @param mergedIds the windows that have become part of this one, and those that had become part of
 *     them
 */
public record WindowMetadata(
        long windowId, long openMicros, long closeMicros, List<Long> mergedIds) {

    public WindowMetadata {
        mergedIds = List.copyOf(mergedIds);
    }

    /** A window that has not swallowed others. */
    public static WindowMetadata of(long windowId, long openMicros, long closeMicros) {
        return new WindowMetadata(windowId, openMicros, closeMicros, List.of());
    }

    /** {@link #openMicros} as an instant. */
    public Instant open() {
        return Micros.toInstant(openMicros);
    }

    /** {@link #closeMicros} as an instant. */
    public Instant close() {
        return Micros.toInstant(closeMicros);
    }
}
