package dev.waxwing.engine.site;

import dev.waxwing.engine.delivery.Lanes;
import java.util.function.Consumer;

/**
 * Lanes that are threads.
 *
 * @param threads starts them
 * @param patience how long their ends are waited for
 * @param watch finds calls that do not return
 * @param failed takes what their tasks throw
 */
public record PartitionThreads(
        Threads threads, Patience patience, Watch watch, Consumer<? super Throwable> failed)
        implements Lanes {

    @Override
    public PartitionThread open(String name, String stepId) {
        return new PartitionThread(name, stepId, PartitionThread.Calls.RETURN_SOON, this);
    }

    @Override
    public boolean areThreads() {
        return true;
    }

    @Override
    public PartitionThread openWaiting(String name, String stepId) {
        return new PartitionThread(name, stepId, PartitionThread.Calls.MAY_WAIT, this);
    }
}
