package dev.waxwing.embedded;

import dev.waxwing.engine.channel.Edges;
import dev.waxwing.engine.channel.RingEdges;
import dev.waxwing.engine.channel.Signal;
import dev.waxwing.engine.compile.Assembly;
import dev.waxwing.engine.compile.RunSetup;
import dev.waxwing.engine.delivery.Delivery;
import dev.waxwing.engine.delivery.Lanes;
import dev.waxwing.engine.epoch.Coordinator;
import dev.waxwing.engine.epoch.EpochStore;
import dev.waxwing.engine.resume.Preparation;
import dev.waxwing.engine.site.PartitionThreads;
import dev.waxwing.engine.site.Patience;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.engine.site.Watch;
import dev.waxwing.engine.worker.Clock;
import dev.waxwing.engine.worker.Host;
import dev.waxwing.engine.worker.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One try of an execution: its workers on threads, the coordinator on the thread that calls {@link
 * #run}.
 */
final class Attempt {

    private static final long GRACE_MILLIS = 200;

    /** How long a worker is given to close when all others have taken their time. */
    private static final long LEAST_MILLIS = 2_000;

    /** Here, so that the class is there when something fails. */
    private static final Coordinator.Ending ABORTED = Coordinator.Ending.ABORTED;

    private final String name;
    private final Clock clock;
    private final Delivery delivery;
    private final EpochStore store;
    private final Coordinator coordinator;
    private final List<Worker> workers;
    private final List<Parker> parkers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Parker self = new Parker();
    private final Object lock = new Object();
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Throwable late;
    private final AtomicInteger openWorkers = new AtomicInteger();
    private final Patience patience;
    private final Watch watch;
    private final long doneBefore;
    private final long resumeEpoch;

    /**
     * @param patience how long the end waits for threads
     * @param watch finds calls that do not return
     */
    Attempt(
            Preparation preparation,
            long epochMillis,
            Clock clock,
            Patience patience,
            Watch watch) {
        RunSetup setup = preparation.setup();
        this.clock = clock;
        this.patience = patience;
        this.watch = watch;
        resumeEpoch = preparation.resumeEpoch();
        name = setup.plan().dataflowName();
        store = preparation.store();
        List<Signal> signals = new ArrayList<>();
        for (int i = 0; i < setup.shape().workers(); i++) {
            Parker parker = new Parker();
            parkers.add(parker);
            signals.add(parker);
        }
        Lanes lanes = new PartitionThreads(new BlockingThreads(), patience, watch, this::fail);
        delivery = new Delivery(lanes, self, setup.deliveryParts(), preparation.doneEpoch());
        coordinator =
                new Coordinator(
                        setup.beginning(),
                        epochMillis,
                        clock,
                        preparation.store(),
                        delivery,
                        new Coordinator.Signals(signals, self));
        doneBefore = coordinator.doneEpoch();
        try {
            Edges edges = new RingEdges(setup.shape().channels(), signals);
            workers = Assembly.workers(setup, new Host(clock, coordinator, lanes, edges, signals));
        } catch (Throwable e) {
            closeAfter(e);
            throw e;
        }
    }

    private void closeAfter(Throwable thrown) {
        try {
            discard();
        } catch (Throwable notClosed) {
            addTo(thrown, notClosed);
        }
    }

    /** The epoch that it goes on from. */
    long resumeEpoch() {
        return resumeEpoch;
    }

    Coordinator coordinator() {
        return coordinator;
    }

    List<Worker> workers() {
        return workers;
    }

    /** Lets go of what is open, instead of a run. Workers have nothing open before it. */
    void discard() {
        if (delivery.giveBack()) {
            store.abandon();
        }
    }

    /** Whether it came to the point where items flow. */
    boolean hasOpened() {
        return openWorkers.get() == workers.size();
    }

    /**
     * Whether an epoch is done that was not before. One that is decided only is no progress: each
     * attempt decides the next, while a target refuses the same one for ever.
     */
    boolean hasProgressed() {
        return coordinator.doneEpoch() > doneBefore;
    }

    /** What went wrong when the last epoch had been decided, or null. */
    @Nullable Throwable lateFailure() {
        return late;
    }

    /** Runs to the end; returns how it ended, or throws what made it fail. */
    Coordinator.Ending run() throws Throwable {
        self.own();
        try {
            startWorkers();
            coordinate();
        } catch (Throwable thrown) {
            fail(thrown);
        }
        joinAll();
        try {
            if (hasOpened()) {
                delivery.close();
            } else {
                discard();
            }
        } catch (Throwable notClosed) {
            fail(notClosed);
        }
        Throwable thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
        return java.util.Objects.requireNonNull(coordinator.ending());
    }

    private void startWorkers() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        for (int i = 0; i < workers.size(); i++) {
            int index = i;
            Thread thread = new Thread(() -> work(index), "waxwing " + name + " worker " + index);
            thread.setContextClassLoader(loader);
            /* The thread of the execution waits for them, and is none. */
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    private void coordinate() {
        Watch.Entry entry = watch.enter(stack -> forcing());
        while (!isOver()) {
            self.running();
            entry.begins();
            long due = coordinator.step();
            entry.ends();
            if (!isOver()) {
                self.rest(due, clock.steadyMillis());
            }
        }
    }

    private @Nullable String forcing() {
        for (Worker worker : workers) {
            StepSite site = worker.forcing();
            if (site != null) {
                return "step '" + site.stepId() + "'";
            }
        }
        return null;
    }

    private void work(int index) {
        Watch.Entry entry = watch.enter(workers.get(index).whereabouts()::in);
        try {
            work(index, entry);
        } finally {
            watch.leave();
        }
    }

    private void work(int index, Watch.Entry entry) {
        Worker worker = workers.get(index);
        Parker parker = parkers.get(index);
        parker.own();
        try {
            entry.begins();
            while (!worker.open()) {
                entry.ends();
                entry.begins();
                if (isOver()) {
                    return;
                }
            }
            openWorkers.incrementAndGet();
            while (goesOn()) {
                parker.running();
                entry.begins();
                long due = worker.step();
                entry.ends();
                if (!isOver()) {
                    parker.rest(due, clock.steadyMillis());
                }
            }
        } catch (Throwable thrown) {
            fail(thrown);
        } finally {
            /* An interrupt was meant for what the worker was doing. */
            Thread.interrupted();
            entry.ends();
            entry.begins();
            try {
                worker.close();
            } catch (Throwable thrown) {
                fail(thrown);
            }
        }
    }

    /* What users' code leaves of an interrupt must not keep the worker from resting; that of the end comes after it. */
    private boolean goesOn() {
        Thread.interrupted();
        return !isOver();
    }

    private boolean isOver() {
        return failure != null || coordinator.ending() != null;
    }

    /*
     * Needs no memory until everybody knows, as there may be none: nothing is made, and nothing is used that the
     * JVM loads or links only now, such as enums, lambdas and handles to fields.
     *
     * What users' code makes of the interrupts of an abort is no failure. Nor is what cannot be closed after the
     * last epoch: all that was to be written has been, and starting again would write it twice.
     */
    private void fail(Throwable thrown) {
        Coordinator.Ending ending = coordinator.ending();
        if (ending == ABORTED) {
            return;
        }
        Throwable known;
        synchronized (lock) {
            known = ending == null ? failure : late;
            if (known == null && ending == null) {
                failure = thrown;
            } else if (known == null) {
                late = thrown;
            }
        }
        if (ending == null) {
            patience.endAfterFailure();
        }
        self.wake();
        for (int i = 0; i < parkers.size(); i++) {
            parkers.get(i).wake();
        }
        if (known != null && known != thrown) {
            addTo(known, thrown);
        }
    }

    private static void addTo(Throwable known, Throwable thrown) {
        try {
            known.addSuppressed(thrown);
        } catch (Throwable noRoom) {
            /* The first is the one that counts. */
        }
    }

    /*
     * Workers leave by themselves; what keeps one in user's code is interrupted if nothing is left to save, and left
     * there when patience is over.
     */
    private void joinAll() {
        boolean interrupted = false;
        boolean told = false;
        for (int i = 0; i < threads.size(); i++) {
            Thread thread = threads.get(i);
            boolean ended = false;
            while (!ended) {
                try {
                    thread.join(GRACE_MILLIS);
                    ended = !thread.isAlive();
                    if (!ended && !told && isLost()) {
                        told = true;
                        interruptAll();
                    }
                    if (!ended && patience.isOver()) {
                        interruptAll();
                        patience.endsOrIsLeft(thread, () -> watch.named(thread), LEAST_MILLIS);
                        ended = true;
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void interruptAll() {
        for (int i = 0; i < threads.size(); i++) {
            workers.get(i).leave();
            threads.get(i).interrupt();
        }
    }

    private boolean isLost() {
        return failure != null || coordinator.ending() == ABORTED;
    }
}
