package dev.waxwing.benchmarks;

import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Numbers without end, a thousand a call, whether there is room or not. */
record EndlessNumbers(int parts, boolean blocking) implements FixedPartitionedSource<Long, Long> {

    private static final int CALL_ITEMS = 1_000;

    @Override
    public List<String> listParts() {
        return IntStream.range(0, parts).mapToObj(i -> "part-" + i).toList();
    }

    @Override
    public StatefulSourcePartition<Long, Long> buildPart(
            String stepId, String forPart, @Nullable Long resumeState) {
        return blocking ? new BlockingNumbers() : new Numbers();
    }

    private static class Numbers implements StatefulSourcePartition<Long, Long> {

        private long next;

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Long> out) {
            for (int i = 0; i < CALL_ITEMS; i++) {
                out.emit(next++);
            }
            return SourceStatus.OPEN;
        }

        @Override
        public Long snapshot() {
            return next;
        }
    }

    private static final class BlockingNumbers extends Numbers implements BlockingPartition {}
}
