package dev.waxwing.windowing;

import dev.waxwing.function.HoldsCode;
import dev.waxwing.function.Mapper;
import dev.waxwing.state.LogicContext;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All keys share the time of the stream: the watermark that a {@code watermark} step before gives
 * it, the least over the partitions of its sources and over merged streams. So all keys close
 * together, and reading history again gives the same windows at any speed and with any number of
 * workers, as long as no value is out of order by more than the step allows.
 *
 * <p>A stream without a {@code watermark} step has no time; then only the end of input closes
 * windows.
 *
 * @param timestamp when a value happened; normally the function that the watermark step has
 * @param <V> value
 */
public record StreamClock<V>(Mapper<? super V, Instant> timestamp)
        implements Clock<V, Void>, HoldsCode {

    public StreamClock {
        Objects.requireNonNull(timestamp, "timestamp must not be null");
    }

    /** The stream's time. */
    public static <V> StreamClock<V> of(Mapper<? super V, Instant> timestamp) {
        return new StreamClock<>(timestamp);
    }

    @Override
    public ClockLogic<V, Void> build(LogicContext<?> context, @Nullable Void resumeState) {
        return new StreamClockLogic<>(timestamp, context);
    }

    @Override
    public List<Serializable> code() {
        return List.of(timestamp);
    }
}

/** Follows the watermark of the stream; knows nothing of its own. */
final class StreamClockLogic<V> implements ClockLogic<V, Void> {

    private final Mapper<? super V, Instant> timestamp;
    private final LogicContext<?> context;

    StreamClockLogic(Mapper<? super V, Instant> timestamp, LogicContext<?> context) {
        this.timestamp = timestamp;
        this.context = context;
    }

    @Override
    public long onItem(V value) throws Exception {
        Instant at =
                Objects.requireNonNull(
                        timestamp.map(value), "the timestamp function returned null");
        return Micros.of(at);
    }

    @Override
    public long watermark() {
        return context.watermarkMicros();
    }

    @Override
    public long wakeAtWatermark(long micros) {
        return micros;
    }

    @Override
    public @Nullable Void snapshot() {
        return null;
    }
}
