package dev.waxwing.windowing;

import dev.waxwing.function.HoldsCode;
import dev.waxwing.function.Mapper;
import dev.waxwing.state.LogicContext;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Each key has a time of its own: its watermark is the largest timestamp of its values minus {@code
 * outOfOrderness}, and while no later value comes it goes on at the pace of the runtime's time. So
 * a key that falls silent closes its windows all the same, and keys do not hold each other back.
 *
 * <p>After a restart the watermark goes on from where it was; the time between does not count.
 *
 * @param timestamp when a value happened
 * @param outOfOrderness by how much a value may be older than one before it, zero or longer; a
 *     duration of more than 73,000 years means for ever: then only the end of input closes windows
 * @param idleAdvance what happens while no value comes
 * @param <V> value
 */
public record EventClock<V>(
        Mapper<? super V, Instant> timestamp, Duration outOfOrderness, IdleAdvance idleAdvance)
        implements Clock<V, Long>, HoldsCode {

    /** What the watermark does while no value of the key comes. */
    public enum IdleAdvance {
        /** It goes on at the pace of the runtime's time. */
        WITH_SYSTEM_TIME,
        /** It stays: only values and the end of input close windows. */
        NONE
    }

    public EventClock {
        Objects.requireNonNull(timestamp, "timestamp must not be null");
        Objects.requireNonNull(idleAdvance, "idleAdvance must not be null");
        if (outOfOrderness.isNegative()) {
            throw new IllegalArgumentException(
                    "outOfOrderness must be zero or longer, but was " + outOfOrderness);
        }
    }

    /** Values may be older than ones before them by {@code outOfOrderness}. */
    public static <V> EventClock<V> of(
            Mapper<? super V, Instant> timestamp, Duration outOfOrderness) {
        return new EventClock<>(timestamp, outOfOrderness, IdleAdvance.WITH_SYSTEM_TIME);
    }

    /**
     * The same, with a watermark that only values move, so that windows do not depend on when the
     * values are processed.
     */
    public EventClock<V> withoutIdleAdvance() {
        return new EventClock<>(timestamp, outOfOrderness, IdleAdvance.NONE);
    }

    @Override
    public ClockLogic<V, Long> build(LogicContext<?> context, @Nullable Long resumeState) {
        return new EventClockLogic<>(this, context, resumeState);
    }

    @Override
    public List<Serializable> code() {
        return List.of(timestamp);
    }
}

/** The watermark of one key. */
final class EventClockLogic<V> implements ClockLogic<V, Long> {

    private final EventClock<V> clock;
    private final LogicContext<?> context;
    private long base;
    private long baseMillis;
    private long latest;
    private long nowMillis;

    EventClockLogic(EventClock<V> clock, LogicContext<?> context, @Nullable Long resumeState) {
        this.clock = clock;
        this.context = context;
        this.base = resumeState == null ? Micros.START_OF_TIME : resumeState;
        this.nowMillis = context.nowMillis();
        this.baseMillis = nowMillis;
        this.latest = base;
    }

    @Override
    public long onItem(V value) throws Exception {
        Instant at =
                Objects.requireNonNull(
                        clock.timestamp().map(value), "the timestamp function returned null");
        long timestamp = Micros.of(at);
        long now = watermark();
        long wait = Micros.of(clock.outOfOrderness());
        if (!Micros.isForEver(wait) && timestamp - wait > now) {
            base = timestamp - wait;
            baseMillis = nowMillis();
            latest = base;
        }
        return timestamp;
    }

    @Override
    public long watermark() {
        if (clock.idleAdvance() == EventClock.IdleAdvance.NONE) {
            return latest;
        }
        latest = Math.max(latest, later(base, Micros.ofMillis(nowMillis() - baseMillis)));
        return latest;
    }

    /* The runtime's time may be set back: the greatest that was seen counts, by whichever call. */
    private long nowMillis() {
        nowMillis = Math.max(nowMillis, context.nowMillis());
        return nowMillis;
    }

    @Override
    public long wakeAtMillis(long micros) {
        if (clock.idleAdvance() == EventClock.IdleAdvance.NONE || base == Micros.START_OF_TIME) {
            return Long.MAX_VALUE;
        }
        long wait = Micros.between(base, Math.max(base, micros));
        return wait == Micros.END_OF_TIME ? Long.MAX_VALUE : baseMillis + Micros.toMillis(wait);
    }

    @Override
    public Long snapshot() {
        return latest;
    }

    /* Even the start of time goes on. */
    private static long later(long base, long passed) {
        return base > Micros.END_OF_TIME - passed ? Micros.END_OF_TIME : base + passed;
    }
}
