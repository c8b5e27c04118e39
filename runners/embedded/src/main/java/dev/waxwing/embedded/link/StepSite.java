package dev.waxwing.embedded.link;

import dev.waxwing.StepFailedException;
import dev.waxwing.kernel.StepContext;
import dev.waxwing.plan.CoreStep;
import dev.waxwing.run.StepChecks;
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
    private final Map<String, Long> userCounts = new HashMap<>();

    /** What is thrown if there is no memory or stack to make what should be. */
    private final StepFailedException spare;

    public StepSite(CoreStep step, WorkerSite worker, StageSite stage) {
        this.step = step;
        this.worker = worker;
        this.stage = stage;
        this.outputs = new LongSupplier[step.outputCount()];
        Arrays.fill(outputs, (LongSupplier) () -> 0);
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
    long runningMillis() {
        return worker.runningMillis();
    }

    /** The time by which all waits and time-outs go. */
    long steadyMillis() {
        return worker.steadyMillis();
    }

    /** When to look again for what is due at {@code millis} since 1970; in steady milliseconds. */
    long dueMillis(long millis) {
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

    /** The source of messages about the step's failures. */
    StepChecks checks() {
        return checks;
    }

    /** Tells of a late value that nobody takes. */
    void warnOfLate(Object value) {
        checks.warnOfLate(value);
    }

    /** What is told when something of the step could not be closed; it is not the worker's end. */
    StepFailedException closingFailed(String what, Throwable thrown) {
        try {
            return checks.threw(what, thrown);
        } catch (Throwable noRoom) {
            return spare(thrown);
        }
    }

    /** What is thrown, and recorded in the worker, when code of the step threw. */
    public StepFailedException failed(String what, @Nullable Object key, Throwable thrown) {
        if (thrown instanceof StepFailedException known) {
            return worker.failure() == known ? known : record(known);
        }
        StepFailedException told;
        try {
            told = key == null ? checks.threw(what, thrown) : checks.threw(what, key, thrown);
        } catch (Throwable noRoom) {
            told = spare(thrown);
        }
        return record(told);
    }

    /**
     * What is thrown, and recorded, when what the step emitted was not taken: no code of its own
     * keeps it a secret.
     */
    public StepFailedException notTaken(Throwable thrown) {
        return failed("passing an item on", null, thrown);
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
    StepFailedException failedFor(
            String what, @Nullable Object key, Object item, Throwable thrown) {
        if (thrown instanceof StepFailedException) {
            return failed(what, key, thrown);
        }
        StepFailedException told;
        try {
            told = checks.threwFor(what, key, item, thrown);
        } catch (Throwable noRoom) {
            told = spare(thrown);
        }
        return record(told);
    }

    /** As {@link #failedFor}, for an item that a chain's link remembers. */
    StepFailedException failedFor(
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
    StepFailedException keyFailed(Object key, Throwable thrown) {
        return failed("hashCode, equals or compareTo", key, thrown);
    }

    /** As {@link #keyFailed(Object, Throwable)}, for a key that a chain's link remembers. */
    StepFailedException keyFailed(CalledFor key, long bits, Object rest, Throwable thrown) {
        Object boxed;
        try {
            boxed = key.from(bits, rest);
        } catch (Throwable noRoom) {
            return failed("hashCode, equals or compareTo", null, thrown);
        }
        return keyFailed(boxed, thrown);
    }

    /** What is thrown, and recorded, when a call for an item took too long. */
    StepFailedException timedOut(Duration timeout, Object item) {
        return record(checks.timedOut(timeout, item));
    }

    /** What is thrown, and recorded, when a function returned null for an item. */
    StepFailedException nullFor(Object item, String what) {
        return record(checks.nullFor(item, what));
    }

    /** What is thrown, and recorded, when the step emitted null. */
    public StepFailedException nullItem() {
        StepFailedException told;
        try {
            told = checks.nullItem();
        } catch (Throwable noRoom) {
            told = spare(noRoom);
        }
        return record(told);
    }

    /** As {@link #nullItem}, for a step whose policy decides what comes of it. */
    StepFailedException unrecordedNullItem() {
        return checks.nullItem();
    }

    /** What is thrown, and recorded, when the step emitted a value under no key. */
    public StepFailedException nullKey(Object value) {
        StepFailedException told;
        try {
            told = checks.nullKey(value);
        } catch (Throwable noRoom) {
            told = spare(noRoom);
        }
        return record(told);
    }

    /** What is thrown, and recorded, for anything else. */
    public StepFailedException failed(String message) {
        return record(checks.failed(message, null));
    }

    /** Checks a key that the step made for an item. */
    Object key(@Nullable Object key, Object item) {
        try {
            return checks.key(key, item);
        } catch (Throwable thrown) {
            throw failed("looking at the key", null, thrown);
        }
    }

    /** As {@link #key}, but what is wrong with the key is the item's fault and not recorded. */
    public Object checkedKey(@Nullable Object key, Object item) {
        return checks.key(key, item);
    }

    private StepFailedException record(StepFailedException failure) {
        worker.fail(failure);
        return failure;
    }
}
