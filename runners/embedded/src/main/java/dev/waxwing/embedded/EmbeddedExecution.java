package dev.waxwing.embedded;

import dev.waxwing.engine.channel.Channels;
import dev.waxwing.engine.channel.Pace;
import dev.waxwing.engine.compile.Shape;
import dev.waxwing.engine.epoch.Coordinator;
import dev.waxwing.engine.resume.Preparation;
import dev.waxwing.engine.site.Openings;
import dev.waxwing.engine.site.Owners;
import dev.waxwing.engine.site.Patience;
import dev.waxwing.engine.site.Watch;
import dev.waxwing.engine.worker.Clock;
import dev.waxwing.internal.LastingErrors;
import dev.waxwing.plan.Plan;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.recovery.StoreLocation;
import dev.waxwing.recovery.store.RecoveryStore;
import dev.waxwing.recovery.store.StoreOptions;
import dev.waxwing.run.Execution;
import dev.waxwing.run.Execution.Counters;
import dev.waxwing.run.check.StepChecks;
import dev.waxwing.step.DataflowException;
import dev.waxwing.step.DeliveryException;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An execution on threads: one attempt after the other until one ends well or no restart is left.
 */
final class EmbeddedExecution implements Execution {

    private static final long DEFAULT_EPOCH_MILLIS = 1_000;

    /** Items of a batch between workers. */
    static final int BATCH_ITEMS = 512;

    /** Told if there is no memory to make what should be. */
    private final DataflowException spare;

    /** What is longer is as good as for ever, and can be told in nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** How often it is looked for calls that do not return. */
    private static final long LOOK_MILLIS = 5_000;

    /** How long threads have to end what they are at after an abort. */
    private static final Duration ABORTED = Duration.ofSeconds(3);

    private final Plan plan;
    private final EmbeddedOptions options;
    private final StoreOpener stores;
    private final int batchItems;
    private final Supplier<Patience> patiences;
    private final Meters meters;
    private final Clock clock;
    private final Thread thread;
    private final Watch watch = new Watch();
    private final Thread watching;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Object lock = new Object();
    private volatile Execution.Status status = Execution.Status.STARTING;
    private volatile @Nullable Attempt attempt;
    private Patience patience = new Patience();
    private volatile @Nullable DataflowException failure;
    private volatile @Nullable DataflowException closingFailure;
    private @Nullable Long stopDeadlineMillis;
    private long stopDeadlineNanos;
    private boolean abortAsked;
    private long replayFrom;
    private boolean takeOver;
    private long lastEpoch;
    private int restarts;

    // of the last attempt
    private boolean opened;
    private boolean progressed;
    private boolean leftThreads;

    /**
     * @param batchItems how many items go from worker to worker together, 1 or more
     */
    EmbeddedExecution(Plan plan, EmbeddedOptions options, StoreOpener stores, int batchItems) {
        this(plan, options, stores, batchItems, Patience::new, Clock.system());
    }

    /**
     * @param patiences how long the end of each attempt waits for threads
     */
    EmbeddedExecution(
            Plan plan,
            EmbeddedOptions options,
            StoreOpener stores,
            int batchItems,
            Supplier<Patience> patiences,
            Clock clock) {
        this.clock = clock;
        this.plan = plan;
        this.patiences = patiences;
        this.options = options;
        this.stores = stores;
        this.batchItems = batchItems;
        this.meters = new Meters(plan);
        this.spare =
                new DataflowException(
                        null,
                        "dataflow '"
                                + plan.dataflowName()
                                + "' failed, and there was not enough memory left to tell more;"
                                + " give the process more",
                        null);
        this.thread = new Thread(this::runAttempts, "waxwing " + plan.dataflowName());
        this.thread.setDaemon(false);
        this.watching = new Thread(this::watch, "waxwing " + plan.dataflowName() + " watch");
        this.watching.setDaemon(true);
        RecoveryOptions recovery = options.recovery();
        this.replayFrom = recovery == null ? 0 : recovery.resume().replayFrom();
        this.takeOver = recovery != null && recovery.resume().takeOver();
    }

    void start() {
        thread.start();
        watching.start();
    }

    /** Its threads, and what they are at. */
    Watch threads() {
        return watch;
    }

    private void watch() {
        try {
            while (!ended.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                watch.look(System.nanoTime());
            }
        } catch (InterruptedException byNobody) {
            /* The thread is ours. */
        }
    }

    @Override
    public Execution.Status status() {
        return status;
    }

    @Override
    public Counters counters() {
        return meters.read();
    }

    @Override
    public void await() throws InterruptedException {
        checkElsewhere("await");
        ended.await();
        throwFailure();
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        checkElsewhere("await");
        if (!ended.await(bounded(timeout).toNanos(), TimeUnit.NANOSECONDS)) {
            return false;
        }
        throwFailure();
        return true;
    }

    @Override
    public void stop(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException(
                    "timeout must be zero or longer, but was " + timeout);
        }
        synchronized (lock) {
            long deadline = clock.steadyMillisIn(bounded(timeout));
            long deadlineNanos = System.nanoTime() + bounded(timeout).toNanos();
            if (stopDeadlineMillis == null || deadlineNanos - stopDeadlineNanos < 0) {
                stopDeadlineNanos = deadlineNanos;
            }
            stopDeadlineMillis =
                    stopDeadlineMillis == null
                            ? (Long) deadline
                            : (Long) Math.min(stopDeadlineMillis, deadline);
            if (!status.isFinal()) {
                status = Execution.Status.STOPPING;
            }
            passOnWishes();
        }
    }

    @Override
    public Optional<DataflowException> closingFailure() {
        return Optional.ofNullable(closingFailure);
    }

    @Override
    public void abort() {
        synchronized (lock) {
            abortAsked = true;
            passOnWishes();
        }
    }

    @Override
    public void close() {
        checkElsewhere("close");
        stop(Duration.ofSeconds(30));
        boolean interrupted = false;
        while (true) {
            try {
                ended.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void checkElsewhere(String method) {
        if (watch.isOwn()) {
            throw new IllegalStateException(
                    "dataflow '"
                            + plan.dataflowName()
                            + "': "
                            + method
                            + " was called by code of one of its own steps, on thread '"
                            + Thread.currentThread().getName()
                            + "', and would wait for itself; call stop(Duration) or abort(), which"
                            + " return at once, and wait on another thread");
        }
    }

    private void passOnWishes() {
        Attempt current = attempt;
        if (stopDeadlineMillis != null) {
            patience.endBy(stopDeadlineNanos + ABORTED.toNanos());
        }
        if (abortAsked) {
            patience.endBy(System.nanoTime() + ABORTED.toNanos());
        }
        if (current != null && stopDeadlineMillis != null) {
            current.coordinator().stop(stopDeadlineMillis);
        }
        if (current != null && abortAsked) {
            current.coordinator().abort();
        }
        lock.notifyAll();
    }

    private void runAttempts() {
        watch.enter(stack -> null);
        while (true) {
            try {
                finish(statusOf(runOnce()));
                return;
            } catch (Throwable thrown) {
                if (!startsAgain(thrown)) {
                    failure = asFailure(thrown);
                    finish(Execution.Status.FAILED);
                    return;
                }
            }
        }
    }

    /* Returns when it is time to; what is thrown on the way must not hide what failed. */
    private boolean startsAgain(Throwable thrown) {
        try {
            restarts = progressed ? 1 : restarts + 1;
            return restarts <= options.restarts().restartsMax()
                    && !isEndAsked()
                    && !leftThreads
                    && mayPass(thrown)
                    && waitToRestart(restarts, thrown);
        } catch (Throwable next) {
            return false;
        }
    }

    private boolean mayPass(Throwable thrown) {
        return LastingErrors.find(thrown) == null
                && !(thrown instanceof DeliveryException)
                && !(thrown instanceof RecoveryException store && store.isTakenOver())
                && (opened || StartFailures.mayPass(thrown));
    }

    /* Returns false if a stop or an abort was asked for meanwhile. */
    private boolean waitToRestart(int restart, Throwable thrown) {
        Duration wait = bounded(options.restarts().backOff().waitAfter(restart));
        warn(" failed and starts again in " + wait.toMillis() + " ms: ", thrown);
        long until = System.nanoTime() + wait.toNanos();
        synchronized (lock) {
            status = isEndAsked() ? Execution.Status.STOPPING : Execution.Status.RESTARTING;
            long left;
            while ((left = until - System.nanoTime()) > 0 && !isEndAsked()) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(lock, left);
                } catch (InterruptedException meantForWhatHasFailed) {
                    /* The thread is ours: nobody but users' code, which has left it, interrupts it. */
                }
            }
            return !isEndAsked();
        }
    }

    private boolean isEndAsked() {
        return abortAsked || stopDeadlineMillis != null;
    }

    private Coordinator.Ending runOnce() throws Throwable {
        opened = false;
        progressed = false;
        leftThreads = false;
        synchronized (lock) {
            patience = patiences.get();
            passOnWishes();
        }
        RecoveryOptions recovery = options.recovery();
        if (recovery == null) {
            return run(
                    () -> Preparation.withoutRecovery(plan, shape(DEFAULT_EPOCH_MILLIS), lastEpoch),
                    DEFAULT_EPOCH_MILLIS);
        }
        StoreOptions storeOptions =
                StoreOptions.defaults()
                        .withRetention(recovery.retention())
                        .withWorkers(options.workers())
                        .withFormerName(plan.formerDataflowName())
                        .withAccess(recovery.access());
        long epochMillis = bounded(recovery.epochInterval()).toMillis();
        if (takeOver) {
            storeOptions = storeOptions.withTakeOver();
        }
        RecoveryStore store = stores.open(recovery.store(), plan.dataflowName(), storeOptions);
        takeOver = false;
        try {
            long from = replayFrom;
            return run(
                    () ->
                            Preparation.resuming(
                                    plan,
                                    shape(epochMillis),
                                    store,
                                    recovery.classes(),
                                    recovery.migrations(),
                                    new Preparation.Start(
                                            from,
                                            recovery.resume().changedParts(),
                                            recovery.resume().adopt(),
                                            recovery.resume().dropped())),
                    epochMillis);
        } catch (Throwable thrown) {
            throw explained(store, thrown);
        } finally {
            close(store);
        }
    }

    /* Whatever an execution meets that was taken over, such as outboxes that are gone, that is why. */
    private static Throwable explained(RecoveryStore store, Throwable thrown) {
        if (thrown instanceof RecoveryException known && known.isTakenOver()) {
            return known;
        }
        try {
            store.checkNotTakenOver();
        } catch (RecoveryException taken) {
            if (taken.isTakenOver()) {
                taken.addSuppressed(thrown);
                return taken;
            }
        } catch (Throwable notKnown) {
            return thrown;
        }
        return thrown;
    }

    private Shape shape(long epochMillis) {
        return new Shape(
                options.workers(),
                epochMillis == 0,
                new Channels(options.channelBatches(), batchItems, Pace.of(epochMillis)),
                new Shape.Chains(
                        Shape.Stages.AS_NEEDED,
                        true,
                        options.items() == EmbeddedOptions.Items.CHECKED),
                Owners.BY_HASH,
                Openings.sleeping(watch::at));
    }

    private Coordinator.Ending run(Supplier<Preparation> preparing, long epochMillis)
            throws Throwable {
        Attempt current = made(preparing, epochMillis);
        if (current == null) {
            return Coordinator.Ending.ABORTED;
        }
        replayFrom = 0;
        meters.begin(current, current.resumeEpoch());
        synchronized (lock) {
            attempt = current;
            status = isEndAsked() ? Execution.Status.STOPPING : Execution.Status.RUNNING;
            passOnWishes();
        }
        try {
            Coordinator.Ending ending = current.run();
            Throwable late = current.lateFailure();
            if (late != null) {
                couldNotClose(late);
            }
            return ending;
        } finally {
            ended(current);
        }
    }

    /* Returns null if the end had to come before. */
    private @Nullable Attempt made(Supplier<Preparation> preparing, long epochMillis)
            throws Throwable {
        Patience waits = patience;
        StartThread start =
                new StartThread(
                        plan.dataflowName(),
                        watch,
                        () -> new Attempt(preparing.get(), epochMillis, clock, waits, watch));
        try {
            return start.await(waits, this::isEndDue);
        } finally {
            leftThreads = waits.hasLeftAny();
        }
    }

    private boolean isEndDue() {
        synchronized (lock) {
            return abortAsked
                    || (stopDeadlineMillis != null && System.nanoTime() - stopDeadlineNanos >= 0);
        }
    }

    /* Lets go of the attempt with all its state: what comes now may need the memory. */
    private void ended(Attempt current) {
        lastEpoch = current.coordinator().decidedEpoch();
        opened = current.hasOpened();
        progressed = current.hasProgressed();
        leftThreads = patience.hasLeftAny();
        synchronized (lock) {
            attempt = null;
        }
        meters.end();
    }

    private void close(RecoveryStore store) {
        try {
            store.close();
        } catch (Throwable thrown) {
            couldNotClose(thrown);
        }
    }

    private void couldNotClose(Throwable thrown) {
        warn(": nothing is lost, but something could not be closed: ", thrown);
        DataflowException first = closingFailure;
        if (first == null) {
            closingFailure = asFailure(thrown);
            return;
        }
        try {
            first.addSuppressed(thrown);
        } catch (Throwable noRoom) {
            /* The first is the one that counts. */
        }
    }

    /* A logger starts the JVM's logging: asked for when there is something to say, not at every start. */
    private void warn(String what, Throwable thrown) {
        try {
            System.getLogger(EmbeddedExecution.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "dataflow '"
                                    + plan.dataflowName()
                                    + "'"
                                    + what
                                    + (thrown instanceof DataflowException
                                            ? thrown.getMessage()
                                            : StepChecks.told(thrown)),
                            isPrintable(thrown) ? thrown : null);
        } catch (Throwable notLogged) {
            /* Nobody is there to be told; what goes on must go on. */
        }
    }

    /* What printing it throws would be all that a log has of it. */
    private static boolean isPrintable(Throwable thrown) {
        try {
            thrown.printStackTrace(new PrintWriter(Writer.nullWriter()));
            return true;
        } catch (Throwable notPrinted) {
            return false;
        }
    }

    private static Execution.Status statusOf(Coordinator.Ending ending) {
        return switch (ending) {
            case COMPLETED -> Execution.Status.COMPLETED;
            case STOPPED -> Execution.Status.STOPPED;
            case ABORTED -> Execution.Status.ABORTED;
        };
    }

    private static Duration bounded(Duration duration) {
        return duration.compareTo(LONGEST) < 0 ? duration : LONGEST;
    }

    private DataflowException asFailure(Throwable thrown) {
        if (thrown instanceof DataflowException known) {
            return known;
        }
        try {
            return new DataflowException(
                    null,
                    "dataflow '" + plan.dataflowName() + "' failed: " + StepChecks.told(thrown),
                    thrown);
        } catch (Throwable noRoom) {
            if (spare.getCause() == null) {
                spare.initCause(thrown);
            }
            return spare;
        }
    }

    private void finish(Execution.Status last) {
        synchronized (lock) {
            status = last;
        }
        ended.countDown();
    }

    private void throwFailure() {
        DataflowException thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
    }

    /** How the recovery store at a location is opened. */
    @FunctionalInterface
    interface StoreOpener {
        RecoveryStore open(StoreLocation location, String dataflowName, StoreOptions options);
    }
}
