package dev.waxwing.operators;

import dev.waxwing.kernel.Outputs;
import dev.waxwing.kernel.Port;
import dev.waxwing.state.LogicContext;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.windowing.Clock;
import dev.waxwing.windowing.ClockLogic;
import dev.waxwing.windowing.LateValue;
import dev.waxwing.windowing.Micros;
import dev.waxwing.windowing.WindowOptions;
import dev.waxwing.windowing.WindowResult;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** All windows of one key: its clock, the values that wait for their time, and what is open. */
final class WindowStep<K, V, R>
        implements StatefulLogic<V, WindowResult<R>, WindowStep.State<?, ?, V>> {

    /*
     * Values are taken, and windows closed, one value at a time, so that results do not depend on how values
     * are batched. Values that waited are taken at their own time: what ends before it is closed first.
     *
     * A value is late if it lies behind the watermark by more than the allowed lateness, whatever windows are
     * open. Windows are forgotten by the watermark less the allowed lateness, so no value that is not late
     * belongs to a window that has been forgotten. What was late once stays so if a later start allows more: until when
     * windows have been forgotten is kept, by the key for its clock, by the step for that of the stream.
     */
    static final Port<LateValue<?>> LATE = new Port<>("late", 1);
    static final Port<WindowResult.Metadata> META = new Port<>("meta", 2);

    private final ClockLogic<V, Object> clock;
    private final OpenWindows<V, R> windows;
    private final WindowOptions options;
    private final LogicContext<K> context;
    private final long lateness;
    private final PriorityQueue<Queued<V>> queue = new PriorityQueue<>(1);
    private final Remains remains;
    private long watermark = Micros.START_OF_TIME;
    private long lateBefore = Micros.START_OF_TIME;
    private boolean isOverdue;
    private long arrival;

    WindowStep(
            Clock<? super V, ?> clock,
            OpenWindows<V, R> windows,
            WindowOptions options,
            LogicContext<K> context,
            @Nullable State<?, ?, V> resumeState) {
        @SuppressWarnings("unchecked") // what the clock has given to a snapshot it gets back
        Clock<V, Object> typed = (Clock<V, Object>) clock;
        this.clock = typed.build(context, resumeState == null ? null : resumeState.clock());
        this.windows = windows;
        this.options = options;
        this.context = context;
        this.lateness = Micros.of(options.allowedLateness());
        this.remains =
                new Remains(
                        options.retention(),
                        resumeState == null ? Long.MAX_VALUE : resumeState.forgetAtMillis());
        if (resumeState != null) {
            resumeState.queue().forEach(waiting -> enqueue(waiting.micros(), waiting.value()));
            lateBefore = resumeState.lateBefore();
            windows.resumeAt(advance(this.clock.watermark()));
            isOverdue = windows.dueAt() <= watermark;
        }
    }

    /**
     * What is kept of a key.
     *
     * @param clock the clock's
     * @param windows the windows', null if there never were any to keep
     * @param queue values that wait for the watermark, in the order in which they are to be taken
     * @param forgetAtMillis when what is left of the key is discarded, in running time
     * @param lateBefore no value before is taken any more
     */
    record State<C, W, V>(
            @Nullable C clock,
            @Nullable W windows,
            List<Waiting<V>> queue,
            long forgetAtMillis,
            long lateBefore) {}

    /** A value that waits for the watermark. */
    record Waiting<V>(long micros, V value) {}

    @Override
    public Retain onItem(V value, Outputs<? super WindowResult<R>> out) throws Exception {
        long at = clock.onItem(value);
        long now = advance(clock.watermark());
        if (isLate(at)) {
            for (long id : windows.lateFor(at)) {
                out.emit(LATE, new LateValue<>(id, value));
            }
        } else if (options.order() == WindowOptions.Order.AS_THEY_COME || at < now) {
            windows.take(value, at, out);
        } else {
            enqueue(at, value);
        }
        return flush(now, out);
    }

    private boolean isLate(long at) {
        return at < lateBefore
                || (lateness > 0 && clock.wakeAtWatermark(at) < context.lateBeforeMicros());
    }

    @Override
    public Retain onNotify(Outputs<? super WindowResult<R>> out) throws Exception {
        return flush(advance(clock.watermark()), out);
    }

    @Override
    public Retain onEndOfInput(Outputs<? super WindowResult<R>> out) throws Exception {
        return flush(Micros.END_OF_TIME, out);
    }

    @Override
    public long notifyAtMillis() {
        if (isOverdue) {
            return Long.MIN_VALUE;
        }
        long next = nextMicros();
        long atMillis = next == Micros.END_OF_TIME ? Long.MAX_VALUE : clock.wakeAtMillis(next);
        return Math.min(Math.min(atMillis, windows.dueAtMillis()), remains.dueAtMillis(context));
    }

    @Override
    public long notifyAtWatermark() {
        long next = nextMicros();
        return next == Micros.END_OF_TIME ? Micros.END_OF_TIME : clock.wakeAtWatermark(next);
    }

    @Override
    public State<?, ?, V> snapshot() {
        List<Waiting<V>> waiting =
                queue.stream()
                        .sorted()
                        .map(each -> new Waiting<>(each.micros(), each.value()))
                        .toList();
        return new State<>(
                clock.snapshot(),
                windows.snapshot(),
                waiting,
                remains.forgetAtMillis(),
                lateBefore);
    }

    private Retain flush(long now, Outputs<? super WindowResult<R>> out) throws Exception {
        isOverdue = false;
        while (!queue.isEmpty() && queue.element().micros() <= now) {
            Queued<V> due = queue.remove();
            windows.advance(due.micros(), out);
            windows.take(due.value(), due.micros(), out);
        }
        windows.advance(now, out);
        if (!windows.isEmpty() || !queue.isEmpty()) {
            return remains.inUse();
        }
        return remember();
    }

    /* Nothing is open: what is left is kept for the retention. */
    private Retain remember() {
        return clock.snapshot() == null && windows.snapshot() == null
                ? Retain.DISCARD
                : remains.unused(context);
    }

    private long advance(long to) {
        watermark = Math.max(watermark, to);
        lateBefore = Math.max(lateBefore, Micros.plus(watermark, -lateness));
        return watermark;
    }

    private long nextMicros() {
        long next = windows.dueAt();
        return queue.isEmpty() ? next : Math.min(next, queue.element().micros());
    }

    private void enqueue(long micros, V value) {
        queue.add(new Queued<>(micros, arrival++, value));
    }

    /** Ordered by time, then by arrival. */
    private record Queued<V>(long micros, long arrival, V value) implements Comparable<Queued<V>> {
        @Override
        public int compareTo(Queued<V> other) {
            int byTime = Long.compare(micros, other.micros);
            return byTime != 0 ? byTime : Long.compare(arrival, other.arrival);
        }
    }
}
