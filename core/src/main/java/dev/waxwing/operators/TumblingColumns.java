package dev.waxwing.operators;

import dev.waxwing.internal.ClassConstant;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.operators.WindowsState.Pane;
import dev.waxwing.operators.WindowsState.Panes;
import dev.waxwing.operators.WindowsState.Phase;
import dev.waxwing.operators.WindowsState.Window;
import dev.waxwing.state.columnar.ColumnarLogic;
import dev.waxwing.windowing.LateValue;
import dev.waxwing.windowing.Micros;
import dev.waxwing.windowing.WindowResult;
import java.lang.invoke.MethodHandles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tumbling windows of all keys by the stream's clock: does what {@link WindowStep} does with {@link
 * PaneWindows}, and keeps the same.
 */
final class TumblingColumns<V, A, R>
        implements ColumnarLogic<V, WindowResult<R>, WindowStep.State<?, ?, V>> {

    /*
     * By the stream's clock all keys have the same windows open, so a window is a column: an item costs one look at it
     * and one at the aggregate (benchmark W3). Mostly values fall into two windows, one behind the other, which are columns;
     * all others that are open are in a map, so that a few times far away cost no column each. Columns that
     * have become empty are used again. What all keys share is a constant of the class.
     *
     * Windows that were kept for late values by other options have given their results: they only close, at once.
     *
     * The first column may be empty while the second is not: then nothing has come for it yet.
     */
    private static final Tumbling.@Nullable Parts<?, ?, ?> CONSTANT =
            ClassConstant.of(MethodHandles.lookup(), Tumbling.Parts.class);

    /* A window is one part, in order of arrival: numbers would never be compared. */
    private static final long NO_ARRIVAL = 0;

    private final Tumbling.Parts<V, A, R> parts;
    private WindowColumn<A> first = new WindowColumn<>();
    private WindowColumn<A> second = new WindowColumn<>();
    private LaterWindows<A> later = new LaterWindows<>();
    private final LaterWindows<A> ended = new LaterWindows<>();
    private int[] windows = {};
    private long firstOpen;
    private int size;

    TumblingColumns(Tumbling.Parts<V, A, R> parts) {
        this.parts = parts;
        this.firstOpen = parts.bounds().open(0);
    }

    @SuppressWarnings("unchecked") // a class of its own has the parts of its only object
    private Tumbling.Parts<V, A, R> parts() {
        return CONSTANT != null ? (Tumbling.Parts<V, A, R>) CONSTANT : parts;
    }

    private long length() {
        return parts().bounds().length();
    }

    @Override
    public void resize(int capacity, IntUnaryOperator to) {
        first.resize(capacity, to);
        second.resize(capacity, to);
        later.resize(to);
        ended.resize(to);
        int[] before = windows;
        windows = new int[capacity];
        for (int slot = 0; slot < before.length; slot++) {
            if (before[slot] > 0) {
                windows[to.applyAsInt(slot)] = before[slot];
            }
        }
    }

    @Override
    public void onItem(
            int slot, V value, long watermarkMicros, Outputs<? super WindowResult<R>> out)
            throws Exception {
        Instant at =
                Objects.requireNonNull(
                        parts().timestamp().map(value), "the timestamp function returned null");
        long micros = Micros.of(at);
        if (micros < watermarkMicros) {
            out.emit(WindowStep.LATE, new LateValue<>(parts().bounds().lastId(micros), value));
        } else {
            take(slot, value, micros);
        }
    }

    private void take(int slot, V value, long micros) throws Exception {
        long since = micros - firstOpen;
        if (since < 0 || since >= 2 * length()) {
            takeElsewhere(slot, value, parts().bounds().open(parts().bounds().lastId(micros)));
            return;
        }
        take(slot, value, since < length() ? first : second);
    }

    private void take(int slot, V value, WindowColumn<A> column) throws Exception {
        A before = column.get(slot);
        if (before == null) {
            column.add(slot, parts().aggregation().first(value, NO_ARRIVAL));
            opened(slot);
            return;
        }
        A after = parts().aggregation().add(before, value, NO_ARRIVAL);
        if (after != before) {
            column.replace(slot, after);
        }
    }

    private void takeElsewhere(int slot, V value, long open) throws Exception {
        anchor(open);
        WindowColumn<A> column = columnOf(open);
        if (column != null) {
            take(slot, value, column);
            return;
        }
        A before = later.get(open, slot);
        if (before != null) {
            later.put(open, slot, parts().aggregation().add(before, value, NO_ARRIVAL));
            return;
        }
        later.put(open, slot, parts().aggregation().first(value, NO_ARRIVAL));
        opened(slot);
    }

    private void opened(int slot) {
        if (windows[slot]++ == 0) {
            size++;
        }
    }

    private @Nullable WindowColumn<A> columnOf(long open) {
        if (open == firstOpen) {
            return first;
        }
        return open == firstOpen + length() ? second : null;
    }

    /* The columns are for the first window that is open, or for one before it that opens now. */
    private void anchor(long open) {
        if (first.isEmpty() && !shift()) {
            firstOpen = open;
        }
        if (open >= firstOpen) {
            return;
        }
        later.takeFrom(second, firstOpen + length());
        if (open + length() == firstOpen) {
            WindowColumn<A> empty = second;
            second = first;
            first = empty;
        } else {
            later.takeFrom(first, firstOpen);
        }
        firstOpen = open;
    }

    /* Moves the columns on from an empty first one; returns whether any window is open. */
    private boolean shift() {
        if (second.isEmpty() && later.isEmpty()) {
            return false;
        }
        WindowColumn<A> empty = first;
        first = second;
        second = empty;
        firstOpen += length();
        if (first.isEmpty()) {
            firstOpen = later.firstOpen();
            later.moveTo(first, firstOpen);
        }
        later.moveTo(second, firstOpen + length());
        return true;
    }

    /* Its class is the first that is asked of an aggregate, and is where the aggregate is. */
    @Override
    public int look(int slot) {
        A aggregate = first.get(slot);
        return aggregate != null && aggregate.getClass() == Object.class ? 1 : windows[slot];
    }

    @Override
    public long dueAtWatermark() {
        if (!ended.isEmpty()) {
            return ended.firstOpen() + length();
        }
        if (!first.isEmpty()) {
            return firstOpen + length();
        }
        if (!second.isEmpty()) {
            return firstOpen + 2 * length();
        }
        return later.isEmpty() ? Micros.END_OF_TIME : later.firstOpen() + length();
    }

    @Override
    public int nextDue(long watermarkMicros) {
        if (!ended.isEmpty()) {
            return ended.firstSlot();
        }
        if (first.isEmpty() && !shift()) {
            return NONE;
        }
        return firstOpen + length() <= watermarkMicros ? first.any() : NONE;
    }

    @Override
    public void onDue(int slot, Outputs<? super WindowResult<R>> out) {
        if (!ended.isEmpty()) {
            closeEnded(slot, out);
            return;
        }
        A aggregate = first.remove(slot);
        closed(slot);
        long id = parts().bounds().lastId(firstOpen);
        long end = firstOpen + length();
        R result = parts().aggregation().result(aggregate);
        out.emit(new WindowResult.Given<>(id, firstOpen, end, WindowResult.Timing.ON_TIME, result));
        out.emit(WindowStep.META, WindowResult.Metadata.of(id, firstOpen, end));
    }

    private void closeEnded(int slot, Outputs<? super WindowResult<R>> out) {
        long open = ended.firstOpen();
        ended.removeFirst();
        closed(slot);
        out.emit(
                WindowStep.META,
                WindowResult.Metadata.of(parts().bounds().lastId(open), open, open + length()));
    }

    private void closed(int slot) {
        if (--windows[slot] == 0) {
            size--;
        }
    }

    @Override
    public WindowStep.@Nullable State<?, ?, V> snapshot(int slot) {
        if (!isInUse(slot)) {
            return null;
        }
        List<Window<A>> kept = new ArrayList<>();
        ended.of(slot)
                .forEach(
                        (open, aggregate) ->
                                kept.add(
                                        new Window<>(
                                                parts().bounds().lastId(open),
                                                aggregate,
                                                0,
                                                Long.MAX_VALUE,
                                                Phase.ENDED,
                                                false)));
        List<Pane<A>> panes = new ArrayList<>();
        keep(firstOpen, first.get(slot), panes);
        keep(firstOpen + length(), second.get(slot), panes);
        for (Map.Entry<Long, A> each : later.of(slot).entrySet()) {
            keep(each.getKey(), each.getValue(), panes);
        }
        return new WindowStep.State<>(
                null,
                new WindowsState<>(null, NO_ARRIVAL, kept, new Panes<>(Long.MIN_VALUE, panes)),
                List.of(),
                Long.MAX_VALUE,
                Micros.START_OF_TIME);
    }

    private void keep(long open, @Nullable A aggregate, List<Pane<A>> panes) {
        if (aggregate != null) {
            panes.add(new Pane<>(2 * parts().bounds().lastId(open), aggregate));
        }
    }

    /** Values that waited, as they do with other options, are in their windows from now on. */
    @Override
    public void restore(int slot, WindowStep.State<?, ?, V> state) throws Exception {
        if (state.windows() != null) {
            @SuppressWarnings("unchecked") // what windows have given to a snapshot they get back
            WindowsState<?, A> windows = (WindowsState<?, A>) state.windows();
            restoreWindows(slot, windows.windows());
            if (windows.panes() != null) {
                for (Pane<A> pane : windows.panes().panes()) {
                    put(slot, parts().bounds().open(pane.id() >> 1), pane.aggregate());
                }
            }
        }
        for (WindowStep.Waiting<V> waiting : state.queue()) {
            take(slot, waiting.value(), waiting.micros());
        }
    }

    /* A tumbling window is a pane. */
    private void restoreWindows(int slot, List<Window<A>> kept) {
        for (Window<A> window : kept) {
            long open = parts().bounds().open(window.windowId());
            if (window.phase() == Phase.RUNNING) {
                put(slot, open, window.state());
            } else {
                ended.put(open, slot, window.state());
                opened(slot);
            }
        }
    }

    private void put(int slot, long open, A aggregate) {
        anchor(open);
        opened(slot);
        WindowColumn<A> column = columnOf(open);
        if (column != null) {
            column.add(slot, aggregate);
        } else {
            later.put(open, slot, aggregate);
        }
    }

    @Override
    public boolean isInUse(int slot) {
        return windows[slot] > 0;
    }

    @Override
    public int size() {
        return size;
    }
}
