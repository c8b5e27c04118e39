package dev.waxwing.engine.delivery;

import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.engine.channel.Signal;
import dev.waxwing.run.check.StepChecks;
import dev.waxwing.sink.FencedException;
import dev.waxwing.sink.Outcome;
import dev.waxwing.step.BackOff;
import dev.waxwing.step.DataflowException;
import dev.waxwing.step.FailurePolicy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Lets sinks commit what is decided: epochs in order per partition, each until the target has it.
 *
 * <p>Confined to the driver of the coordinator, but for what comes back from the lanes.
 */
public final class Delivery {

    /** How many epochs may be decided and not done; sources pause when there are so many. */
    private static final int EPOCHS_MAX = 4;

    /** When a partition has failed, for how long others may end what they are at. */
    private static final long COMPANY_MILLIS = 5_000;

    /**
     * For a step whose policy does not ask for more attempts. The waits are random, two minutes in
     * all on the average, so that a target that is gone for a minute is waited for.
     */
    private static final FailurePolicy DEFAULT =
            FailurePolicy.retry(24).withBackOff(Duration.ofMillis(100), Duration.ofSeconds(15));

    /**
     * From which failed attempt on the log tells of it, and again whenever their number doubles.
     */
    private static final int WARNED_FROM = 4;

    private final Signal self;
    private final Map<DeliveryPart, Line> lines = new LinkedHashMap<>();
    private final UndoneEpochs undone = new UndoneEpochs();
    private final List<Committed> finished = new ArrayList<>();
    private final Queue<Result> results = new ConcurrentLinkedQueue<>();
    private final Map<DeliveryPart, DataflowException> failures = new LinkedHashMap<>();
    private long failingUntilMillis;

    /**
     * @param lanes where partitions are used
     * @param self wakes the driver
     * @param parts all partitions of epoch sinks, with what they have to commit
     * @param doneEpoch the newest done epoch
     */
    public Delivery(Lanes lanes, Signal self, Collection<DeliveryPart> parts, long doneEpoch) {
        this.self = self;
        try {
            parts.forEach(part -> open(part, lanes, doneEpoch));
        } catch (Throwable thrown) {
            closeAfter(thrown);
            throw thrown;
        }
    }

    private void open(DeliveryPart part, Lanes lanes, long doneEpoch) {
        String stepId = part.step().userStep();
        part.attach(lanes.open("waxwing sink " + stepId + " " + part.name(), stepId));
        lines.put(part, new Line(Committer.of(part)));
        for (Prepared work : part.resumed()) {
            if (work.epoch() > doneEpoch) {
                add(new Decided(work, work.epoch() <= part.heldEpoch()));
            } else {
                part.settled(new Committed(work));
            }
        }
    }

    private void closeAfter(Throwable thrown) {
        try {
            close();
        } catch (Throwable notClosed) {
            thrown.addSuppressed(notClosed);
        }
    }

    /** Whether all that is decided is done. */
    public boolean isEmpty() {
        return undone.isEmpty();
    }

    /** Whether there are as many epochs as there may be. */
    public boolean isFull() {
        return undone.size() >= EPOCHS_MAX;
    }

    /** Whether something cannot be committed, and what is under way is waited for. */
    public boolean isFailing() {
        return !failures.isEmpty();
    }

    /** An epoch is decided: commits what is prepared, deletes what the store refers to no more. */
    public void decided(long epoch, List<Work.Reported> works) {
        undone.add(epoch);
        for (Work.Reported work : works) {
            if (work instanceof Prepared prepared) {
                add(new Decided(prepared, false));
            } else {
                Done done = (Done) work;
                delete(done.part(), done.segments());
            }
        }
    }

    /**
     * Deals with what has come back and starts what is due.
     *
     * @throws DataflowException if something cannot be committed; it names all partitions of which
     *     that is known when the attempts that were under way have come back
     */
    public void step(long nowMillis) {
        Result result;
        while ((result = results.poll()) != null) {
            settle(result, nowMillis);
        }
        if (isFailing()) {
            boolean alone = lines.values().stream().noneMatch(line -> line.busy);
            if (alone || nowMillis >= failingUntilMillis) {
                throw CommitFailures.together(failures.values());
            }
            return;
        }
        for (Line line : lines.values()) {
            if (line.isWaiting() && nowMillis >= line.retryMillis) {
                Decided work = line.begin();
                work.part().lane().run(() -> attempt(line, work));
            }
        }
    }

    /** When there is something to start without a signal, in steady milliseconds. */
    public long dueMillis() {
        if (isFailing()) {
            return failingUntilMillis;
        }
        long due = Long.MAX_VALUE;
        for (Line line : lines.values()) {
            if (line.isWaiting()) {
                due = Math.min(due, line.retryMillis);
            }
        }
        return due;
    }

    /** The oldest epoch that is decided and not done. */
    public long firstUndone() {
        return undone.first();
    }

    /** Takes the epochs of which all is committed, the oldest first; returns the newest, or 0. */
    public long takeDone() {
        return undone.takeDone(finished);
    }

    /**
     * The store knows what is done: deletes its outboxes, but for what is yet to be dead letters.
     */
    public void clean() {
        for (Committed work : finished) {
            if (!work.hasRejected()) {
                delete(work.part(), work.segments());
            }
        }
        finished.clear();
    }

    private static void delete(DeliveryPart part, List<String> segments) {
        segments.forEach(name -> part.segments().delete(name));
    }

    /**
     * Closes all partitions.
     *
     * @throws dev.waxwing.step.StepFailedException if one could not be closed, when all others are
     */
    public void close() {
        close(part -> part.partition().close());
    }

    /**
     * Gives back what was claimed, and closes all partitions: the execution has ended before it
     * began.
     *
     * @return whether nothing is left of any claim
     * @throws dev.waxwing.step.StepFailedException as {@link #close}
     */
    public boolean giveBack() {
        AtomicBoolean all = new AtomicBoolean(true);
        close(
                part -> {
                    try {
                        if (!part.giveBack()) {
                            all.set(false);
                        }
                    } finally {
                        part.partition().close();
                    }
                });
        return all.get();
    }

    private void close(Closing closing) {
        RuntimeException first = null;
        for (DeliveryPart part : lines.keySet()) {
            try {
                part.lane().close(() -> closing.close(part), () -> unblock(part.partition()));
            } catch (Throwable thrown) {
                RuntimeException failed =
                        new StepChecks(part.step())
                                .threw("close of partition '" + part.name() + "'", thrown);
                if (first == null) {
                    first = failed;
                } else {
                    first.addSuppressed(failed);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private static void unblock(Object partition) {
        if (partition instanceof BlockingPartition blocking) {
            blocking.unblock();
        }
    }

    private void add(Decided work) {
        undone.addWork(work.epoch());
        Objects.requireNonNull(lines.get(work.part())).queue.add(work);
    }

    /* On the lane. */
    private void attempt(Line line, Decided work) {
        Outcome outcome = null;
        Throwable failure = null;
        try {
            if (!work.isThere()) {
                work.part().keepClaim();
            }
            outcome =
                    work.isThere()
                            ? Outcome.alreadyCommitted()
                            : Objects.requireNonNull(
                                    line.committer.attempt(work), "the outcome is null");
        } catch (Throwable thrown) {
            failure = thrown;
        }
        results.add(new Result(line, work, outcome, failure));
        self.wake();
    }

    private void settle(Result result, long nowMillis) {
        Line line = result.line;
        Decided work = result.work;
        line.busy = false;
        if (result.failure != null) {
            failed(line, work, result.failure, nowMillis);
        } else if (result.outcome instanceof Outcome.Lost lost) {
            stop(work, CommitFailures.lost(work, lost), nowMillis);
        } else if (result.outcome instanceof Outcome.Retry retry) {
            again(line, work, retry.after(), CommitFailures.asked(work, retry), nowMillis);
        } else {
            Committed committed = work.committed();
            line.settled();
            undone.committed(committed);
            work.part().settled(committed);
        }
    }

    private void failed(Line line, Decided work, Throwable thrown, long nowMillis) {
        if (thrown instanceof DataflowException known && isOf(work, known)) {
            stop(work, known, nowMillis);
        } else if (thrown instanceof FencedException) {
            stop(work, CommitFailures.fenced(work, thrown), nowMillis);
        } else if (policy(work.part()).appliesTo(thrown)) {
            again(line, work, Duration.ZERO, CommitFailures.threw(work, thrown), nowMillis);
        } else {
            stop(work, CommitFailures.threw(work, thrown), nowMillis);
        }
    }

    /* A target may throw one of another step, which is no news of that step. */
    private static boolean isOf(Decided work, DataflowException known) {
        String of = known.stepId();
        return of == null || of.equals(work.part().step().userStep());
    }

    /* What has come further since the last attempt begins to count anew. */
    private void again(
            Line line, Decided work, Duration least, DataflowException failure, long nowMillis) {
        if (work.progress() > line.progress) {
            line.settled();
            line.progress = work.progress();
        }
        line.attempts++;
        line.failure = failure;
        if (line.attempts >= policy(work.part()).attemptsMax()) {
            stop(work, failure, nowMillis);
            return;
        }
        line.queue.addFirst(work);
        line.retryMillis =
                Math.max(
                        BackOff.of(least, least).endMillis(1, nowMillis),
                        retryMillis(work, line.attempts, nowMillis));
        if (line.attempts >= WARNED_FROM && Integer.bitCount(line.attempts) == 1) {
            warn(line, work, failure);
        }
    }

    /* Nothing else tells what a dataflow waits for meanwhile. */
    private static void warn(Line line, Decided work, DataflowException failure) {
        System.getLogger(Delivery.class.getName())
                .log(
                        System.Logger.Level.WARNING,
                        failure.getMessage()
                                + "; this was attempt "
                                + line.attempts
                                + " of "
                                + policy(work.part()).attemptsMax()
                                + ", and the next one follows");
    }

    /* Those whose last attempt has failed are told together, the one that can go on no more first. */
    private void stop(Decided work, DataflowException failure, long nowMillis) {
        if (failures.isEmpty()) {
            failingUntilMillis = nowMillis + COMPANY_MILLIS;
        }
        failures.put(work.part(), failure);
        lines.forEach(
                (part, line) -> {
                    if (line.failure != null) {
                        failures.putIfAbsent(part, line.failure);
                    }
                });
    }

    private static FailurePolicy policy(DeliveryPart part) {
        FailurePolicy policy = part.step().policy();
        return policy == null || policy.attemptsMax() == 1 ? DEFAULT : policy;
    }

    private static long retryMillis(Decided work, int attempt, long nowMillis) {
        int seed =
                Objects.hash(
                        work.part().owner().token(), work.part().name(), work.epoch(), attempt);
        return Waits.endMillis(policy(work.part()).backOff(), attempt, seed, nowMillis);
    }

    /** What waits for a partition. */
    private static final class Line {

        private final Committer committer;
        private final Deque<Decided> queue = new ArrayDeque<>();

        /** Whether the first work is on the lane. */
        private boolean busy;

        private int attempts;
        private long progress;
        private long retryMillis = Long.MIN_VALUE;

        /** Of the last attempt, if another is to be made. */
        private @Nullable DataflowException failure;

        Line(Committer committer) {
            this.committer = committer;
        }

        /** Whether an attempt may be made when its time has come. */
        boolean isWaiting() {
            return !busy && !queue.isEmpty();
        }

        /** Hands out the first work: it is the lane's until its result comes back. */
        Decided begin() {
            busy = true;
            return queue.remove();
        }

        void settled() {
            attempts = 0;
            progress = 0;
            retryMillis = Long.MIN_VALUE;
            failure = null;
        }
    }

    private interface Closing {
        void close(DeliveryPart part) throws Exception;
    }

    private record Result(
            Line line, Decided work, @Nullable Outcome outcome, @Nullable Throwable failure) {}
}
