package dev.waxwing.benchmarks;

import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of {@link FileWriting}, by number. */
record LineSource(long lines) implements FixedPartitionedSource<String, Long> {

    private static final int BATCH_LINES = 1_000;

    @Override
    public List<String> listParts() {
        return List.of("lines");
    }

    @Override
    public StatefulSourcePartition<String, Long> buildPart(
            String stepId, String forPart, @Nullable Long resumeState) {
        return new StatefulSourcePartition<>() {

            private long next = resumeState == null ? 0 : resumeState;

            @Override
            public SourceStatus nextBatch(SourceEmitter<? super String> out) {
                long end = Math.min(lines, next + BATCH_LINES);
                while (next < end) {
                    out.emit(FileWriting.line(next++));
                }
                return next < lines ? SourceStatus.OPEN : SourceStatus.ENDED;
            }

            @Override
            public Long snapshot() {
                return next;
            }
        };
    }
}
