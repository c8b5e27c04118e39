package dev.waxwing.windowing;

import java.time.Instant;
import java.util.List;

/**
 * What a window emits, with the window's bounds as they are when it does: a result, or the
 * withdrawal of what it has given so far.
 *
 * <p>Only windows that become one, as sessions do, are withdrawn, and only if the one that is no
 * more has given results before, early or within the allowed lateness. Who keeps the last result of
 * a key and window id deletes it then. Everybody else who follows such windows asks {@link
 * #isWithdrawal} before {@link #value}.
 *
 * @param <R> result
 */
public sealed interface WindowResult<R> {

    /** Unique for the key while the key's state is kept. */
    long windowId();

    /** As {@link Metadata#openMicros}; of a withdrawal that of the window that remains. */
    long openMicros();

    /** As {@link Metadata#closeMicros}; of a withdrawal that of the window that remains. */
    long closeMicros();

    /** Why it is emitted. */
    Timing timing();

    /**
     * The result.
     *
     * @throws IllegalStateException if this is a withdrawal, which has none
     */
    R value();

    /** Whether all results of the window are withdrawn; see {@link Withdrawal#mergedInto}. */
    default boolean isWithdrawal() {
        return this instanceof Withdrawal;
    }

    /** {@link #openMicros} as an instant. */
    default Instant open() {
        return Micros.toInstant(openMicros());
    }

    /** {@link #closeMicros} as an instant. */
    default Instant close() {
        return Micros.toInstant(closeMicros());
    }

    /** When, or why, something is emitted. */
    enum Timing {
        /** The watermark has not passed the window's end; more may come. */
        EARLY,
        /** The watermark has passed the window's end. */
        ON_TIME,
        /**
         * A value came after the end, within the allowed lateness: this result replaces the last.
         */
        UPDATE,
        /** The window has become part of another: none of its results counts any more. */
        WITHDRAWN
    }

    /**
     * A result of a window.
     *
     * @param timing before, at or after the window's end
     * @param value the result
     * @param <R> result
     */
    record Given<R>(long windowId, long openMicros, long closeMicros, Timing timing, R value)
            implements WindowResult<R> {}

    /**
     * The end of a window that has become part of another: what it has given counts no more. Comes
     * before anything that the other gives of the values of both, and once.
     *
     * @param windowId the window that is no more
     * @param openMicros of the window that remains
     * @param closeMicros of the window that remains
     * @param mergedInto the window that remains, which has the values of both
     * @param <R> result
     */
    record Withdrawal<R>(long windowId, long openMicros, long closeMicros, long mergedInto)
            implements WindowResult<R> {

        @Override
        public Timing timing() {
            return Timing.WITHDRAWN;
        }

        @Override
        public R value() {
            throw new IllegalStateException(
                    "window "
                            + windowId
                            + " of this key has become part of window "
                            + mergedInto
                            + ", so what it has given counts no more, and this withdrawal has no"
                            + " value; ask isWithdrawal() first, and then delete what is kept of"
                            + " the key and the window id");
        }
    }

    /**
     * A window and its bounds.
     *
     * @param windowId unique for the key
     * @param openMicros its start, inclusive, in microseconds since 1970
     * @param closeMicros its end, in microseconds since 1970; exclusive but for sessions and
     *     windows by count, where it is the timestamp of the last value
     * @param mergedIds the windows that have become part of this one, and those that had become
     *     part of them
     */
    record Metadata(long windowId, long openMicros, long closeMicros, List<Long> mergedIds) {

        public Metadata {
            mergedIds = List.copyOf(mergedIds);
        }

        /** A window that has not swallowed others. */
        public static Metadata of(long windowId, long openMicros, long closeMicros) {
            return new Metadata(windowId, openMicros, closeMicros, List.of());
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
}
