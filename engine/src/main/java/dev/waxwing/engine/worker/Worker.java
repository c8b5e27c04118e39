package dev.waxwing.engine.worker;

import dev.waxwing.engine.channel.Budget;
import dev.waxwing.engine.channel.Edges;
import dev.waxwing.engine.channel.Pace;
import dev.waxwing.engine.channel.Receiver;
import dev.waxwing.engine.channel.Sender;
import dev.waxwing.engine.channel.Signal;
import dev.waxwing.engine.delivery.Lanes;
import dev.waxwing.engine.delivery.Work;
import dev.waxwing.engine.sink.EpochSinkLink;
import dev.waxwing.engine.sink.Forced;
import dev.waxwing.engine.site.Closings;
import dev.waxwing.engine.site.Openings;
import dev.waxwing.engine.site.Slice;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.engine.site.Watched;
import dev.waxwing.engine.site.Whereabouts;
import dev.waxwing.engine.site.WorkerSite;
import dev.waxwing.engine.state.StepState;
import dev.waxwing.step.DataflowException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One copy of the dataflow, as a state machine without a thread, a clock or a disk of its own.
 *
 * <p>The driver calls {@link #open} until all is open, {@link #step} again and again, and {@link
 * #close} once, all on the same thread. What a step throws ends the execution.
 */
public final class Worker implements WorkerSite {

    private final int index;
    private final int count;
    private final Clock clock;
    private final Pace pace;
    private final EpochControl control;
    private final Lanes lanes;
    private final Edges edges;
    private final Signal signal;
    private final long settledEpoch;
    private final AtomicReference<@Nullable DataflowException> failedElsewhere =
            new AtomicReference<>();
    private final List<Stage> stages = new ArrayList<>();
    private final List<SourceStage> sources = new ArrayList<>();
    private final List<StepState> states = new ArrayList<>();
    private final List<StepLife> lives = new ArrayList<>();
    private final List<StateChanges> changes = new ArrayList<>();
    private final List<Forced> forces = new ArrayList<>();
    private final List<EpochSinkLink> sinks = new ArrayList<>();
    private final List<Work.Reported> works = new ArrayList<>();
    private final List<EdgeEnd<Sender>> senders = new ArrayList<>();
    private final List<EdgeEnd<Receiver>> receivers = new ArrayList<>();
    private final List<StepSite> sites = new ArrayList<>();
    private final Deque<Slice> openings = new ArrayDeque<>();
    private final long runningFrom;
    private long steadyMillis;
    private long nowMillis;
    private long injected;
    private long reported;
    private long acknowledged;
    private final Whereabouts whereabouts = new Whereabouts();
    private volatile @Nullable StepSite forcing;
    private volatile boolean toLeave;
    private volatile @Nullable Thread thread;
    private boolean isOpening;
    private boolean ending;
    private boolean endReported;
    private @Nullable DataflowException failure;

    public Worker(int index, Beginning beginning, Host host) {
        this.index = index;
        this.count = beginning.workers();
        this.clock = host.clock();
        this.pace = beginning.pace();
        this.control = host.epochs();
        this.lanes = host.lanes();
        this.edges = host.edges();
        this.signal = host.signals().get(index);
        this.settledEpoch = beginning.settledEpoch();
        this.injected = beginning.lastEpoch();
        this.reported = beginning.lastEpoch();
        this.acknowledged = beginning.lastEpoch();
        readClock();
        this.runningFrom = steadyMillis - beginning.runningMillis();
    }

    /** Code with a life on the worker: opened before anything flows, closed once. */
    public interface StepLife {

        void open() throws Exception;

        void close(Closings closings);
    }

    /** One end of an edge to another stage. */
    public record EdgeEnd<E>(int edge, E end) {}

    // ---- what the compiler adds, upstream first

    public void add(Stage stage) {
        stages.add(0, stage);
        if (stage instanceof SourceStage source) {
            sources.add(source);
        }
    }

    public void add(StepState state) {
        states.add(state);
    }

    /** A sink whose epochs are prepared before the worker reports them. */
    public void add(EpochSinkLink sink) {
        sinks.add(sink);
    }

    public void add(StepLife life) {
        lives.add(life);
    }

    public void add(StateChanges stateChanges) {
        changes.add(stateChanges);
    }

    public void add(StepSite site) {
        sites.add(site);
    }

    /** The edge by which this worker sends to an input of a step on another, or on itself. */
    public Sender sends(int step, int up, int to) {
        Sender sender = edges.sender(step, up, index, to);
        senders.add(new EdgeEnd<>(edges.id(step, up), sender));
        return sender;
    }

    /** The edge by which an input of a step receives from a worker. */
    public Receiver receives(int step, int up, int from) {
        Receiver receiver = new Receiver(edges.sender(step, up, from, index), pace.flightNanos());
        receivers.add(new EdgeEnd<>(edges.id(step, up), receiver));
        return receiver;
    }

    public void force(Forced forced) {
        forces.add(forced);
    }

    /** What is to be done when the worker opens: partitions, restored state. */
    public void onOpen(Runnable opening) {
        onOpenInSlices(
                () -> {
                    opening.run();
                    return true;
                });
    }

    /** The same for what may be large. */
    public void onOpenInSlices(Slice opening) {
        openings.add(opening);
    }

    // ---- the driver's side

    /**
     * Opens kernels, sinks and sources and puts restored state in place, a bounded amount of it a
     * call.
     *
     * @return whether all is done, and {@link #step} may be called
     */
    public boolean open() throws Exception {
        readClock();
        if (!isOpening) {
            isOpening = true;
            thread = Thread.currentThread();
            for (StepLife life : lives) {
                life.open();
            }
        }
        Slice opening = openings.peek();
        if (opening != null && opening.run()) {
            openings.remove();
        }
        return openings.isEmpty();
    }

    /**
     * Does a bounded amount of work.
     *
     * @return when to call again without a signal, in steady milliseconds; {@link Long#MIN_VALUE}
     *     for at once, {@link Long#MAX_VALUE} for never
     */
    public long step() {
        try {
            return work();
        } catch (Throwable thrown) {
            throwFailure();
            throw thrown;
        }
    }

    /**
     * Ends an epoch and does nothing else: nothing is read, no timer fires that does not have to,
     * and nothing of the next epoch is touched. For a host to which all that leaves the worker in
     * the meantime belongs to the epoch; others announce its end and go on with {@link #step}.
     *
     * @return whether the epoch has ended in all stages and was reported; if not, the host is to
     *     call again, at once or when it is woken
     */
    public boolean endEpoch(long epoch) {
        ending = true;
        try {
            return workToEnd(epoch);
        } catch (Throwable thrown) {
            throwFailure();
            throw thrown;
        } finally {
            ending = false;
        }
    }

    private boolean workToEnd(long epoch) {
        readClock();
        throwFailureElsewhere();
        inject(epoch);
        boolean any = true;
        while (any) {
            any = false;
            for (Stage stage : stages) {
                any |= stage.runToEnd(epoch);
                throwFailure();
            }
        }
        boolean saved = hasPassed(epoch);
        for (StepState state : states) {
            while (saved && !state.snapshotSlice()) {
                throwFailure();
            }
        }
        for (EpochSinkLink sink : sinks) {
            saved &= sink.isPrepared();
        }
        report(saved);
        return reported >= epoch;
    }

    private void throwFailureElsewhere() {
        DataflowException elsewhere = failedElsewhere.get();
        if (elsewhere != null) {
            fail(elsewhere);
            throw elsewhere;
        }
    }

    private long work() {
        readClock();
        throwFailureElsewhere();
        inject(control.announcedEpoch());
        acknowledge();
        long renewalMillis = renew();
        boolean any = false;
        long begin = clock.workNanos();
        for (Stage stage : stages) {
            any |= stage.run();
            throwFailure();
        }
        long end = clock.workNanos();
        boolean saved = true;
        for (StepState state : states) {
            saved &= save(state, end + (end - begin));
            throwFailure();
        }
        boolean sliced = saved;
        for (EpochSinkLink sink : sinks) {
            saved &= sink.isPrepared();
        }
        report(saved);
        return any || !sliced ? Long.MIN_VALUE : Math.min(renewalMillis, dueMillis());
    }

    private long renew() {
        long due = Long.MAX_VALUE;
        for (SourceStage source : sources) {
            due = Math.min(due, source.renew(nowMillis));
        }
        return due;
    }

    /* Items and slices take turns: what is to be saved takes twice as long as if there were no items, not longer. */
    private boolean save(StepState state, long untilNanos) {
        while (!state.snapshotSlice()) {
            throwFailure();
            if (clock.workNanos() - untilNanos >= 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Closes whatever is open, also after a failure. Sources hear before what is done: the last
     * epoch is done when the execution is over.
     *
     * @throws DataflowException if something could not be closed, when all else is
     */
    public void close() {
        Closings closings = new Closings();
        long done = control.doneEpoch();
        sources.forEach(source -> source.close(done, closings));
        lives.forEach(life -> life.close(closings));
        closings.throwFirst();
    }

    // ---- what links see

    @Override
    public int index() {
        return index;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public long steadyMillis() {
        return steadyMillis;
    }

    @Override
    public long nowMillis() {
        return nowMillis;
    }

    @Override
    public long runningMillis() {
        return steadyMillis - runningFrom;
    }

    @Override
    public @Nullable StepSite calls(@Nullable StepSite site) {
        if (Thread.interrupted() && toLeave) {
            Thread.currentThread().interrupt();
        }
        return whereabouts.note(site);
    }

    @Override
    public boolean isToLeave() {
        return toLeave;
    }

    /** What keeps the worker is interrupted from now on. Thread-safe. */
    public void leave() {
        toLeave = true;
    }

    @Override
    public void isForcing(@Nullable StepSite site) {
        forcing = site;
    }

    /** The step whose sink the coordinator's thread is in, or null. Thread-safe. */
    public @Nullable StepSite forcing() {
        return forcing;
    }

    /** Tells which step's code the worker's thread is in. */
    public Whereabouts whereabouts() {
        return whereabouts;
    }

    Clock clock() {
        return clock;
    }

    @Override
    public Budget newBudget() {
        return new Budget(clock::workNanos, pace);
    }

    @Override
    public void fail(DataflowException failed) {
        if (failure == null) {
            failure = failed;
        }
    }

    @Override
    public @Nullable DataflowException failure() {
        return failure;
    }

    /** The steps, with what they have counted; other threads may read it, then it may lag. */
    public List<StepSite> sites() {
        return List.copyOf(sites);
    }

    /** The keys of stateful steps; other threads may read their number. */
    public List<StepState> states() {
        return List.copyOf(states);
    }

    @Override
    public long settledEpoch() {
        return settledEpoch;
    }

    @Override
    public boolean hasPartitionThreads() {
        return lanes.areThreads();
    }

    @Override
    public Signal signal() {
        return signal;
    }

    @Override
    public void failLater(DataflowException failed) {
        failedElsewhere.compareAndSet(null, failed);
        signal.wake();
    }

    @Override
    public boolean isHere() {
        return thread == Thread.currentThread();
    }

    boolean isHeld() {
        return ending || control.isHeld();
    }

    boolean isStopping() {
        return control.isStopping();
    }

    @Override
    public Openings openings() {
        return hasPartitionThreads() ? Openings.sleeping(step -> {}) : Openings.atOnce();
    }

    @Override
    public Lanes lanes() {
        return lanes;
    }

    @Override
    public long doneEpoch() {
        return control.doneEpoch();
    }

    @Override
    public void endEpochSoon() {
        control.endSoon();
    }

    @Override
    public void watch(Watched part) {
        control.watch(part);
    }

    @Override
    public void report(Work.Reported work) {
        works.add(work);
    }

    @Override
    public void touched() {
        control.touched();
    }

    private void readClock() {
        steadyMillis = clock.steadyMillis();
        nowMillis = clock.nowMillis();
    }

    private void inject(long announced) {
        if (announced > injected) {
            injected = announced;
            for (SourceStage source : sources) {
                source.mark(() -> source.passBarrier(announced));
            }
        }
    }

    private void acknowledge() {
        long done = control.doneEpoch();
        if (done > acknowledged) {
            acknowledged = done;
            sources.forEach(source -> source.acknowledge(done));
        }
    }

    private void report(boolean saved) {
        if (injected > reported && saved && hasPassed(injected)) {
            reported = injected;
            control.report(epochReport(reported));
        }
        if (!endReported && stages.stream().allMatch(Stage::isFinished)) {
            endReported = true;
            control.ended(index);
        }
    }

    private boolean hasPassed(long epoch) {
        for (Stage stage : stages) {
            if (stage.epoch() <= epoch) {
                return false;
            }
        }
        return true;
    }

    private EpochReport epochReport(long epoch) {
        List<PendingPages> pending = new ArrayList<>();
        for (StateChanges each : changes) {
            PendingPages pages = each.take();
            if (pages != null) {
                pending.add(pages);
            }
        }
        List<Forced> toForce = List.copyOf(forces);
        forces.clear();
        List<Work.Reported> reportedWorks = List.copyOf(works);
        works.clear();
        return new EpochReport(index, epoch, pending, toForce, reportedWorks, traffic());
    }

    private Traffic traffic() {
        return new Traffic(
                senders.stream()
                        .map(each -> new Edge(each.edge, each.end.sentAtBarrier()))
                        .toList(),
                receivers.stream()
                        .map(each -> new Edge(each.edge, each.end.receivedAtBarrier()))
                        .toList());
    }

    private long dueMillis() {
        long due = Long.MAX_VALUE;
        for (Stage stage : stages) {
            due = Math.min(due, stage.dueMillis());
        }
        return due;
    }

    private void throwFailure() {
        if (failure != null) {
            throw failure;
        }
    }
}
