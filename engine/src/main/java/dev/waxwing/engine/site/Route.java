package dev.waxwing.engine.site;

import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.sink.Sink;
import java.util.BitSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Names the worker that an item belongs to. Confined to the sending worker. */
@FunctionalInterface
public interface Route {

    int worker(@Nullable Object key, int workers);

    /** Mixes a hash so that all of its bits count (the finalizer of MurmurHash3). */
    static int spread(int hash) {
        int h = hash;
        h = (h ^ (h >>> 16)) * 0x85ebca6b;
        h = (h ^ (h >>> 13)) * 0xc2b2ae35;
        return h ^ (h >>> 16);
    }

    /**
     * By key.
     *
     * @param site the stateful step, which is named if a key has no hash
     */
    static Route byKey(Owners owners, StepSite site) {
        return (key, workers) -> {
            try {
                return owners.ofKey(Objects.requireNonNull(key), workers);
            } catch (Throwable thrown) {
                throw site.keyFailed(Objects.requireNonNull(key), thrown);
            }
        };
    }

    /** By sink partition. */
    static Route byPartition(Owners owners, Sink<?> sink, int partitions, StepSite site) {
        int unkeyed = unkeyedPart(owners, partitions, site.workerIndex(), site.workerCount());
        return (key, workers) -> {
            try {
                return owners.ofPartition(partOf(sink, partitions, key, unkeyed), workers);
            } catch (Throwable thrown) {
                throw site.failed("partFn", key, thrown);
            }
        };
    }

    /**
     * The partition of a sink that an item goes to.
     *
     * @param unkeyed the partition of items without keys
     */
    @SuppressWarnings("unchecked") // the stream that the sink was given to had its types
    static int partOf(Sink<?> sink, int partitions, @Nullable Object key, int unkeyed) {
        if (partitions == 1) {
            return 0;
        }
        if (key == null) {
            return unkeyed;
        }
        int chosen =
                sink instanceof EpochSink<?> epochs
                        ? epochs.partFn(key)
                        : ((FixedPartitionedSink<Object, ?, ?>) sink).partFn(key);
        return Math.floorMod(chosen, partitions);
    }

    /**
     * The partition of a sink to which a worker has items without keys written: the first that it
     * owns, or any if it owns none, whose owner then writes them.
     */
    static int unkeyedPart(Owners owners, int partitions, int worker, int workers) {
        for (int partition = 0; partition < partitions; partition++) {
            if (owners.ofPartition(partition, workers) == worker) {
                return partition;
            }
        }
        return worker % partitions;
    }

    /** Whether each worker owns one of so many partitions, or more. */
    static boolean eachOwnsOne(Owners owners, int partitions, int workers) {
        BitSet owning = new BitSet();
        for (int partition = 0; partition < partitions; partition++) {
            owning.set(owners.ofPartition(partition, workers));
        }
        return owning.cardinality() == workers;
    }

    /** Item by item, to each in turn. */
    static Route inTurn(int start) {
        int[] next = {start};
        return (key, workers) -> {
            int worker = next[0] % workers;
            next[0] = worker + 1;
            return worker;
        };
    }
}
