package dev.waxwing.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The suite finds what it is there to find. */
final class SourceConformanceTest {

    @Test
    void positionThatMovesOnWithReadingIsFound() {
        assertThatThrownBy(new OfMovingPositions()::snapshotDoesNotChangeWhenReadingGoesOn)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("from a position that is older");
    }

    private static final class OfMovingPositions extends SourceConformance<Integer, int[]> {

        @Override
        protected FixedPartitionedSource<Integer, int[]> source() {
            return new MovingSource();
        }

        @Override
        protected Map<String, List<Integer>> expected() {
            return Map.of("numbers", List.of(0, 1, 2));
        }
    }

    /** Hands out the array that it counts in. */
    private static final class MovingSource implements FixedPartitionedSource<Integer, int[]> {

        private static final long serialVersionUID = 1L;

        @Override
        public List<String> listParts() {
            return List.of("numbers");
        }

        @Override
        public StatefulSourcePartition<Integer, int[]> buildPart(
                String stepId, String forPart, int @Nullable [] resumeState) {
            int[] next = resumeState == null ? new int[1] : resumeState.clone();
            return new StatefulSourcePartition<>() {
                @Override
                public SourceStatus nextBatch(SourceEmitter<? super Integer> out) {
                    if (next[0] < 3) {
                        out.emit(next[0]++);
                    }
                    return next[0] < 3 ? SourceStatus.OPEN : SourceStatus.ENDED;
                }

                @Override
                public int[] snapshot() {
                    return next;
                }
            };
        }
    }
}
