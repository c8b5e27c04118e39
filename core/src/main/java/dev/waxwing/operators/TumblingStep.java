package dev.waxwing.operators;

import dev.waxwing.function.Mapper;
import dev.waxwing.kernel.ClassConstant;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.state.LogicBuilder;
import dev.waxwing.state.LogicContext;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.windowing.LateValue;
import dev.waxwing.windowing.Micros;
import dev.waxwing.windowing.SlidingBounds;
import dev.waxwing.windowing.WindowMetadata;
import dev.waxwing.windowing.WindowResult;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tumbling windows of one key by the stream's clock, one result each, values as they come: does
 * what {@link WindowStep} does with {@link PaneWindows}, and keeps the same. Builds others like
 * itself.
 */
final class TumblingStep<K, V, A>
        implements StatefulLogic<V, WindowResult<A>, WindowStep.State<?, ?, V>>,
                LogicBuilder<K, V, WindowResult<A>, WindowStep.State<?, ?, V>> {

    private static final long serialVersionUID = 1L;

    /*
     * The most frequent window, so it has few objects a key: with very many keys an item costs as much as
     * the objects that it has to fetch from memory (benchmark W3). The earliest open window and the one right behind it
     * are fields; more are open only if time is far out of order or a partition far ahead. A reference is
     * stored only if it changes: under G1 that costs a fence. What all keys share is a constant of the class.
     */
    private static final @Nullable Parts<?, ?, ?> CONSTANT =
            ClassConstant.of(MethodHandles.lookup(), Parts.class);

    private final Parts<K, V, A> parts;
    private transient @Nullable LogicContext<K> context;
    private transient long firstOpen;
    private transient @Nullable A first;
    private transient @Nullable A second;
    private transient @Nullable NavigableMap<Long, A> later;

    TumblingStep(Parts<K, V, A> parts) {
        this.parts = parts;
    }

    /**
     * What all keys share.
     *
     * @param general builds what goes on with the windows of a step that had other options
     */
    record Parts<K, V, A>(
            Mapper<? super V, Instant> timestamp,
            SlidingBounds bounds,
            Aggregation<V, A> aggregation,
            LogicBuilder<K, V, WindowResult<A>, WindowStep.State<?, ?, V>> general)
            implements Serializable {

        private static final long serialVersionUID = 1L;
    }

    @SuppressWarnings("unchecked") // a class of its own has the parts of its only step
    private Parts<K, V, A> parts() {
        return CONSTANT != null ? (Parts<K, V, A>) CONSTANT : parts;
    }

    @Override
    public StatefulLogic<V, WindowResult<A>, WindowStep.State<?, ?, V>> build(
            LogicContext<K> ofKey, WindowStep.@Nullable State<?, ?, V> resumeState)
            throws Exception {
        if (resumeState != null && !resumeState.queue().isEmpty()) {
            return parts.general().build(ofKey, resumeState);
        }
        TumblingStep<K, V, A> step = new TumblingStep<>(parts);
        step.context = ofKey;
        if (resumeState != null && resumeState.windows() != null) {
            step.restore(resumeState.windows());
        }
        return step;
    }

    private void restore(Object windows) {
        @SuppressWarnings("unchecked") // what windows have given to a snapshot they get back
        PaneWindows.State<A> kept = (PaneWindows.State<A>) windows;
        for (PaneWindows.State.Pane<A> pane : OpenWindows.kept(kept.panes())) {
            open(parts().bounds().open(pane.id() >> 1), pane.aggregate());
        }
    }

    @Override
    public Retain onItem(V value, Outputs<? super WindowResult<A>> out) throws Exception {
        Instant at =
                Objects.requireNonNull(
                        parts().timestamp().map(value), "the timestamp function returned null");
        long micros = Micros.of(at);
        long watermark = watermark();
        if (micros < watermark) {
            out.emit(WindowStep.LATE, new LateValue<>(parts().bounds().lastId(micros), value));
        } else {
            take(value, micros);
        }
        return close(watermark, out);
    }

    @Override
    public Retain onNotify(Outputs<? super WindowResult<A>> out) throws Exception {
        return close(watermark(), out);
    }

    @Override
    public Retain onEndOfInput(Outputs<? super WindowResult<A>> out) throws Exception {
        return close(Micros.END_OF_TIME, out);
    }

    @Override
    public long notifyAtWatermark() {
        return first == null ? Micros.END_OF_TIME : firstOpen + parts().bounds().length();
    }

    @Override
    public WindowStep.State<?, ?, V> snapshot() {
        List<PaneWindows.State.Pane<A>> panes = new ArrayList<>();
        keep(firstOpen, first, panes);
        keep(firstOpen + parts().bounds().length(), second, panes);
        if (later != null) {
            for (Map.Entry<Long, A> each : later.entrySet()) {
                keep(each.getKey(), each.getValue(), panes);
            }
        }
        return new WindowStep.State<>(
                null, new PaneWindows.State<>(Long.MIN_VALUE, panes), List.of(), Long.MAX_VALUE);
    }

    private void keep(long open, @Nullable A aggregate, List<PaneWindows.State.Pane<A>> panes) {
        if (aggregate != null) {
            panes.add(new PaneWindows.State.Pane<>(2 * parts().bounds().lastId(open), aggregate));
        }
    }

    private void take(V value, long micros) throws Exception {
        Aggregation<V, A> aggregation = parts().aggregation();
        long length = parts().bounds().length();
        A before = first;
        if (before != null) {
            long since = micros - firstOpen;
            if (since >= 0 && since < length) {
                A after = aggregation.add(before, value);
                if (after != before) {
                    first = after;
                }
                return;
            }
            before = second;
            if (before != null && since >= length && since < 2 * length) {
                A after = aggregation.add(before, value);
                if (after != before) {
                    second = after;
                }
                return;
            }
        }
        long open = parts().bounds().open(parts().bounds().lastId(micros));
        before = later == null ? null : later.get(open);
        open(open, before == null ? aggregation.first(value) : aggregation.add(before, value));
    }

    /* Puts a window in place that is neither the first nor the second. */
    private void open(long open, A aggregate) {
        long length = parts().bounds().length();
        A wasFirst = first;
        if (wasFirst == null) {
            firstOpen = open;
            first = aggregate;
        } else if (open == firstOpen + length) {
            second = aggregate;
        } else if (open > firstOpen) {
            later().put(open, aggregate);
        } else {
            if (second != null) {
                later().put(firstOpen + length, second);
                second = null;
            }
            if (open + length == firstOpen) {
                second = wasFirst;
            } else {
                later().put(firstOpen, wasFirst);
            }
            firstOpen = open;
            first = aggregate;
        }
    }

    private NavigableMap<Long, A> later() {
        NavigableMap<Long, A> map = later;
        if (map == null) {
            map = new TreeMap<>();
            later = map;
        }
        return map;
    }

    private long watermark() {
        return Objects.requireNonNull(context, "built for no key").watermarkMicros();
    }

    private Retain close(long watermark, Outputs<? super WindowResult<A>> out) {
        A ending = first;
        while (ending != null) {
            long end = firstOpen + parts().bounds().length();
            if (end > watermark) {
                return Retain.KEEP;
            }
            long id = parts().bounds().lastId(firstOpen);
            out.emit(new WindowResult<>(id, firstOpen, end, WindowResult.Timing.ON_TIME, ending));
            out.emit(WindowStep.META, WindowMetadata.of(id, firstOpen, end));
            dropFirst(end);
            ending = first;
        }
        return Retain.DISCARD;
    }

    private void dropFirst(long end) {
        first = second;
        firstOpen = end;
        second = null;
        NavigableMap<Long, A> more = later;
        if (more == null) {
            return;
        }
        if (first == null) {
            Map.Entry<Long, A> next = Objects.requireNonNull(more.pollFirstEntry());
            firstOpen = next.getKey();
            first = next.getValue();
        }
        second = more.remove(firstOpen + parts().bounds().length());
        if (more.isEmpty()) {
            later = null;
        }
    }
}
