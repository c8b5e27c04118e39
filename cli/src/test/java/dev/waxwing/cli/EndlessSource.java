package dev.waxwing.cli;

import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts from 1 for ever. */
final class EndlessSource implements FixedPartitionedSource<Long, Long> {

    private static final long serialVersionUID = 1L;

    private final Duration pause;

    EndlessSource(Duration pause) {
        this.pause = pause;
    }

    @Override
    public List<String> listParts() {
        return List.of("numbers");
    }

    @Override
    public StatefulSourcePartition<Long, Long> buildPart(
            String stepId, String forPart, @Nullable Long resumeState) {
        return new Numbers(resumeState == null ? 0 : resumeState, pause);
    }

    private static final class Numbers implements StatefulSourcePartition<Long, Long> {

        private final Duration pause;
        private long last;
        private Instant next = Instant.now();

        Numbers(long last, Duration pause) {
            this.last = last;
            this.pause = pause;
        }

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Long> out) {
            out.emit(++last);
            next = Instant.now().plus(pause);
            return SourceStatus.OPEN;
        }

        @Override
        public Instant nextAwake() {
            return next;
        }

        @Override
        public Long snapshot() {
            return last;
        }
    }
}
