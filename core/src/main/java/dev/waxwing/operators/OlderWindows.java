package dev.waxwing.operators;

import dev.waxwing.internal.SlidingBounds;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.operators.WindowsState.Panes;
import dev.waxwing.operators.WindowsState.Phase;
import dev.waxwing.operators.WindowsState.Window;
import dev.waxwing.windowing.WindowResult;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Windows of an aggregation that were opened with a state each, when there were early results or an
 * allowed lateness, and behind them those that share panes.
 */
final class OlderWindows<V, A, R> implements OpenWindows<V, R> {

    /*
     * What overlapping windows have taken cannot be parted into panes. So the windows up to the last one that was open go on
     * with a state each until they have closed, and later ones are made of panes. A value is in some of both if
     * it lies near that border. Windows that were kept for late values have given their results: they only close.
     */
    private final SlidingBounds bounds;
    private final Aggregation<V, A, R> aggregation;
    private final Arrivals arrivals;
    private final TreeMap<Long, Window<A>> older = new TreeMap<>();
    private final long last;
    private final PaneWindows<V, A, R> newer;

    /**
     * @param resumeState with at least one window that has a state of its own
     */
    OlderWindows(
            SlidingBounds bounds,
            Aggregation<V, A, R> aggregation,
            WindowsState<?, A> resumeState) {
        this.bounds = bounds;
        this.aggregation = aggregation;
        this.arrivals = new Arrivals(resumeState.arrivals());
        resumeState.windows().forEach(window -> older.put(window.windowId(), window));
        this.last = older.lastKey();
        Panes<A> panes = resumeState.panes();
        this.newer =
                new PaneWindows<>(
                        bounds,
                        aggregation,
                        new WindowsState<>(
                                null,
                                resumeState.arrivals(),
                                List.of(),
                                new Panes<>(last + 1, panes == null ? List.of() : panes.panes())));
    }

    @Override
    public void take(V value, long micros, Outputs<? super WindowResult<R>> out) throws Exception {
        if (micros < bounds.close(last)) {
            long arrival = arrivals.next();
            for (long id : bounds.ids(micros)) {
                if (id <= last) {
                    takeOlder(id, value, arrival);
                }
            }
        }
        if (bounds.lastId(micros) > last) {
            newer.take(value, micros, out);
        }
    }

    private void takeOlder(long id, V value, long arrival) throws Exception {
        Window<A> before = older.get(id);
        A aggregate =
                before == null
                        ? aggregation.first(value, arrival)
                        : aggregation.add(before.state(), value, arrival);
        long items = before == null ? 1 : before.items() + 1;
        Phase phase = before == null ? Phase.RUNNING : before.phase();
        older.put(id, new Window<>(id, aggregate, items, Long.MAX_VALUE, phase, false));
    }

    @Override
    public long[] lateFor(long micros) {
        return bounds.ids(micros);
    }

    @Override
    public void advance(long watermark, Outputs<? super WindowResult<R>> out) throws Exception {
        while (!older.isEmpty() && bounds.close(older.firstKey()) <= watermark) {
            Window<A> closed = older.pollFirstEntry().getValue();
            long id = closed.windowId();
            long open = bounds.open(id);
            long close = bounds.close(id);
            if (closed.phase() == Phase.RUNNING) {
                R result = aggregation.result(closed.state());
                out.emit(
                        new WindowResult.Given<>(
                                id, open, close, WindowResult.Timing.ON_TIME, result));
            }
            out.emit(WindowStep.META, WindowResult.Metadata.of(id, open, close));
        }
        newer.advance(watermark, out);
    }

    @Override
    public long dueAt() {
        return older.isEmpty() ? newer.dueAt() : bounds.close(older.firstKey());
    }

    @Override
    public boolean isEmpty() {
        return older.isEmpty() && newer.isEmpty();
    }

    @Override
    public @Nullable WindowsState<Object, A> snapshot() {
        WindowsState<Object, A> shared = newer.snapshot();
        if (older.isEmpty()) {
            return shared;
        }
        return new WindowsState<>(
                null,
                Math.max(arrivals.count(), shared == null ? 0 : shared.arrivals()),
                List.copyOf(older.values()),
                shared == null ? null : shared.panes());
    }
}
