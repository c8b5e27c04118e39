package dev.waxwing.operators;

import dev.waxwing.internal.SlidingBounds;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.operators.WindowsState.Pane;
import dev.waxwing.operators.WindowsState.Panes;
import dev.waxwing.operators.WindowsState.Phase;
import dev.waxwing.operators.WindowsState.Window;
import dev.waxwing.windowing.Micros;
import dev.waxwing.windowing.WindowResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sliding and tumbling windows of an aggregation, which share what they have in common. */
final class PaneWindows<V, A, R> implements OpenWindows<V, R> {

    /*
     * Time is cut into panes at each start and each end of a window: two panes an offset, one if the
     * length is a multiple of it (Krishnamurthy, Wu, Franklin: On-the-fly sharing for streamed aggregation, 2006). A value goes
     * into one pane. Window i is made of panes 2i to 2i + span, exclusive.
     *
     * The panes of a window that closes do not change any more, since values behind the watermark are late.
     * So they are combined as a queue made of two stacks: for the front, ready[j] is what panes j to
     * front - 1 make together; what came behind them is in back. Each pane is combined three times at
     * most, however many windows it is in.
     *
     * Most values fall into the newest pane, whose edges are kept: a comparison is cheaper than the division
     * that tells a pane (benchmark W3).
     */
    private final SlidingBounds bounds;
    private final Aggregation<V, A, R> aggregation;
    private final long remainder;
    private final long span;
    private final Arrivals arrivals;
    private long[] ids;
    private Object[] panes;
    private int size;
    private long newestFrom = Micros.END_OF_TIME;
    private long newestUntil = Micros.START_OF_TIME;
    private long unclosed = Long.MIN_VALUE;
    private long next;
    private long nextClose = Micros.END_OF_TIME;
    private Object @Nullable [] ready;
    private int front;
    private int covered;
    private @Nullable A back;

    PaneWindows(
            SlidingBounds bounds,
            Aggregation<V, A, R> aggregation,
            @Nullable WindowsState<?, A> resumeState) {
        this.bounds = bounds;
        this.aggregation = aggregation;
        this.remainder = bounds.length() % bounds.offset();
        this.span = span(bounds);
        this.arrivals = new Arrivals(resumeState == null ? 0 : resumeState.arrivals());
        this.ids = new long[1];
        this.panes = new Object[1];
        Panes<A> kept = resumeState == null ? null : resumeState.panes();
        if (kept != null) {
            unclosed = kept.unclosed();
            for (Pane<A> pane : kept.panes()) {
                insert(size, pane.id(), pane.aggregate());
            }
            schedule();
        }
    }

    /* How many panes a window has. */
    private static long span(SlidingBounds bounds) {
        boolean isPaned = bounds.length() % bounds.offset() != 0;
        return bounds.length() / bounds.offset() * 2 + (isPaned ? 1 : 0);
    }

    /**
     * What is stored, with a state for each open window: what its panes make together. With early
     * results and an allowed lateness windows do not share.
     *
     * @param earlyAtMillis when the first early result of windows that shared panes is due
     */
    static <A> WindowsState<Object, A> apart(
            SlidingBounds bounds,
            Aggregation<?, A, ?> aggregation,
            WindowsState<?, A> stored,
            long earlyAtMillis)
            throws Exception {
        TreeMap<Long, A> made = new TreeMap<>();
        Panes<A> shared = stored.panes();
        if (shared != null) {
            for (Pane<A> pane : shared.panes()) {
                long first = Math.floorDiv(pane.id() - span(bounds), 2L) + 1;
                for (long id = Math.max(shared.unclosed(), first); id <= pane.id() >> 1; id++) {
                    A before = made.get(id);
                    made.put(
                            id,
                            before == null
                                    ? aggregation.copy(pane.aggregate())
                                    : aggregation.merge(before, pane.aggregate()));
                }
            }
        }
        List<Window<A>> windows = new ArrayList<>(stored.windows());
        made.forEach(
                (id, aggregate) ->
                        windows.add(
                                new Window<>(
                                        id, aggregate, 0, earlyAtMillis, Phase.RUNNING, false)));
        List<Long> open = windows.stream().map(Window::windowId).toList();
        return new WindowsState<>(open, stored.arrivals(), windows, null);
    }

    @Override
    @SuppressWarnings("unchecked") // only aggregates are put in
    public void take(V value, long micros, Outputs<? super WindowResult<R>> out) throws Exception {
        long arrival = arrivals.next();
        if (micros >= newestFrom && micros < newestUntil) {
            panes[size - 1] = aggregation.add((A) panes[size - 1], value, arrival);
            return;
        }
        long id = paneOf(micros);
        int at = size;
        while (at > 0 && ids[at - 1] > id) {
            at--;
        }
        if (at > 0 && ids[at - 1] == id) {
            panes[at - 1] = aggregation.add((A) panes[at - 1], value, arrival);
        } else {
            insert(at, id, aggregation.first(value, arrival));
            if (at == 0) {
                schedule();
            }
        }
    }

    @Override
    public long[] lateFor(long micros) {
        return bounds.ids(micros);
    }

    @Override
    public void advance(long watermark, Outputs<? super WindowResult<R>> out) throws Exception {
        while (nextClose <= watermark && size > 0) {
            long open = bounds.open(next);
            out.emit(
                    new WindowResult.Given<>(
                            next,
                            open,
                            nextClose,
                            WindowResult.Timing.ON_TIME,
                            aggregation.result(close())));
            out.emit(WindowStep.META, WindowResult.Metadata.of(next, open, nextClose));
            unclosed = next + 1;
            dropPassed();
            schedule();
        }
    }

    @Override
    public long dueAt() {
        return nextClose;
    }

    @Override
    public boolean isEmpty() {
        return size == 0;
    }

    @Override
    @SuppressWarnings("unchecked") // only aggregates are put in
    public @Nullable WindowsState<Object, A> snapshot() {
        if (size == 0) {
            return null;
        }
        List<Pane<A>> kept = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            kept.add(new Pane<>(ids[i], (A) panes[i]));
        }
        return new WindowsState<>(null, arrivals.count(), List.of(), new Panes<>(unclosed, kept));
    }

    private long paneOf(long micros) {
        long distance = micros - bounds.alignTo();
        long window = Math.floorDiv(distance, bounds.offset());
        boolean second = remainder > 0 && distance - window * bounds.offset() >= remainder;
        return 2 * window + (second ? 1 : 0);
    }

    private void insert(int at, long id, A aggregate) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size * 2);
            panes = Arrays.copyOf(panes, size * 2);
        }
        System.arraycopy(ids, at, ids, at + 1, size - at);
        System.arraycopy(panes, at, panes, at + 1, size - at);
        ids[at] = id;
        panes[at] = aggregate;
        size++;
        if (at == size - 1) {
            keepEdges(id);
        }
    }

    private void keepEdges(long id) {
        boolean second = (id & 1) != 0;
        long open = bounds.open(id >> 1);
        newestFrom = second ? open + remainder : open;
        newestUntil = second || remainder == 0 ? open + bounds.offset() : open + remainder;
    }

    /* The next window with anything in it. */
    private void schedule() {
        if (size == 0) {
            nextClose = Micros.END_OF_TIME;
            return;
        }
        next = Math.max(unclosed, Math.floorDiv(ids[0] - span, 2L) + 1);
        nextClose = bounds.close(next);
    }

    /* What the panes of the next window make together. */
    @SuppressWarnings("unchecked") // only aggregates are put in
    private A close() throws Exception {
        if (ids[0] >> 1 == next && (size == 1 || ids[1] >= 2 * next + span)) {
            return (A) panes[0];
        }
        int end = 0;
        while (end < size && ids[end] < 2 * next + span) {
            end++;
        }
        if (front == 0) {
            turn(end);
        }
        for (; covered < end; covered++) {
            A pane = (A) panes[covered];
            back = back == null ? aggregation.copy(pane) : aggregation.merge(back, pane);
        }
        A head = aggregation.copy((A) readyFrom(0));
        return back == null ? head : aggregation.merge(head, back);
    }

    /* Makes a front of the panes before an end. */
    @SuppressWarnings("unchecked") // only aggregates are put in
    private void turn(int end) throws Exception {
        Object[] made = new Object[end];
        for (int i = end - 1; i >= 0; i--) {
            A pane = aggregation.copy((A) panes[i]);
            made[i] = i == end - 1 ? pane : aggregation.merge(pane, (A) made[i + 1]);
        }
        ready = made;
        front = end;
        covered = end;
        back = null;
    }

    private Object readyFrom(int index) {
        Object[] made = Objects.requireNonNull(ready);
        return made[made.length - front + index];
    }

    /* Panes that are in closed windows only. */
    private void dropPassed() {
        int passed = 0;
        while (passed < size && ids[passed] >> 1 < unclosed) {
            passed++;
        }
        if (passed == 0) {
            return;
        }
        size -= passed;
        if (size == 0) {
            newestUntil = Micros.START_OF_TIME;
        }
        System.arraycopy(ids, passed, ids, 0, size);
        System.arraycopy(panes, passed, panes, 0, size);
        Arrays.fill(panes, size, size + passed, null);
        front = Math.max(0, front - passed);
        covered = Math.max(0, covered - passed);
        if (front == 0) {
            ready = null;
            covered = 0;
            back = null;
        }
    }
}
