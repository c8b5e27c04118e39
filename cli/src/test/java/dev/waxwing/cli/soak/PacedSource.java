package dev.waxwing.cli.soak;

import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Items by number, so many a second from where it begins, for ever; or up to a time, as fast as
 * they are taken.
 *
 * @param items of a partition and a number
 * @param itemsASecond of each partition
 * @param endMillis the time of the data at which it ends; {@link Long#MAX_VALUE} for never
 */
record PacedSource<T>(Items<T> items, int itemsASecond, long endMillis)
        implements FixedPartitionedSource<T, Long> {

    private static final int BATCH_ITEMS = 256;
    private static final Duration PAUSE = Duration.ofMillis(20);

    /** Makes items. */
    @FunctionalInterface
    interface Items<T> extends Serializable {
        T item(int partition, long number);
    }

    @Override
    public List<String> listParts() {
        return IntStream.range(0, Shop.PARTITIONS).mapToObj(Integer::toString).toList();
    }

    @Override
    public StatefulSourcePartition<T, Long> buildPart(
            String stepId, String forPart, @Nullable Long resumeState) {
        return new Partition<>(this, Integer.parseInt(forPart), resumeState);
    }

    private static final class Partition<T> implements StatefulSourcePartition<T, Long> {

        private final PacedSource<T> source;
        private final int partition;
        private final long first;
        private final long begin = System.nanoTime();
        private long next;

        Partition(PacedSource<T> source, int partition, @Nullable Long resumeState) {
            this.source = source;
            this.partition = partition;
            this.first = resumeState == null ? 0 : resumeState;
            this.next = first;
        }

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super T> out) {
            long due = due();
            for (int i = 0; i < BATCH_ITEMS && next < due; i++) {
                out.emit(source.items.item(partition, next));
                next++;
            }
            return isEndless() || next < due ? SourceStatus.OPEN : SourceStatus.ENDED;
        }

        private long due() {
            if (!isEndless()) {
                return Shop.before(source.endMillis, source.itemsASecond);
            }
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            return first + millis * source.itemsASecond / 1_000;
        }

        private boolean isEndless() {
            return source.endMillis == Long.MAX_VALUE;
        }

        @Override
        public @Nullable Instant nextAwake() {
            return isEndless() && next >= due() ? Instant.now().plus(PAUSE) : null;
        }

        @Override
        public Long snapshot() {
            return next;
        }
    }
}
