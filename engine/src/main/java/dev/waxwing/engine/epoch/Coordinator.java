package dev.waxwing.engine.epoch;

import dev.waxwing.engine.channel.Signal;
import dev.waxwing.engine.delivery.Delivery;
import dev.waxwing.engine.delivery.Work;
import dev.waxwing.engine.sink.Forced;
import dev.waxwing.engine.site.Watched;
import dev.waxwing.engine.worker.Beginning;
import dev.waxwing.engine.worker.Clock;
import dev.waxwing.engine.worker.EpochControl;
import dev.waxwing.engine.worker.EpochReport;
import dev.waxwing.engine.worker.PendingPages;
import dev.waxwing.recovery.page.StatePage;
import dev.waxwing.step.DataflowException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Announces the ends of epochs and decides them, as a state machine without a thread of its own.
 *
 * <p>The driver calls {@link #step} from one thread; everything else is thread-safe. A step may
 * block on the disk.
 */
public final class Coordinator implements EpochControl {

    /*
     * At most one epoch is undecided: the end of the next is announced only when the one before has been
     * decided. Between the two, each step does a slice of the housekeeping of the store, while there is any. The
     * last epoch ends when all input has, or when a stop is asked for, whatever the interval.
     *
     * Files of the store and of sinks may be taken away at any time. So they are looked at before each decision, and,
     * as no epoch ends while nothing flows or sinks commit nothing, whenever the time of one has passed without a look.
     */

    /** How often files are looked at where an epoch ends with each batch. */
    private static final long LOOK_MILLIS = 1_000;

    private final long settledEpoch;
    private final long beganMillis;
    private final long intervalMillis;
    private final int workers;
    private final Clock clock;
    private final EpochStore store;
    private final Delivery delivery;
    private final List<Signal> workerSignals;
    private final Signal self;
    private final ConcurrentLinkedQueue<Object> inbox = new ConcurrentLinkedQueue<>();
    private final Queue<Watched> watched = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean flowed = new AtomicBoolean();
    private final List<EpochReport> reports = new ArrayList<>();
    private final Ledger ledger = new Ledger();
    private volatile long announced;
    private volatile long decided;
    private volatile long done;
    private volatile boolean stopping;
    private volatile boolean full;
    private volatile boolean hurried;
    private volatile @Nullable Ending ending;
    private long openedMillis;
    private long lookMillis;
    private int endedWorkers;

    /** How the execution ends when the epoch that is announced is done; null if it goes on. */
    private @Nullable Ending lastEnding;

    private boolean uncollected;
    private long stopDeadlineMillis = Long.MAX_VALUE;

    /**
     * Who is to be woken.
     *
     * @param workers one for each
     * @param self the coordinator
     */
    public record Signals(List<Signal> workers, Signal self) {
        public Signals {
            workers = List.copyOf(workers);
        }
    }

    /** How an execution has ended. */
    public enum Ending {
        COMPLETED,
        STOPPED,
        ABORTED
    }

    /**
     * @param intervalMillis time between ends of epochs; 0 for after every batch
     * @param delivery lets sinks commit what is decided
     */
    public Coordinator(
            Beginning beginning,
            long intervalMillis,
            Clock clock,
            EpochStore store,
            Delivery delivery,
            Signals signals) {
        long resumeEpoch = beginning.lastEpoch();
        this.settledEpoch = beginning.settledEpoch();
        this.intervalMillis = intervalMillis;
        this.workers = beginning.workers();
        this.clock = clock;
        this.store = store;
        this.delivery = delivery;
        this.workerSignals = signals.workers();
        this.self = signals.self();
        this.announced = resumeEpoch;
        this.decided = resumeEpoch;
        this.done = delivery.isEmpty() ? resumeEpoch : delivery.firstUndone() - 1;
        this.beganMillis = clock.steadyMillis();
        this.openedMillis = beganMillis;
        this.lookMillis = beganMillis;
        this.full = delivery.isFull();
    }

    @Override
    public long announcedEpoch() {
        return announced;
    }

    /** The newest decided epoch. */
    public long decidedEpoch() {
        return decided;
    }

    @Override
    public long doneEpoch() {
        return done;
    }

    @Override
    public boolean isHeld() {
        return stopping || full;
    }

    @Override
    public boolean isStopping() {
        return stopping;
    }

    @Override
    public void endSoon() {
        hurried = true;
        self.wake();
    }

    @Override
    public void touched() {
        if (!flowed.get()) {
            flowed.set(true);
            if (intervalMillis == 0) {
                self.wake();
            }
        }
    }

    @Override
    public void watch(Watched part) {
        watched.add(part);
        self.wake();
    }

    @Override
    public void report(EpochReport report) {
        send(report);
    }

    @Override
    public void ended(int worker) {
        send(Message.WORKER_ENDED);
    }

    /**
     * Asks for a graceful stop; after the deadline, in steady milliseconds, the execution is
     * aborted.
     */
    public void stop(long deadlineMillis) {
        send(new Stop(deadlineMillis));
    }

    /** Asks for an immediate end. */
    public void abort() {
        if (ending == null) {
            ending = Ending.ABORTED;
        }
        for (int i = 0; i < workerSignals.size(); i++) {
            workerSignals.get(i).wake();
        }
        self.wake();
    }

    /** How the execution has ended, or null while it goes on. Workers leave when it is set. */
    public @Nullable Ending ending() {
        return ending;
    }

    /**
     * Deals with what has come in and what is due.
     *
     * @return when to call again without a signal, in steady milliseconds
     * @throws DataflowException if an epoch cannot be decided; the execution has failed
     */
    public long step() {
        Object message;
        while ((message = inbox.poll()) != null) {
            receive(message);
        }
        long now = clock.steadyMillis();
        if (ending == null && now >= stopDeadlineMillis) {
            abort();
        }
        if (ending != null) {
            return Long.MAX_VALUE;
        }
        deliver(now);
        if (ending != null) {
            return Long.MAX_VALUE;
        }
        lookIfDue(now);
        if (delivery.isFailing()) {
            /* Nothing more is begun that would have to be given up. */
            full = true;
            return nextMillis(delivery.dueMillis());
        }
        if (announced == decided) {
            announceIfDue(now);
        }
        if (uncollected && announced == decided) {
            uncollected = store.collect();
            if (uncollected) {
                return Long.MIN_VALUE;
            }
        }
        long endMillis = announced == decided && mayAnnounce() ? nextEndMillis() : Long.MAX_VALUE;
        return nextMillis(Math.min(delivery.dueMillis(), endMillis));
    }

    private long nextMillis(long due) {
        return Math.min(due, Math.min(stopDeadlineMillis, lookMillis));
    }

    /* Where there is nothing to look at, waits for something. */
    private void lookIfDue(long now) {
        boolean isFirst = lookMillis == Long.MAX_VALUE && !watched.isEmpty();
        if (now < lookMillis && !isFirst) {
            return;
        }
        if (!flowed.get() && announced == decided) {
            /* An empty epoch begins again, so that who is idle wakes for both at once. */
            openedMillis = now;
        }
        boolean isStored = store.check();
        watched.forEach(Watched::check);
        lookMillis = isStored || !watched.isEmpty() ? nextLookMillis(now) : Long.MAX_VALUE;
    }

    private long nextLookMillis(long now) {
        return now + (intervalMillis == 0 ? LOOK_MILLIS : intervalMillis);
    }

    private void send(Object message) {
        inbox.add(message);
        self.wake();
    }

    private void receive(Object message) {
        if (message instanceof EpochReport report) {
            reports.add(report);
            if (reports.size() == workers) {
                decide(report.epoch());
            }
        } else if (message instanceof Stop stop) {
            stopping = true;
            stopDeadlineMillis = Math.min(stopDeadlineMillis, stop.deadlineMillis);
            workerSignals.forEach(Signal::wake);
        } else {
            endedWorkers++;
        }
    }

    private boolean isSettling() {
        return decided < settledEpoch;
    }

    /* The last epoch need not wait for room. */
    private boolean mayAnnounce() {
        return lastEnding == null && (!full || isLast());
    }

    private boolean isLast() {
        return stopping || endedWorkers == workers;
    }

    private long nextEndMillis() {
        if (hurried || isSettling()) {
            return Long.MIN_VALUE;
        }
        if (intervalMillis == 0) {
            return flowed.get() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return openedMillis + intervalMillis;
    }

    private void announceIfDue(long now) {
        boolean last = isLast();
        if (!mayAnnounce() || (!last && now < nextEndMillis())) {
            return;
        }
        boolean wanted = hurried;
        if (wanted) {
            hurried = false;
        }
        boolean empty = !flowed.getAndSet(false);
        if (empty && !wanted && !last && !isSettling()) {
            openedMillis = now;
            return;
        }
        if (last) {
            /* What ends from now on may have written after the barrier. */
            lastEnding = endedWorkers == workers ? Ending.COMPLETED : Ending.STOPPED;
        }
        openedMillis = now;
        announced = decided + 1;
        workerSignals.forEach(Signal::wake);
    }

    private void decide(long epoch) {
        ledger.check(epoch, reports);
        List<Forced> forced = new ArrayList<>();
        List<PendingPages> changes = new ArrayList<>();
        List<Work.Reported> works = new ArrayList<>();
        for (EpochReport report : reports) {
            forced.addAll(report.forces());
            changes.addAll(report.changes());
            works.addAll(report.works());
        }
        reports.clear();
        forced.forEach(Forced::force);
        List<StatePage> pages = new ArrayList<>();
        for (PendingPages pending : changes) {
            pages.addAll(pending.encode());
        }
        watched.forEach(Watched::check);
        store.decide(epoch, pages, clock.steadyMillis() - beganMillis);
        if (lookMillis != Long.MAX_VALUE) {
            lookMillis = nextLookMillis(clock.steadyMillis());
        }
        decided = epoch;
        delivery.decided(epoch, works);
        full = delivery.isFull();
        forced.forEach(Forced::decided);
    }

    /* Lets sinks go on; an epoch is done when all of them, and those of all before it, have committed. */
    private void deliver(long now) {
        delivery.step(now);
        long newlyDone = delivery.takeDone();
        if (newlyDone == 0) {
            return;
        }
        store.done(newlyDone);
        done = newlyDone;
        delivery.clean();
        full = delivery.isFull();
        uncollected = true;
        if (lastEnding != null && done == announced) {
            ending = lastEnding;
        }
        workerSignals.forEach(Signal::wake);
    }

    private enum Message {
        WORKER_ENDED
    }

    private record Stop(long deadlineMillis) {}
}
