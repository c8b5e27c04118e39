package dev.waxwing.testing;

import dev.waxwing.plan.Plan;
import org.jspecify.annotations.Nullable;

/**
 * Runs a plan on the calling thread: slow, short, and obviously right. It is the meaning that other
 * runners are compared with, and what users test with.
 *
 * <p>There is one worker. A source batch is pushed through the whole dataflow before the next is
 * read, the partitions of all sources taking turns. Time stands still while there is something to
 * do, and jumps to when the next partition or logic wants to be called when there is not.
 */
public final class ReferenceRunner {

    private ReferenceRunner() {}

    /** Runs a plan until all input has ended, without recovery. */
    public static void run(Plan plan) {
        new ReferenceExecution(plan, null, ReferenceOptions.defaults()).run();
    }

    /**
     * Runs a plan until all input has ended.
     *
     * @param store what an earlier execution left, to go on from; null for no recovery
     * @throws dev.waxwing.step.StepFailedException if code of a step threw; the open epoch is lost
     * @throws CrashException if a {@link TestSource} came to a crash; the open epoch is lost
     */
    public static void run(Plan plan, @Nullable ReferenceStore store, ReferenceOptions options) {
        new ReferenceExecution(plan, store, options).run();
    }
}
