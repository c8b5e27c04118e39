package dev.waxwing.benchmarks;

import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** So many sales, in one partition. */
record SaleSource(int count) implements FixedPartitionedSource<Sale, Integer> {

    private static final int BATCH_ITEMS = 500;

    @Override
    public List<String> listParts() {
        return List.of("sales");
    }

    @Override
    public StatefulSourcePartition<Sale, Integer> buildPart(
            String stepId, String forPart, @Nullable Integer resumeState) {
        return new Sales(count, resumeState == null ? 0 : resumeState);
    }

    private static final class Sales implements StatefulSourcePartition<Sale, Integer> {

        private final int count;
        private int position;

        Sales(int count, int position) {
            this.count = count;
            this.position = position;
        }

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Sale> out) {
            int end = Math.min(count, position + BATCH_ITEMS);
            while (position < end) {
                out.emit(Sale.at(position++));
            }
            return position < count ? SourceStatus.OPEN : SourceStatus.ENDED;
        }

        @Override
        public Integer snapshot() {
            return position;
        }
    }
}
