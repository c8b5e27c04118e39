package dev.waxwing.operators;

import dev.waxwing.function.HoldsCode;
import dev.waxwing.join.Sided;
import dev.waxwing.state.LogicContext;
import dev.waxwing.windowing.Clock;
import dev.waxwing.windowing.ClockLogic;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A clock of values for values that know their side. */
record SidedClock<S>(Clock<Object, S> clock) implements Clock<Sided, S>, HoldsCode {

    private static final long serialVersionUID = 1L;

    @Override
    public ClockLogic<Sided, S> build(LogicContext<?> context, @Nullable S resumeState) {
        return new SidedClockLogic<>(clock.build(context, resumeState));
    }

    @Override
    public List<Serializable> code() {
        return List.of(clock);
    }
}

/** The clock of one key. */
final class SidedClockLogic<S> implements ClockLogic<Sided, S> {

    private final ClockLogic<Object, S> values;

    SidedClockLogic(ClockLogic<Object, S> values) {
        this.values = values;
    }

    @Override
    public long onItem(Sided value) throws Exception {
        return values.onItem(value.value());
    }

    @Override
    public long watermark() {
        return values.watermark();
    }

    @Override
    public long wakeAtMillis(long micros) {
        return values.wakeAtMillis(micros);
    }

    @Override
    public long wakeAtWatermark(long micros) {
        return values.wakeAtWatermark(micros);
    }

    @Override
    public @Nullable S snapshot() {
        return values.snapshot();
    }
}
