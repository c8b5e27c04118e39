package dev.waxwing.embedded;

import dev.waxwing.recovery.RecoveryOptions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How the embedded runner runs a plan. */
public final class EmbeddedOptions {

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

    private final int workers;
    private final @Nullable RecoveryOptions recovery;
    private final RestartPolicy restarts;
    private final int channelBatches;
    private final Items items;

    private EmbeddedOptions(
            int workers,
            @Nullable RecoveryOptions recovery,
            RestartPolicy restarts,
            int channelBatches,
            Items items) {
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
        this.workers = workers;
        this.recovery = recovery;
        this.restarts = restarts;
        this.channelBatches = channelBatches;
        this.items = items;
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

    /** {@return how many threads run a copy of the dataflow each, 1 to 1024} */
    public int workers() {
        return workers;
    }

    /** {@return where snapshots are kept, or null for none: then a failure loses all state} */
    public @Nullable RecoveryOptions recovery() {
        return recovery;
    }

    /** {@return whether a failed execution starts again by itself} */
    public RestartPolicy restarts() {
        return restarts;
    }

    /** {@return how many batches of up to 512 items may wait between two stages, 2 or more} */
    public int channelBatches() {
        return channelBatches;
    }

    /** {@return whether steps are trusted not to change items that were emitted} */
    public Items items() {
        return items;
    }
}
