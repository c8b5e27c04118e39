package dev.waxwing.testing;

import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourcePartition;
import dev.waxwing.source.SourceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads a partition as a runner would, for tests of connectors: never before it is awake. Confined
 * to one thread.
 *
 * @param <T> item
 */
public final class PartitionReader<T> {

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final SourcePartition<T> partition;
    private final List<Object> rejected = new ArrayList<>();
    private boolean ended;

    public PartitionReader(SourcePartition<T> partition) {
        this.partition = partition;
    }

    /** Whether the last read ended the partition. */
    public boolean hasEnded() {
        return ended;
    }

    /** What the partition has read that is no item, so far; a view. */
    public List<Object> rejected() {
        return java.util.Collections.unmodifiableList(rejected);
    }

    /** One read, at once: what it emits, possibly nothing. */
    public List<T> readOnce() throws Exception {
        if (ended) {
            throw new IllegalStateException("the partition has ended; it must not be read again");
        }
        Collector<T> collector = new Collector<>(rejected);
        SourceStatus status = partition.nextBatch(collector);
        collector.closed = true;
        ended = status == SourceStatus.ENDED;
        return collector.items;
    }

    /**
     * Reads until something is emitted, waiting in between as the partition asks.
     *
     * @return the first batch that is not empty, or an empty one at the end
     * @throws AssertionError if nothing comes within the time-out
     */
    public List<T> readBatch(Duration timeout) throws Exception {
        long start = System.nanoTime();
        while (!ended) {
            if (isAwake()) {
                List<T> items = readOnce();
                if (!items.isEmpty()) {
                    return items;
                }
            }
            if (System.nanoTime() - start > timeout.toNanos()) {
                throw new AssertionError("no item within " + timeout);
            }
            if (!ended) {
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
        return List.of();
    }

    /** Reads to the end, each batch within the time-out. */
    public List<T> readAll(Duration timeout) throws Exception {
        List<T> all = new ArrayList<>();
        while (!ended) {
            all.addAll(readBatch(timeout));
        }
        return all;
    }

    private boolean isAwake() {
        Instant awake = partition.nextAwake();
        return awake == null || !Instant.now().isBefore(awake);
    }

    private static final class Collector<T> implements SourceEmitter<T> {

        private final List<T> items = new ArrayList<>();
        private final List<Object> rejected;
        private boolean closed;

        Collector(List<Object> rejected) {
            this.rejected = rejected;
        }

        @Override
        public void emit(@Nullable T item) {
            checkOpen();
            if (item == null) {
                throw new AssertionError("a source must not emit null");
            }
            items.add(item);
        }

        @Override
        public void reject(@Nullable Object raw, @Nullable Exception cause) {
            checkOpen();
            if (raw == null || cause == null) {
                throw new AssertionError("what is rejected and why must not be null");
            }
            rejected.add(raw);
        }

        private void checkOpen() {
            if (closed) {
                throw new AssertionError("the emitter is valid during nextBatch only");
            }
        }
    }
}
