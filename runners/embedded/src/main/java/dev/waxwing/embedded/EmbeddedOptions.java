package dev.waxwing.embedded;

import dev.waxwing.recovery.RecoveryOptions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the embedded runner runs a plan.
 *
 * @param workers threads that run a copy of the dataflow each, 1 to 1024
 * @param recovery where snapshots are kept, or null for none: then a failure loses all state
 * @param restarts whether a failed execution starts again by itself
 * @param channelBatches how many batches of up to 512 items may wait between two stages, 2 or more
 * @param items whether steps are trusted not to change items that were emitted
 */
public record EmbeddedOptions(
        int workers,
        @Nullable RecoveryOptions recovery,
        RestartPolicy restarts,
        int channelBatches,
        Items items) {

    /** What becomes of items that change after they were emitted, which no step may do. */
    public enum Items {
        /** Steps behind, other workers and outboxes may see them before and after the change. */
        TRUSTED,
        /**
         * They stop the execution, and the step is named. For tests and for looking for a fault: it
         * makes a dataflow many times slower, and finds what changes soon after it was emitted.
         */
        CHECKED
    }

    private static final int WORKERS_MAX = 1_024;

    public EmbeddedOptions {
        Objects.requireNonNull(restarts, "restarts must not be null");
        Objects.requireNonNull(items, "items must not be null");
        if (workers < 1 || workers > WORKERS_MAX) {
            throw new IllegalArgumentException(
                    "workers must be 1 to "
                            + WORKERS_MAX
                            + ", but was "
                            + workers
                            + "; use one for each core that the dataflow may fill");
        }
        if (channelBatches < 2) {
            throw new IllegalArgumentException(
                    "channelBatches must be 2 or more, but was "
                            + channelBatches
                            + "; fewer make slow steps hold back fast ones sooner");
        }
    }

    /** One worker, no recovery, no restarts, items trusted. */
    public static EmbeddedOptions defaults() {
        return new EmbeddedOptions(1, null, RestartPolicy.never(), 16, Items.TRUSTED);
    }

    public EmbeddedOptions withWorkers(int count) {
        return new EmbeddedOptions(count, recovery, restarts, channelBatches, items);
    }

    public EmbeddedOptions withRecovery(@Nullable RecoveryOptions options) {
        return new EmbeddedOptions(workers, options, restarts, channelBatches, items);
    }

    public EmbeddedOptions withRestarts(RestartPolicy policy) {
        return new EmbeddedOptions(workers, recovery, policy, channelBatches, items);
    }

    public EmbeddedOptions withChannelBatches(int batches) {
        return new EmbeddedOptions(workers, recovery, restarts, batches, items);
    }

    /** The same with items that are looked at again after they were emitted. */
    public EmbeddedOptions withItemsChecked() {
        return new EmbeddedOptions(workers, recovery, restarts, channelBatches, Items.CHECKED);
    }
}
