package dev.waxwing.testing;

import dev.waxwing.Dataflow;
import dev.waxwing.plan.Plan;

/**
 * A run of a dataflow in a test, on the reference runner: crashes of a {@link TestSource} are
 * survived by resuming from the last epoch until all input has ended. Immutable.
 */
public final class TestRun {

    private static final int CRASHES_MAX = 10_000;

    private final Plan plan;
    private final ReferenceStore store;
    private final ReferenceOptions options;

    private TestRun(Plan plan, ReferenceStore store, ReferenceOptions options) {
        this.plan = plan;
        this.store = store;
        this.options = options;
    }

    /** All input is one epoch, so that a crash repeats everything; with a store of its own. */
    public static TestRun of(Dataflow flow) {
        return of(flow.plan());
    }

    public static TestRun of(Plan plan) {
        return new TestRun(plan, new ReferenceStore(), ReferenceOptions.defaults());
    }

    /** Every source batch is an epoch, so that a crash repeats nothing. */
    public TestRun withEpochAfterEachBatch() {
        return withEpochEvery(1);
    }

    public TestRun withEpochEvery(int batches) {
        return new TestRun(plan, store, options.withEpochEvery(batches));
    }

    /** With this clock, which the run moves on when there is nothing else to do. */
    public TestRun withClock(ManualClock clock) {
        return new TestRun(plan, store, options.withClock(clock));
    }

    /** Goes on from what is in this store. */
    public TestRun withStore(ReferenceStore wanted) {
        return new TestRun(plan, wanted, options);
    }

    /**
     * Runs until all input has ended; called again, goes on from there.
     *
     * @throws dev.waxwing.step.StepFailedException if code of a step threw
     */
    public void run() {
        for (int crashes = 0; crashes <= CRASHES_MAX; crashes++) {
            try {
                ReferenceRunner.run(plan, store, options);
                return;
            } catch (CrashException e) {
                /* That is what the test asked for; a crash fires once, so this comes to an end. */
            }
        }
        throw new IllegalStateException("the run crashed more than " + CRASHES_MAX + " times");
    }
}
