package dev.waxwing.embedded.link;

import dev.waxwing.sink.FixedPartitionedSink;
import org.jspecify.annotations.Nullable;

/** Names the worker that an item belongs to. Confined to the sending worker. */
@FunctionalInterface
public interface Route {

    int worker(@Nullable Object key, int workers);

    /** The worker that owns a key, by its hash. */
    static int ownerOf(Object key, int workers) {
        return (int) ((spread(key.hashCode()) & 0xffffffffL) * workers >>> 32);
    }

    /** Mixes a hash so that all of its bits count (the finalizer of MurmurHash3). */
    static int spread(int hash) {
        int h = hash;
        h = (h ^ (h >>> 16)) * 0x85ebca6b;
        h = (h ^ (h >>> 13)) * 0xc2b2ae35;
        return h ^ (h >>> 16);
    }

    /** By key. */
    static Route byKey() {
        return (key, workers) -> ownerOf(java.util.Objects.requireNonNull(key), workers);
    }

    /** By sink partition: partition {@code i} is owned by worker {@code i} modulo the workers. */
    static Route byPartition(
            FixedPartitionedSink<Object, ?, ?> sink, int partitions, StepSite site) {
        if (partitions == 1) {
            return (key, workers) -> 0;
        }
        return (key, workers) -> {
            try {
                int chosen = sink.partFn(java.util.Objects.requireNonNull(key));
                return Math.floorMod(chosen, partitions) % workers;
            } catch (Throwable thrown) {
                throw site.failed("partFn", key, thrown);
            }
        };
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
