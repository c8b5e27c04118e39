package dev.waxwing.windowing;

import org.jspecify.annotations.Nullable;

/**
 * The clock of one key. Times are in microseconds, see {@link Micros}.
 *
 * <p>Called by the worker that owns the key: {@link #onItem} for each value in arrival order,
 * {@link #watermark} after it and whenever time may have gone on. A watermark that goes back is
 * taken for the last one.
 *
 * @param <V> value
 * @param <S> what is kept over a restart
 */
public interface ClockLogic<V, S> {

    /** Takes note of a value and returns when it happened. */
    long onItem(V value) throws Exception;

    /**
     * No value that happened earlier will come, or else it is late. {@link Micros#START_OF_TIME} if
     * nothing is known.
     */
    long watermark();

    /**
     * The runtime's time, in milliseconds since 1970, at which the watermark comes to {@code
     * micros} if no value comes before; {@link Long#MAX_VALUE} if time alone does not move it.
     */
    default long wakeAtMillis(long micros) {
        return Long.MAX_VALUE;
    }

    /**
     * The watermark of the stream with which this watermark comes to {@code micros}; {@link
     * Micros#END_OF_TIME} if that does not move it.
     */
    default long wakeAtWatermark(long micros) {
        return Micros.END_OF_TIME;
    }

    /**
     * What to keep of the clock, also when the key's last window has closed; null for nothing.
     * Immutable.
     */
    @Nullable S snapshot();
}
