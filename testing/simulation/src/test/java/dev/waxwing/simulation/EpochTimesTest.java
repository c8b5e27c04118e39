package dev.waxwing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.Stream;
import dev.waxwing.plan.Plan;
import dev.waxwing.recovery.memory.MemoryDisk;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.StatelessSinkPartition;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import dev.waxwing.state.StateUpdate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How long epochs take when items do. An item's time is virtual, and an item of the source, with
 * all that comes of it, takes a tenth of the interval or less.
 */
final class EpochTimesTest {

    private static final long MICRO = 1_000;
    private static final long LEAST_INTERVAL_MILLIS = 100;
    private static final int EPOCHS = 3;
    private static final int KEYS = 10_000;
    private static final int CALL_ITEMS = 1_000;

    @ParameterizedTest(name = "items of {0} us, {1} of each, {2} workers")
    @CsvSource({
        "1, 1, 1",
        "1, 100, 2",
        "10, 1, 1",
        "10, 1, 2",
        "10, 100, 1",
        "10, 100, 4",
        "100, 1, 1",
        "100, 1, 2",
        "100, 1, 4",
        "100, 100, 1",
        "100, 100, 2",
        "100, 100, 4",
        "1000, 1, 1",
        "1000, 1, 2",
        "1000, 1, 3",
        "1000, 1, 4",
        "1000, 100, 1",
        "1000, 100, 2",
        "1000, 100, 3",
        "1000, 100, 4",
        "10000, 1, 1",
        "10000, 1, 2",
        "10000, 1, 4",
        "50000, 1, 1",
        "50000, 1, 2",
        "50000, 1, 3",
        "50000, 1, 4"
    })
    void epochIsDecidedWithinTwiceItsInterval(int itemMicros, int fold, int workers) {
        for (Place place : Place.values()) {
            for (int parts : new int[] {1, workers}) {
                long tenth = itemMicros * MICRO * fold / 1_000_000;
                long interval = Math.max(LEAST_INTERVAL_MILLIS, 10 * tenth);
                var processors = new Processors(workers, interval, new MemoryDisk(new UUID(0, 1)));

                List<Long> decided =
                        processors.decisions(
                                plan(processors, itemMicros * MICRO, fold, parts, place), EPOCHS);

                List<Long> all = new ArrayList<>(List.of(0L));
                all.addAll(decided);
                assertThat(
                                IntStream.range(1, all.size())
                                        .mapToLong(i -> all.get(i) - all.get(i - 1)))
                        .as("milliseconds between decisions, slow step %s, %s parts", place, parts)
                        .hasSize(EPOCHS)
                        .allMatch(millis -> millis < 2 * interval);
            }
        }
    }

    /** Where the step is that takes the time. */
    private enum Place {
        BEFORE_EXCHANGE,
        BEHIND_EXCHANGE,
        BEHIND_EXCHANGE_ALL_OF_ONE_KEY
    }

    private static Plan plan(
            Processors processors, long itemNanos, int fold, int parts, Place place) {
        var flow = Dataflow.named("flow");
        Stream<Integer> numbers =
                flow.input("in", new Numbers(parts))
                        .flatMap("fold", number -> Collections.nCopies(fold, number));
        boolean before = place == Place.BEFORE_EXCHANGE;
        Stream<Integer> first =
                before ? numbers.map("slow", n -> processors.take(itemNanos, n)) : numbers;
        Stream<Integer> counted =
                first.keyOn(
                                "key",
                                n -> place == Place.BEHIND_EXCHANGE_ALL_OF_ONE_KEY ? 0 : n % KEYS)
                        .statefulMap(
                                "last",
                                (@Nullable Integer last, Integer n) -> StateUpdate.keep(n, n))
                        .map("value", (key, n) -> n);
        (before ? counted : counted.map("slow", n -> processors.take(itemNanos, n)))
                .output("out", new Nowhere());
        return flow.plan();
    }

    /** As many numbers as are asked for, a thousand a call; asks nobody whether there is room. */
    private record Numbers(int parts) implements FixedPartitionedSource<Integer, Integer> {

        @Override
        public List<String> listParts() {
            return IntStream.range(0, parts).mapToObj(i -> "part-" + i).toList();
        }

        @Override
        public StatefulSourcePartition<Integer, Integer> buildPart(
                String stepId, String forPart, @Nullable Integer resumeState) {
            return new StatefulSourcePartition<>() {

                private int next = resumeState == null ? 0 : resumeState;

                @Override
                public SourceStatus nextBatch(SourceEmitter<? super Integer> out) {
                    for (int i = 0; i < CALL_ITEMS; i++) {
                        out.emit(next++);
                    }
                    return SourceStatus.OPEN;
                }

                @Override
                public Integer snapshot() {
                    return next;
                }
            };
        }
    }

    private record Nowhere() implements DynamicSink<Integer> {
        @Override
        public StatelessSinkPartition<Integer> build(
                String stepId, int workerIndex, int workerCount) {
            return items -> {};
        }
    }
}
