package dev.waxwing.benchmarks;

import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** So many sales, each at its time: so many a second from when the partition is opened. */
final class PacedSales implements FixedPartitionedSource<Sale, Integer> {

    private static final long serialVersionUID = 1L;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int count;
    private final int perSecond;
    private volatile long startNanos;

    PacedSales(int count, int perSecond) {
        this.count = count;
        this.perSecond = perSecond;
    }

    /** When a sale happens, by {@link System#nanoTime}; after the first is visible. */
    long dueNanos(long position) {
        return startNanos + position * SECOND / perSecond;
    }

    @Override
    public List<String> listParts() {
        return List.of("sales");
    }

    @Override
    public StatefulSourcePartition<Sale, Integer> buildPart(
            String stepId, String forPart, @Nullable Integer resumeState) {
        startNanos = System.nanoTime();
        return new Sales();
    }

    private final class Sales implements StatefulSourcePartition<Sale, Integer> {

        private int position;

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Sale> out) {
            long now = System.nanoTime();
            while (position < count && dueNanos(position) - now <= 0) {
                out.emit(Sale.at(position++));
            }
            return position < count ? SourceStatus.OPEN : SourceStatus.ENDED;
        }

        @Override
        public Instant nextAwake() {
            return Instant.now().plusNanos(Math.max(0, dueNanos(position) - System.nanoTime()));
        }

        @Override
        public Integer snapshot() {
            return position;
        }
    }
}
