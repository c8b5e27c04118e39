package dev.waxwing.benchmarks;

import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A short text, line by line, that loads no class but those of a small source. */
final class FewLines implements FixedPartitionedSource<String, Long> {

    private static final long serialVersionUID = 1L;

    private static final long LINES = 1_000;

    @Override
    public List<String> listParts() {
        return List.of("text");
    }

    @Override
    public StatefulSourcePartition<String, Long> buildPart(
            String stepId, String forPart, @Nullable Long resumeState) {
        return new Text(resumeState == null ? 0 : resumeState);
    }

    private static final class Text implements StatefulSourcePartition<String, Long> {

        private long position;

        Text(long position) {
            this.position = position;
        }

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super String> out) {
            out.emit("line " + position + " of a short text");
            position++;
            return position < LINES ? SourceStatus.OPEN : SourceStatus.ENDED;
        }

        @Override
        public Long snapshot() {
            return position;
        }
    }
}
