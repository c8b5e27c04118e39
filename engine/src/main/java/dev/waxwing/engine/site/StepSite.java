package dev.waxwing.engine.site;

import dev.waxwing.kernel.StepContext;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.run.check.StepChecks;
import dev.waxwing.step.DataflowException;
import dev.waxwing.step.StepFailedException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A step on a worker: what its links share. Confined to the worker but for {@link #userCounts},
 * which others read when the worker rests.
 */
public final class StepSite implements StepContext {

    private final CoreStep step;
    private final WorkerSite worker;
    private final StageSite stage;
    private final StepChecks checks;
    private final StepCounts counts = new StepCounts();
    private final LongSupplier[] outputs;
    private LongSupplier input;
    private final Map<String, Long> userCounts = new HashMap<>();

    /** What is thrown if there is no memory or stack to make what should be. */
    private final StepFailedException spare;

    public StepSite(CoreStep step, WorkerSite worker, StageSite stage) {
        this.step = step;
        this.worker = worker;
        this.stage = stage;
        this.outputs = new LongSupplier[step.outputCount()];
        Arrays.fill(outputs, (LongSupplier) () -> 0);
        this.input = () -> counts.received;
        if (step.source() != null) {
            outputs[0] = () -> counts.emitted - counts.failed;
        } else if (step.emitsOneForEach()) {
            outputs[0] = () -> input() - counts.failed;
        }
        this.checks = new StepChecks(step);
        this.spare =
                checks.failed(
                        "its code failed, and there was not enough memory or stack left to tell"
                                + " more; give the process more, or let the step keep less",
                        null);
    }

    public CoreStep step() {
        return step;
    }

    public WorkerSite worker() {
        return worker;
    }

    public StageSite stage() {
        return stage;
    }

    public StepCounts counts() {
        return counts;
    }

    /** Tells who counts the items that come in, if not the step itself; when the worker is made. */
    public void countInput(LongSupplier items) {
        input = items;
    }

    /** Items that came in; may lag on other threads. */
    public long input() {
        return input.getAsLong();
    }

    /** Whether the step itself knows what leaves it by an output, so that no taker has to count. */
    public boolean countsOutput(int port) {
        return port == 0 && (step.source() != null || step.emitsOneForEach());
    }

    /** Tells where items of an output are counted; when the worker is made. */
    public void countOutput(int port, LongSupplier items) {
        outputs[port] = items;
    }

    /** Items that went out by an output; may lag on other threads. */
    public long output(int port) {
        return outputs[port].getAsLong();
    }

    @Override
    public String stepId() {
        return step.userStep();
    }

    @Override
    public int workerIndex() {
        return worker.index();
    }

    @Override
    public int workerCount() {
        return worker.count();
    }

    @Override
    public long epoch() {
        return stage.epoch();
    }

    @Override
    public Instant now() {
        return Instant.ofEpochMilli(worker.nowMillis());
    }

    @Override
    public long nowMillis() {
        return worker.nowMillis();
    }

    /** The time for which the dataflow has been running, over all executions. */
    public long runningMillis() {
        return worker.runningMillis();
    }

    /** The time by which all waits and time-outs go. */
    public long steadyMillis() {
        return worker.steadyMillis();
    }

    /** When to look again for what is due at {@code millis} since 1970; in steady milliseconds. */
    public long dueMillis(long millis) {
        long now = worker.nowMillis();
        if (millis <= now) {
            return Long.MIN_VALUE;
        }
        long wait = millis - now;
        long due = worker.steadyMillis() + wait;
        return wait < 0 || due < 0 ? Long.MAX_VALUE : due;
    }

    @Override
    public void count(String counterName, long amount) {
        synchronized (userCounts) {
            userCounts.merge(counterName, amount, Long::sum);
        }
    }

    /** A copy of the user's counters. */
    public Map<String, Long> userCounts() {
        synchronized (userCounts) {
            return Map.copyOf(userCounts);
        }
    }

    /** Makes a call by which the step gets hold of something outside, as {@link Openings} do. */
    public <R> R opened(String what, Openings.Call<R> call) throws Exception {
        StepSite before = worker.calls(this);
        R made = worker.openings().make(step, what, call);
        worker.calls(before);
        return made;
    }

    /** The source of messages about the step's failures. */
    public StepChecks checks() {
        return checks;
    }

    /** Tells of a late value that nobody takes. */
    public void warnOfLate(Object value) {
        checks.warnOfLate(value);
    }

    /** What is told when something of the step could not be closed; it is not the worker's end. */
    public StepFailedException closingFailed(String what, Throwable thrown) {
        try {
            return checks.threw(what, thrown);
        } catch (Throwable noRoom) {
            return spare(thrown);
        }
    }

    /** What is thrown, and recorded in the worker, when code of the step threw. */
    public DataflowException failed(String what, @Nullable Object key, Throwable thrown) {
        DataflowException known = known(thrown);
        if (known != null) {
            return record(known);
        }
        StepFailedException told;
        try {
            told = key == null ? checks.threw(what, thrown) : checks.threw(what, key, thrown);
        } catch (Throwable noRoom) {
            told = spare(thrown);
        }
        return record(explained(told, thrown));
    }

    /* What one step leaves of an interrupt is thrown by the next that waits. */
    private StepFailedException explained(StepFailedException told, Throwable thrown) {
        boolean interrupted =
                thrown instanceof InterruptedException
                        || thrown instanceof InterruptedIOException
                        || thrown instanceof ClosedByInterruptException;
        if (!interrupted || worker.isToLeave()) {
            return told;
        }
        return new StepFailedException(
                stepId(),
                told.getMessage()
                        + "; nobody has asked the execution to end, so the interrupt was left by"
                        + " this step or by one before it on the same worker, which has set its"
                        + " thread's interrupt flag",
                thrown);
    }

    /**
     * What is thrown, and recorded, when what the step emitted was not taken: no code of its own
     * keeps it a secret.
     */
    public DataflowException notTaken(Throwable thrown) {
        return failed("passing an item on", null, thrown);
    }

    /**
     * What was thrown, if it has been told already: of a step behind, or of this one. Whatever else
     * is thrown is of this step's code, even if it looks as if somebody else had told it.
     */
    private @Nullable DataflowException known(Throwable thrown) {
        if (thrown == worker.failure()) {
            return worker.failure();
        }
        return thrown instanceof StepFailedException known && stepId().equals(known.stepId())
                ? known
                : null;
    }

    private StepFailedException spare(Throwable thrown) {
        synchronized (spare) {
            if (spare.getCause() == null) {
                spare.initCause(thrown);
            }
        }
        return spare;
    }

    /** As {@link #failed(String, Object, Throwable)}, when the code was called for an item. */
    public DataflowException failedFor(
            String what, @Nullable Object key, Object item, Throwable thrown) {
        if (known(thrown) != null) {
            return failed(what, key, thrown);
        }
        counts.failed++;
        StepFailedException told;
        try {
            told = checks.threwFor(what, key, item, thrown);
        } catch (Throwable noRoom) {
            told = spare(thrown);
        }
        return record(explained(told, thrown));
    }

    /** As {@link #failedFor}, for an item that a chain's link remembers. */
    public DataflowException failedFor(
            String what,
            @Nullable Object key,
            CalledFor item,
            long bits,
            Object rest,
            Throwable thrown) {
        Object boxed;
        try {
            boxed = item.from(bits, rest);
        } catch (Throwable noRoom) {
            return failed(what, key, thrown);
        }
        return failedFor(what, key, boxed, thrown);
    }

    /**
     * As {@link #failed(String, Object, Throwable)}, but not recorded; may be called on any thread.
     */
    public StepFailedException failure(String what, Throwable thrown) {
        return new StepChecks(step).threw(what, thrown);
    }

    /** What is thrown, and recorded, when a key could not be told from others. */
    public DataflowException keyFailed(Object key, Throwable thrown) {
        return failed("hashCode, equals or compareTo", key, thrown);
    }

    /** As {@link #keyFailed(Object, Throwable)}, for a key that a chain's link remembers. */
    public DataflowException keyFailed(CalledFor key, long bits, Object rest, Throwable thrown) {
        Object boxed;
        try {
            boxed = key.from(bits, rest);
        } catch (Throwable noRoom) {
            return failed("hashCode, equals or compareTo", null, thrown);
        }
        return keyFailed(boxed, thrown);
    }

    /** What is thrown, and recorded, when a call for an item took too long. */
    public StepFailedException timedOut(Duration timeout, Object item) {
        return record(checks.timedOut(timeout, item));
    }

    /** What is thrown, and recorded, when a function returned null for an item. */
    public StepFailedException nullFor(Object item, String what) {
        return record(checks.nullFor(item, what));
    }

    /** What is thrown, and recorded, when the step emitted null. */
    public StepFailedException nullItem() {
        counts.failed++;
        StepFailedException told;
        try {
            told = checks.nullItem();
        } catch (Throwable noRoom) {
            told = spare(noRoom);
        }
        return record(told);
    }

    /** As {@link #nullItem}, for a step whose policy decides what comes of it. */
    public StepFailedException unrecordedNullItem() {
        return checks.nullItem();
    }

    /** What is thrown, and recorded, when the step emitted a value under no key. */
    public StepFailedException nullKey(Object value) {
        counts.failed++;
        StepFailedException told;
        try {
            told = checks.nullKey(value);
        } catch (Throwable noRoom) {
            told = spare(noRoom);
        }
        return record(told);
    }

    /**
     * What is thrown, and recorded, when users' code emits where it may not: what it wanted to emit
     * is lost, whatever becomes of the exception. Thread-safe.
     */
    public DataflowException emittedOutOfTurn() {
        StepFailedException told = new StepChecks(step).emittedOutOfTurn(Thread.currentThread());
        worker.failLater(told);
        return told;
    }

    /** What is thrown when users' code asks for what its worker is at on another thread. */
    public DataflowException contextElsewhere() {
        return new StepChecks(step).contextElsewhere(Thread.currentThread());
    }

    /** What is thrown, and recorded, for anything else. */
    public StepFailedException failed(String message) {
        return record(checks.failed(message, null));
    }

    /** Checks a key that the step made for an item. */
    public Object key(@Nullable Object key, Object item) {
        try {
            return checks.key(key, item);
        } catch (Throwable thrown) {
            counts.failed++;
            throw failed("looking at the key", null, thrown);
        }
    }

    /** As {@link #key}, but what is wrong with the key is the item's fault and not recorded. */
    public Object checkedKey(@Nullable Object key, Object item) {
        return checks.key(key, item);
    }

    /** Records what stops the execution, so that no user's code upstream keeps it a secret. */
    public <F extends DataflowException> F record(F failure) {
        worker.fail(failure);
        return failure;
    }
}
