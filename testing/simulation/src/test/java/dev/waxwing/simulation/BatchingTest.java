package dev.waxwing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.StatelessSinkPartition;
import dev.waxwing.source.DynamicSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatelessSourcePartition;
import dev.waxwing.step.BatchOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How much a sink is given at once, and when, in virtual time. */
final class BatchingTest {

    private final World world = new World(new Chance(0), Hazards.none());
    private final List<List<Integer>> batches = new ArrayList<>();
    private final List<Instant> times = new ArrayList<>();

    @Test
    void batchIsHandedOverWhenItHasItsNumberOfItems() throws Throwable {
        run(BatchOptions.upTo(4, Duration.ofDays(1)), Duration.ZERO, 10);

        assertThat(batches)
                .containsExactly(List.of(1, 2, 3, 4), List.of(5, 6, 7, 8), List.of(9, 10));
    }

    @Test
    void batchIsHandedOverWhenItHasItsNumberOfBytes() throws Throwable {
        var options = BatchOptions.upTo(100, Duration.ofDays(1)).withBytesMax(7, (Integer n) -> n);

        run(options, Duration.ZERO, 6);

        assertThat(batches).containsExactly(List.of(1, 2, 3, 4), List.of(5, 6));
    }

    @Test
    void noItemWaitsLongerThanItMay() throws Throwable {
        Instant start = world.clock().instant();

        run(BatchOptions.upTo(100, Duration.ofSeconds(5)), Duration.ofSeconds(2), 5);

        assertThat(batches).containsExactly(List.of(1, 2, 3), List.of(4, 5));
        assertThat(times).first().isEqualTo(start.plusSeconds(5));
    }

    private void run(BatchOptions options, Duration between, int items) throws Throwable {
        var flow = Dataflow.named("flow");
        flow.input("in", new PacedSource(between, items))
                .output("out", new NotingSink())
                .batched(options);
        var setting = new Generations.Setting(1, Duration.ofDays(2).toMillis(), 2, 5, false);
        new Generations(world, CodecRegistry.empty()).run(flow.plan(), () -> setting);
    }

    /** Emits 1, 2, 3, ..., one a batch and one a while. */
    private final class PacedSource implements DynamicSource<Integer> {

        private static final long serialVersionUID = 1L;

        private final Duration between;
        private final int end;

        PacedSource(Duration between, int end) {
            this.between = between;
            this.end = end;
        }

        @Override
        public StatelessSourcePartition<Integer> build(
                String stepId, int workerIndex, int workerCount) {
            return new StatelessSourcePartition<>() {

                private int next = 1;
                private Instant awake = world.clock().instant();

                @Override
                public SourceStatus nextBatch(SourceEmitter<? super Integer> out) {
                    out.emit(next);
                    awake = awake.plus(between);
                    next++;
                    return next > end ? SourceStatus.ENDED : SourceStatus.OPEN;
                }

                @Override
                public @Nullable Instant nextAwake() {
                    return awake;
                }
            };
        }
    }

    private final class NotingSink implements DynamicSink<Integer> {

        private static final long serialVersionUID = 1L;

        @Override
        public StatelessSinkPartition<Integer> build(
                String stepId, int workerIndex, int workerCount) {
            return items -> {
                batches.add(List.copyOf(items));
                times.add(world.clock().instant());
            };
        }
    }
}
