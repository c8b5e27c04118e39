package dev.waxwing.testing.operators;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * One way to run a spec.
 *
 * @param workers how many workers run the dataflow
 * @param sourceBatchItems how many items a source batch has; the spec's source sees to it
 * @param epochAfterEachBatch whether each source batch is an epoch of its own, or all input is one
 * @param restoreAfterEachBatch whether the execution crashes and resumes after each batch; the
 *     spec's source sees to it
 * @param channelBatches how many batches a queue between workers holds
 * @param recovery whether there is a recovery store
 */
public record SpecMode(
        int workers,
        int sourceBatchItems,
        boolean epochAfterEachBatch,
        boolean restoreAfterEachBatch,
        int channelBatches,
        boolean recovery) {

    /** All items that are ready. */
    public static final int ALL_ITEMS = 1_000;

    /** One worker, one item a batch, one epoch. */
    public static SpecMode plain() {
        return new SpecMode(1, 1, false, false, 16, true);
    }

    /** The modes that every spec is run in, for each of some numbers of workers. */
    public static Set<SpecMode> hostile(int... workers) {
        Set<SpecMode> modes = new LinkedHashSet<>();
        for (int count : workers) {
            SpecMode mode = plain().withWorkers(count);
            modes.add(mode);
            modes.add(mode.withChannelBatches(1));
            modes.add(mode.withSourceBatchItems(ALL_ITEMS).withChannelBatches(1));
            modes.add(mode.withEpochAfterEachBatch());
            modes.add(mode.withEpochAfterEachBatch().withSourceBatchItems(2));
            modes.add(mode.withRestoreAfterEachBatch());
        }
        return modes;
    }

    /** Whether nothing but the number of workers is special: for specs that take real time. */
    public boolean isPlain() {
        return equals(plain().withWorkers(workers));
    }

    public SpecMode withWorkers(int count) {
        return new SpecMode(
                count,
                sourceBatchItems,
                epochAfterEachBatch,
                restoreAfterEachBatch,
                channelBatches,
                recovery);
    }

    public SpecMode withSourceBatchItems(int items) {
        return new SpecMode(
                workers,
                items,
                epochAfterEachBatch,
                restoreAfterEachBatch,
                channelBatches,
                recovery);
    }

    public SpecMode withEpochAfterEachBatch() {
        return new SpecMode(
                workers, sourceBatchItems, true, restoreAfterEachBatch, channelBatches, recovery);
    }

    /** Epochs and crashes after each batch. */
    public SpecMode withRestoreAfterEachBatch() {
        return new SpecMode(workers, sourceBatchItems, true, true, channelBatches, recovery);
    }

    public SpecMode withChannelBatches(int batches) {
        return new SpecMode(
                workers,
                sourceBatchItems,
                epochAfterEachBatch,
                restoreAfterEachBatch,
                batches,
                recovery);
    }

    public SpecMode withoutRecovery() {
        return new SpecMode(
                workers,
                sourceBatchItems,
                epochAfterEachBatch,
                restoreAfterEachBatch,
                channelBatches,
                false);
    }
}
