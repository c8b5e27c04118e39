package dev.waxwing.engine.site;

import dev.waxwing.engine.channel.Budget;
import dev.waxwing.engine.channel.Signal;
import dev.waxwing.engine.delivery.Lanes;
import dev.waxwing.engine.delivery.Work;
import dev.waxwing.step.DataflowException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A worker whose time a test makes. */
public final class HandWorker implements WorkerSite {

    public long now;
    public int index;
    public int count = 1;
    public long doneEpoch;

    /** Whether an epoch is to end before its time. */
    public boolean hurries;

    /** What sinks have to commit, and what they are done with. */
    public final List<Work.Reported> reported = new ArrayList<>();

    private @Nullable DataflowException failure;

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
        return now;
    }

    @Override
    public long runningMillis() {
        return steadyMillis();
    }

    @Override
    public long nowMillis() {
        return now;
    }

    @Override
    public void fail(DataflowException failed) {
        failure = failed;
    }

    @Override
    public void failLater(DataflowException failed) {
        fail(failed);
    }

    @Override
    public boolean isHere() {
        return true;
    }

    @Override
    public @Nullable DataflowException failure() {
        return failure;
    }

    @Override
    public @Nullable StepSite calls(@Nullable StepSite site) {
        return null;
    }

    @Override
    public boolean isToLeave() {
        return Thread.currentThread().isInterrupted();
    }

    @Override
    public void isForcing(@Nullable StepSite site) {}

    @Override
    public Budget newBudget() {
        return Budget.unlimited();
    }

    @Override
    public void touched() {}

    @Override
    public long settledEpoch() {
        return 0;
    }

    @Override
    public boolean hasPartitionThreads() {
        return false;
    }

    @Override
    public Openings openings() {
        return Openings.atOnce();
    }

    @Override
    public Lanes lanes() {
        return HandThreads.lanes();
    }

    @Override
    public long doneEpoch() {
        return doneEpoch;
    }

    @Override
    public void endEpochSoon() {
        hurries = true;
    }

    @Override
    public void watch(Watched part) {}

    @Override
    public void report(Work.Reported work) {
        reported.add(work);
    }

    @Override
    public Signal signal() {
        return () -> {};
    }
}
