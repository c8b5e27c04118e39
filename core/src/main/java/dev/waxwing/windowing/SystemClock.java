package dev.waxwing.windowing;

import dev.waxwing.state.LogicContext;
import org.jspecify.annotations.Nullable;

/**
 * A value happens when it arrives, by the runtime's time; none is ever late. Values that are read
 * again after a restart happen at another time, so windows differ.
 *
 * @param <V> value
 */
public record SystemClock<V>() implements Clock<V, Void> {

    /** The runtime's time. */
    public static <V> SystemClock<V> now() {
        return new SystemClock<>();
    }

    @Override
    public ClockLogic<V, Void> build(LogicContext<?> context, @Nullable Void resumeState) {
        return new SystemClockLogic<>(context);
    }
}

/** Never goes back, even if the runtime's time does. */
final class SystemClockLogic<V> implements ClockLogic<V, Void> {

    private final LogicContext<?> context;
    private long latestMillis = Long.MIN_VALUE;

    SystemClockLogic(LogicContext<?> context) {
        this.context = context;
    }

    @Override
    public long onItem(V value) {
        return watermark();
    }

    @Override
    public long watermark() {
        latestMillis = Math.max(latestMillis, context.nowMillis());
        return Micros.ofMillis(latestMillis);
    }

    @Override
    public long wakeAtMillis(long micros) {
        return Micros.toMillis(micros);
    }

    @Override
    public @Nullable Void snapshot() {
        return null;
    }
}
