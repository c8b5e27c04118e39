package dev.waxwing.source;

import dev.waxwing.connector.Guarantee;

/**
 * A source without positions: every worker reads a partition of its own and, after a failure,
 * starts as it likes. What was in flight then is lost, at most once.
 *
 * @param <T> item
 */
public non-sealed interface DynamicSource<T> extends Source<T> {

    /**
     * Opens the partition of one worker; called once an execution on each worker's thread.
     *
     * @param stepId full id of the input step
     * @param workerIndex from 0
     * @param workerCount how many workers run the dataflow
     */
    StatelessSourcePartition<T> build(String stepId, int workerIndex, int workerCount)
            throws Exception;

    @Override
    default Guarantee guarantee() {
        return Guarantee.AT_MOST_ONCE;
    }
}
