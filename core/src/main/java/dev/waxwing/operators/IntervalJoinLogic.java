package dev.waxwing.operators;

import dev.waxwing.join.Interval;
import dev.waxwing.join.Interval.Match;
import dev.waxwing.join.Sided;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.kernel.Port;
import dev.waxwing.state.LogicContext;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.windowing.Clock;
import dev.waxwing.windowing.ClockLogic;
import dev.waxwing.windowing.Micros;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Joins the values of one key with those that happened near to them. */
final class IntervalJoinLogic<A, B>
        implements StatefulLogic<Sided, Match<A, B>, IntervalJoinLogic.State<?>> {

    /*
     * A value of one side finds those of the other that are there already; so each pair is found once, by the
     * one that comes later. A value is kept as long as one that is not late may still find it.
     */
    static final Port<Sided> LATE = new Port<>("late", 1);

    private final ClockLogic<Object, Object> clock;
    private final long lower;
    private final long upper;
    private final List<NavigableMap<Long, List<Object>>> sides =
            List.of(new TreeMap<>(), new TreeMap<>());
    private final LogicContext<?> context;
    private final Remains remains;
    private long watermark = Micros.START_OF_TIME;

    @SuppressWarnings("unchecked") // what the clock has given to a snapshot it gets back
    IntervalJoinLogic(
            Clock<Object, ?> clock,
            Interval interval,
            LogicContext<?> context,
            @Nullable State<?> resumeState) {
        this.clock =
                ((Clock<Object, Object>) clock)
                        .build(context, resumeState == null ? null : resumeState.clock());
        this.context = context;
        this.remains =
                new Remains(
                        interval.retention(),
                        resumeState == null ? Long.MAX_VALUE : resumeState.forgetAtMillis());
        this.lower = Micros.of(interval.lower());
        this.upper = Micros.of(interval.upper());
        if (resumeState != null) {
            for (State.Timed each : resumeState.values()) {
                keep(each.side(), each.micros(), each.value());
            }
        }
    }

    /**
     * What is kept of a key.
     *
     * @param clock the clock's
     * @param values by side, then by time
     * @param forgetAtMillis when what is left of the key is discarded, in running time
     */
    record State<C>(@Nullable C clock, List<Timed> values, long forgetAtMillis) {

        /** A value of a side and when it happened. */
        record Timed(int side, long micros, Object value) {}
    }

    @Override
    public Retain onItem(Sided item, Outputs<? super Match<A, B>> out) throws Exception {
        long at = clock.onItem(item.value());
        watermark = Math.max(watermark, clock.watermark());
        if (at < watermark) {
            out.emit(LATE, item);
        } else {
            emitMatches(item, at, out);
            keep(item.side(), at, item.value());
        }
        return evict();
    }

    @Override
    public Retain onNotify(Outputs<? super Match<A, B>> out) {
        watermark = Math.max(watermark, clock.watermark());
        return evict();
    }

    @Override
    public Retain onEndOfInput(Outputs<? super Match<A, B>> out) {
        watermark = Micros.END_OF_TIME;
        return evict();
    }

    @Override
    public long notifyAtMillis() {
        long due = dueAt();
        long atMillis = due == Micros.END_OF_TIME ? Long.MAX_VALUE : clock.wakeAtMillis(due);
        return Math.min(atMillis, remains.dueAtMillis(context));
    }

    @Override
    public long notifyAtWatermark() {
        long due = dueAt();
        return due == Micros.END_OF_TIME ? Micros.END_OF_TIME : clock.wakeAtWatermark(due);
    }

    @Override
    public State<?> snapshot() {
        List<State.Timed> values = new ArrayList<>();
        for (int side = 0; side < 2; side++) {
            for (Map.Entry<Long, List<Object>> each : sides.get(side).entrySet()) {
                for (Object value : each.getValue()) {
                    values.add(new State.Timed(side, each.getKey(), value));
                }
            }
        }
        return new State<>(clock.snapshot(), values, remains.forgetAtMillis());
    }

    @SuppressWarnings("unchecked") // the sides come from streams of these types
    private void emitMatches(Sided item, long at, Outputs<? super Match<A, B>> out) {
        boolean left = item.side() == 0;
        long from = left ? at + lower : at - upper;
        long to = left ? at + upper : at - lower;
        NavigableMap<Long, List<Object>> others = sides.get(1 - item.side());
        for (List<Object> matches : others.subMap(from, true, to, true).values()) {
            for (Object other : matches) {
                out.emit(
                        left
                                ? new Match<>((A) item.value(), (B) other)
                                : new Match<>((A) other, (B) item.value()));
            }
        }
    }

    private void keep(int side, long micros, Object value) {
        sides.get(side).computeIfAbsent(micros, none -> new ArrayList<>(1)).add(value);
    }

    private Retain evict() {
        for (int side = 0; side < 2; side++) {
            NavigableMap<Long, List<Object>> kept = sides.get(side);
            while (!kept.isEmpty() && lastMatch(side, kept.firstKey()) < watermark) {
                kept.pollFirstEntry();
            }
        }
        if (sides.stream().anyMatch(kept -> !kept.isEmpty())) {
            return remains.inUse();
        }
        return clock.snapshot() == null ? Retain.DISCARD : remains.unused(context);
    }

    /** The latest time of the other side that matches. */
    private long lastMatch(int side, long micros) {
        return Micros.plus(micros, side == 0 ? upper : -lower);
    }

    private long dueAt() {
        long due = Micros.END_OF_TIME;
        for (int side = 0; side < 2; side++) {
            if (!sides.get(side).isEmpty()) {
                due = Math.min(due, lastMatch(side, sides.get(side).firstKey()) + 1);
            }
        }
        return due;
    }
}
