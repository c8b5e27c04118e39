package dev.waxwing.windowing;

import java.time.Instant;

/**
 * What a window emits, with the window's bounds as they are when it does.
 *
 * @param windowId unique for the key
 * @param openMicros as {@link WindowMetadata#openMicros}
 * @param closeMicros as {@link WindowMetadata#closeMicros}
 * @param timing before, at or after the window's end
 * @param value the result
 * @param <R> result
 */
public record WindowResult<R>(
        long windowId, long openMicros, long closeMicros, Timing timing, R value) {

    /** When a result is emitted. */
    public enum Timing {
        /** The watermark has not passed the window's end; more may come. */
        EARLY,
        /** The watermark has passed the window's end. */
        ON_TIME,
        /**
         * A value came after the end, within the allowed lateness: this result replaces the last.
         */
        UPDATE
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
