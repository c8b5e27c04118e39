package dev.waxwing.examples;

import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.util.List;
import org.jspecify.annotations.Nullable;

// region source
/** A source of one's own: the numbers from 1 to {@code last}, from each partition. */
public record Ticks(List<String> parts, long last) implements FixedPartitionedSource<Long, Long> {

    @Override
    public List<String> listParts() {
        return parts;
    }

    @Override
    public TickPartition buildPart(String stepId, String forPart, @Nullable Long resumeState) {
        return new TickPartition(resumeState == null ? 1 : resumeState, last);
    }

    /** One partition; its position is the next number. */
    public static final class TickPartition implements StatefulSourcePartition<Long, Long> {

        private final long last;
        private long next;

        TickPartition(long next, long last) {
            this.next = next;
            this.last = last;
        }

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Long> out) {
            if (next <= last) {
                out.emit(next++);
            }
            return next <= last ? SourceStatus.OPEN : SourceStatus.ENDED;
        }

        @Override
        public Long snapshot() {
            return next;
        }
    }
}
// endregion
