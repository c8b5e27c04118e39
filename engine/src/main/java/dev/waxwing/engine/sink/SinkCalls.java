package dev.waxwing.engine.sink;

import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.engine.delivery.Lane;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.engine.site.WorkerSite;

/**
 * The thread on which a sink partition is called, one call at a time: the worker's, or a lane of
 * its own. Confined to the worker.
 */
sealed interface SinkCalls extends AutoCloseable permits WorkerCalls, LaneCalls {

    /**
     * Makes a call, or begins to; must not be called while {@link #isBusy}.
     *
     * <p>On the worker, the call has ended when this returns; on a lane it ends in {@link
     * #collect}.
     */
    void start(SinkCall call);

    /** Whether a call has been started whose outcome has not been collected. */
    boolean isBusy();

    /** Whether the outcome of the call is there, to be collected. */
    boolean isReady();

    /** Ends the call whose outcome is there. */
    void collect();

    /**
     * Waits for the outcome of the call. An interrupt, which tells a worker to leave, ends the
     * waiting and stays set.
     */
    void await();

    /** Whether the items of a call are seen by no thread but the worker. */
    boolean areOnWorker();

    /** Closes the partition, on the thread that calls it. */
    @Override
    void close() throws Exception;

    /** On a lane if the partition may block and there are threads for partitions. */
    static SinkCalls of(Object partition, SinkPart part, String name, StepSite site) {
        WorkerSite worker = site.worker();
        if (!isOnLane(partition, worker)) {
            return new WorkerCalls(part, site);
        }
        String stepId = site.stepId();
        Lane lane = worker.lanes().open("waxwing sink " + stepId + " " + name, stepId);
        return new LaneCalls(lane, part, worker.signal());
    }

    /** Whether a partition gets a lane of its own. */
    static boolean isOnLane(Object partition, WorkerSite worker) {
        return partition instanceof BlockingPartition && worker.hasPartitionThreads();
    }
}
