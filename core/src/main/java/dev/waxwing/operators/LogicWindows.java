package dev.waxwing.operators;

import dev.waxwing.kernel.Emitter;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.operators.WindowsState.Phase;
import dev.waxwing.state.LogicContext;
import dev.waxwing.windowing.Micros;
import dev.waxwing.windowing.WindowLogic;
import dev.waxwing.windowing.WindowOptions;
import dev.waxwing.windowing.WindowResult;
import dev.waxwing.windowing.WindowResult.Timing;
import dev.waxwing.windowing.Windower;
import dev.waxwing.windowing.WindowerLogic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Windows of any kind, each with a logic of its own. */
final class LogicWindows<V, R, S> implements OpenWindows<V, R> {

    /*
     * Without allowed lateness a window is closed, and gives its result, when the watermark passes its end. With it, the
     * result is given then, by onResult, and again for each later value; the windower sees the watermark less
     * the lateness, so that the window stays open for it until it is forgotten.
     *
     * A window that becomes part of another is withdrawn first, if it has given results that stand for all it has:
     * whoever keeps the last of each window would count its values twice.
     */
    private final WindowerLogic<Object> windower;
    private final WindowContent.LogicOfKey<V, R, S> builder;
    private final WindowOptions options;
    private final LogicContext<?> context;
    private final long lateness;
    private final Arrivals arrivals;
    private final Map<Long, Open<V, R, S>> windows = new HashMap<>();
    private long advancedTo = Micros.START_OF_TIME;

    LogicWindows(
            Windower<Object> windower,
            WindowContent.LogicOfKey<V, R, S> builder,
            WindowOptions options,
            LogicContext<?> context,
            @Nullable WindowsState<Object, S> resumeState)
            throws Exception {
        this.windower = windower.build(resumeState == null ? null : resumeState.windower());
        this.builder = builder;
        this.options = options;
        this.context = context;
        this.lateness = Micros.of(options.allowedLateness());
        this.arrivals = new Arrivals(resumeState == null ? 0 : resumeState.arrivals());
        if (resumeState != null) {
            for (WindowsState.Window<S> stored : resumeState.windows()) {
                Open<V, R, S> window = new Open<>(stored, builder.build(arrivals, stored.state()));
                if (window.earlyAtMillis != Long.MAX_VALUE) {
                    /* The wall clock may have been set back since. */
                    window.earlyAtMillis = Math.min(window.earlyAtMillis, nextEarlyMillis());
                }
                windows.put(stored.windowId(), window);
            }
        }
    }

    @Override
    public void resumeAt(long watermark) {
        advancedTo = watermark;
    }

    @Override
    public void take(V value, long micros, Outputs<? super WindowResult<R>> out) throws Exception {
        long[] ids = windower.openFor(micros);
        List<WindowerLogic.Merge> merges = windower.merged();
        for (WindowerLogic.Merge merge : merges) {
            merge(merge, out);
        }
        for (long id : ids) {
            long into = id;
            for (WindowerLogic.Merge merge : merges) {
                into = merge.from() == into ? merge.into() : into;
            }
            take(into, value, out);
        }
    }

    private void take(long id, V value, Outputs<? super WindowResult<R>> out) throws Exception {
        Open<V, R, S> window = open(id);
        reopenIfExtended(window);
        window.items++;
        window.logic.onValue(value, partial(window, out));
        if (window.phase == Phase.ENDED) {
            window.logic.onResult(whole(window, out));
        } else {
            earlyResult(window, out);
        }
    }

    private Open<V, R, S> open(long id) throws Exception {
        Open<V, R, S> window = windows.get(id);
        if (window == null) {
            window = new Open<>(id, builder.build(arrivals, null));
            windows.put(id, window);
        }
        return window;
    }

    private void reopenIfExtended(Open<V, R, S> window) {
        if (window.phase == Phase.ENDED && windower.closesAt(window.id) > advancedTo) {
            window.phase = Phase.RUNNING_AGAIN;
        }
    }

    private void earlyResult(Open<V, R, S> window, Outputs<? super WindowResult<R>> out)
            throws Exception {
        WindowOptions.Early early = options.early();
        if (windower.closesAt(window.id) <= advancedTo) {
            return;
        }
        if (early.everyItems() > 0 && window.items % early.everyItems() == 0) {
            window.earlyAtMillis = Long.MAX_VALUE;
            window.logic.onResult(whole(window, out));
        } else if (!early.every().isZero() && window.earlyAtMillis == Long.MAX_VALUE) {
            window.earlyAtMillis = nextEarlyMillis();
        }
    }

    private long nextEarlyMillis() {
        return nextEarlyMillis(options, context);
    }

    /** When an early result of a window is due that has taken a value now, or before the start. */
    static long nextEarlyMillis(WindowOptions options, LogicContext<?> context) {
        long everyMicros = Micros.of(options.early().every());
        return everyMicros == 0
                ? Long.MAX_VALUE
                : context.nowMillis() + Math.max(1, everyMicros / 1_000);
    }

    private void merge(WindowerLogic.Merge merge, Outputs<? super WindowResult<R>> out)
            throws Exception {
        Open<V, R, S> from = windows.remove(merge.from());
        if (from == null) {
            return; // opened for this value only
        }
        Open<V, R, S> into = open(merge.into());
        if (from.isFollowed) {
            WindowResult.Metadata remaining = windower.window(into.id);
            out.emit(
                    new WindowResult.Withdrawal<>(
                            from.id, remaining.openMicros(), remaining.closeMicros(), into.id));
        }
        into.items += from.items;
        into.earlyAtMillis = Math.min(into.earlyAtMillis, from.earlyAtMillis);
        if (into.phase == Phase.RUNNING && from.phase != Phase.RUNNING) {
            into.phase = Phase.RUNNING_AGAIN;
        }
        reopenIfExtended(into);
        into.logic.onMerge(from.logic.snapshot(), partial(into, out));
    }

    @Override
    public long[] lateFor(long micros) {
        return windower.lateFor(micros);
    }

    @Override
    public void advance(long watermark, Outputs<? super WindowResult<R>> out) throws Exception {
        advancedTo = watermark;
        if (lateness > 0) {
            giveResults(watermark, out);
        }
        for (WindowResult.Metadata closed : windower.closeFor(forgets(watermark))) {
            Open<V, R, S> window = Objects.requireNonNull(windows.remove(closed.windowId()));
            if (window.phase != Phase.ENDED) {
                window.logic.onClose(new Results(window, closed, resultTiming(window), true, out));
            }
            out.emit(WindowStep.META, closed);
        }
        if (!options.early().every().isZero()) {
            giveEarlyResults(out);
        }
    }

    private void giveResults(long watermark, Outputs<? super WindowResult<R>> out)
            throws Exception {
        List<Open<V, R, S>> due = new ArrayList<>();
        for (Open<V, R, S> window : windows.values()) {
            if (window.phase != Phase.ENDED && windower.closesAt(window.id) <= watermark) {
                due.add(window);
            }
        }
        due.sort(
                Comparator.<Open<V, R, S>>comparingLong(window -> windower.closesAt(window.id))
                        .thenComparingLong(window -> window.id));
        for (Open<V, R, S> window : due) {
            Timing timing = resultTiming(window);
            window.phase = Phase.ENDED;
            window.earlyAtMillis = Long.MAX_VALUE;
            window.logic.onResult(
                    new Results(window, windower.window(window.id), timing, true, out));
        }
    }

    private void giveEarlyResults(Outputs<? super WindowResult<R>> out) throws Exception {
        List<Open<V, R, S>> due = new ArrayList<>();
        for (Open<V, R, S> window : windows.values()) {
            if (window.earlyAtMillis <= context.nowMillis()) {
                due.add(window);
            }
        }
        due.sort(Comparator.comparingLong(window -> window.id));
        for (Open<V, R, S> window : due) {
            window.earlyAtMillis = Long.MAX_VALUE;
            window.logic.onResult(whole(window, out));
        }
    }

    @Override
    public long dueAt() {
        if (lateness == 0 || windows.isEmpty()) {
            return windower.closesAt();
        }
        long due = Micros.plus(windower.closesAt(), lateness);
        for (Open<V, R, S> window : windows.values()) {
            if (window.phase != Phase.ENDED) {
                due = Math.min(due, windower.closesAt(window.id));
            }
        }
        return due;
    }

    @Override
    public long dueAtMillis() {
        long due = Long.MAX_VALUE;
        if (!options.early().every().isZero()) {
            for (Open<V, R, S> window : windows.values()) {
                due = Math.min(due, window.earlyAtMillis);
            }
        }
        return due;
    }

    @Override
    public boolean isEmpty() {
        return windows.isEmpty();
    }

    @Override
    public @Nullable WindowsState<Object, S> snapshot() {
        Object windowerState = windower.snapshot();
        if (windowerState == null && windows.isEmpty()) {
            return null;
        }
        List<WindowsState.Window<S>> open = new ArrayList<>(windows.size());
        for (Open<V, R, S> window : windows.values()) {
            open.add(
                    new WindowsState.Window<>(
                            window.id,
                            window.logic.snapshot(),
                            window.items,
                            window.earlyAtMillis,
                            window.phase,
                            window.isFollowed));
        }
        return new WindowsState<>(windowerState, arrivals.count(), open, null);
    }

    private long forgets(long watermark) {
        return Micros.plus(watermark, -lateness);
    }

    private Timing resultTiming(Open<V, R, S> window) {
        return window.phase == Phase.RUNNING ? Timing.ON_TIME : Timing.UPDATE;
    }

    /* What the logic emits for a value or a merge stands for the whole window only if it says so. */
    private Results partial(Open<V, R, S> window, Outputs<? super WindowResult<R>> out) {
        return results(window, window.logic.replacesResults(), out);
    }

    private Results whole(Open<V, R, S> window, Outputs<? super WindowResult<R>> out) {
        return results(window, true, out);
    }

    private Results results(
            Open<V, R, S> window, boolean isWhole, Outputs<? super WindowResult<R>> out) {
        Timing timing = window.phase == Phase.ENDED ? Timing.UPDATE : Timing.EARLY;
        return new Results(window, windower.window(window.id), timing, isWhole, out);
    }

    /** Says of each result which window gave it, and when. */
    private final class Results implements Emitter<R> {

        private final Open<V, R, S> from;
        private final WindowResult.Metadata window;
        private final Timing timing;
        private final boolean isWhole;
        private final Outputs<? super WindowResult<R>> out;

        Results(
                Open<V, R, S> from,
                WindowResult.Metadata window,
                Timing timing,
                boolean isWhole,
                Outputs<? super WindowResult<R>> out) {
            this.from = from;
            this.window = window;
            this.timing = timing;
            this.isWhole = isWhole;
            this.out = out;
        }

        @Override
        public void emit(R result) {
            from.isFollowed |= isWhole;
            out.emit(
                    new WindowResult.Given<>(
                            window.windowId(),
                            window.openMicros(),
                            window.closeMicros(),
                            timing,
                            result));
        }
    }

    /** A window and its logic. */
    private static final class Open<V, R, S> {

        private final long id;
        private final WindowLogic<V, R, S> logic;
        private long items;
        private long earlyAtMillis = Long.MAX_VALUE;
        private Phase phase = Phase.RUNNING;
        private boolean isFollowed;

        Open(long id, WindowLogic<V, R, S> logic) {
            this.id = id;
            this.logic = logic;
        }

        Open(WindowsState.Window<S> stored, WindowLogic<V, R, S> logic) {
            this(stored.windowId(), logic);
            items = stored.items();
            earlyAtMillis = stored.earlyAtMillis();
            phase = stored.phase();
            isFollowed = stored.isFollowed();
        }
    }
}
