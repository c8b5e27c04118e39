package dev.waxwing.sink;

/**
 * A sink without positions: every worker writes what reaches it, at least once.
 *
 * @param <X> item
 */
public non-sealed interface DynamicSink<X> extends Sink<X> {

    /**
     * Opens the partition of one worker; called once an execution on each worker's thread, at
     * start.
     *
     * @param stepId full id of the output step
     * @param workerIndex from 0
     * @param workerCount how many workers run the dataflow
     */
    StatelessSinkPartition<X> build(String stepId, int workerIndex, int workerCount)
            throws Exception;

    @Override
    default SinkContract contract() {
        return SinkContract.AT_LEAST_ONCE;
    }
}
