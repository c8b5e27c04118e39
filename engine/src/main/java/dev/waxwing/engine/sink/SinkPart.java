package dev.waxwing.engine.sink;

import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.engine.delivery.DeliveryPart;
import dev.waxwing.engine.delivery.Lane;
import dev.waxwing.engine.delivery.Work;
import dev.waxwing.engine.site.WorkerSite;
import dev.waxwing.sink.StatefulSinkPartition;
import dev.waxwing.sink.StatelessSinkPartition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An open sink partition of either kind. */
interface SinkPart extends AutoCloseable {

    /** Where its calls are made, or null for the worker itself. */
    @Nullable Lane lane(WorkerSite worker);

    void write(List<Object> items) throws Exception;

    /** Its position, or null if it has none. */
    @Nullable Object snapshot() throws Exception;

    /** What makes the last snapshot durable, to be run elsewhere. */
    void force() throws Exception;

    /** Checks that what was written is still there; to be run elsewhere. */
    default void check() throws Exception {}

    /** Whether there is anything that {@link #check} could find to be missing. */
    default boolean hasPosition() {
        return false;
    }

    /** An epoch that ended at this position is decided; to be run elsewhere. */
    default void onDecided(Object position) throws Exception {}

    void onEndOfInput() throws Exception;

    /**
     * Prepares what was written in an epoch; null if nothing was, or it needs no commit.
     *
     * @param nowMillis the time, in milliseconds since 1970
     */
    default @Nullable Work prepare(long epoch, long nowMillis) throws Exception {
        return null;
    }

    /** Whether it writes to the store, so that no policy of the step helps if that fails. */
    default boolean isStore() {
        return false;
    }

    /** What this execution has claimed, or null if it is no part of an epoch sink. */
    default @Nullable DeliveryPart delivery() {
        return null;
    }

    /** As {@link BlockingPartition#unblock}. */
    default void unblock() {}

    @Override
    void close() throws Exception;

    private static @Nullable Lane laneOf(
            Object partition, String stepId, String part, WorkerSite worker) {
        return partition instanceof BlockingPartition && worker.hasPartitionThreads()
                ? worker.lanes().open("waxwing sink " + stepId + " " + part, stepId)
                : null;
    }

    private static void unblock(Object partition) {
        if (partition instanceof BlockingPartition blocking) {
            blocking.unblock();
        }
    }

    static SinkPart of(
            String stepId, String part, StatefulSinkPartition<Object, Object> partition) {
        return new SinkPart() {
            @Override
            public @Nullable Lane lane(WorkerSite worker) {
                return laneOf(partition, stepId, part, worker);
            }

            @Override
            public void write(List<Object> items) throws Exception {
                partition.writeBatch(items);
            }

            @Override
            public Object snapshot() throws Exception {
                return java.util.Objects.requireNonNull(
                        partition.snapshot(), "snapshot returned null");
            }

            @Override
            public void force() throws Exception {
                partition.force();
            }

            @Override
            public void check() throws Exception {
                partition.check();
            }

            @Override
            public boolean hasPosition() {
                return true;
            }

            @Override
            public void onDecided(Object position) throws Exception {
                partition.onDecided(position);
            }

            @Override
            public void onEndOfInput() throws Exception {
                partition.onEndOfInput();
            }

            @Override
            public void unblock() {
                SinkPart.unblock(partition);
            }

            @Override
            public void close() throws Exception {
                partition.close();
            }
        };
    }

    static SinkPart of(String stepId, String part, StatelessSinkPartition<Object> partition) {
        return new SinkPart() {
            @Override
            public @Nullable Lane lane(WorkerSite worker) {
                return laneOf(partition, stepId, part, worker);
            }

            @Override
            public void write(List<Object> items) throws Exception {
                partition.writeBatch(items);
            }

            @Override
            public @Nullable Object snapshot() {
                return null;
            }

            @Override
            public void force() {}

            @Override
            public void onEndOfInput() throws Exception {
                partition.onEndOfInput();
            }

            @Override
            public void unblock() {
                SinkPart.unblock(partition);
            }

            @Override
            public void close() throws Exception {
                partition.close();
            }
        };
    }
}
