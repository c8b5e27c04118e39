package dev.waxwing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.Keyed;
import dev.waxwing.recovery.memory.MemoryDisk;
import dev.waxwing.source.AcknowledgingPartition;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.step.FailurePolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Epochs that end within a call of nextBatch, over crashes and with other numbers of workers. */
final class PendingItemsTest {

    private static final int SEEDS = Boolean.getBoolean("waxwing.slow") ? 20_000 : 400;
    private static final int PARTS = 2;
    private static final int ITEMS = 120;
    private static final int REJECTS = 3;

    @Test
    void eachItemTakesEffectOnceThoughCallsAreNeverTheSameAgain() {
        Simulation.seeds(
                SEEDS,
                world -> {
                    SimulatedSink<Keyed<Integer, Integer>> sink = world.sink();
                    var flow = Dataflow.named("flow");
                    flow.input("in", new Drifting(world.chance(), 0, new HashSet<>()))
                            .keyOn("key", n -> n % 7)
                            .statefulMap(
                                    "count",
                                    (@Nullable Integer count, Integer n) -> {
                                        int next = count == null ? 1 : count + 1;
                                        return StateUpdate.keep(next, next);
                                    })
                            .<Keyed<Integer, Integer>>map("pair", Keyed::new)
                            .output("out", sink);

                    world.run(flow)
                            .expectExactlyOnce(
                                    IntStream.range(0, PARTS * ITEMS)
                                            .mapToObj(n -> new Keyed<>(n % 7, n / 7 + 1))
                                            .toList());
                });
    }

    @Test
    void nothingIsAcknowledgedThatIsOnlyStored() {
        Simulation.seeds(
                SEEDS,
                world -> {
                    world.withoutReplays();
                    Set<Integer> worked = new HashSet<>();
                    SimulatedSink<Integer> numbers = world.sink();
                    SimulatedSink<String> letters = world.sink();
                    var flow = Dataflow.named("flow");
                    var in =
                            flow.input("in", new Drifting(world.chance(), REJECTS, worked))
                                    .onFailure(FailurePolicy.deadLetter());
                    in.inspect("work", (step, n) -> worked.add(n)).output("numbers", numbers);
                    in.deadLetters()
                            .inspect(
                                    "letter", (step, letter) -> worked.add((Integer) letter.item()))
                            .map(
                                    "text",
                                    letter -> letter.item() + " " + letter.cause().getMessage())
                            .output("letters", letters);

                    world.run(flow)
                            .expectExactlyOnce(numbers, numbers(n -> n % REJECTS != 0))
                            .expectExactlyOnce(
                                    letters,
                                    numbers(n -> n % REJECTS == 0).stream()
                                            .map(n -> n + " no item")
                                            .toList());
                });
    }

    private static List<Integer> numbers(IntPredicate wanted) {
        return IntStream.range(0, PARTS * ITEMS).filter(wanted).boxed().toList();
    }

    @Test
    void forgottenPartitionTakesItsItemsAlong() {
        var disk = new MemoryDisk(new UUID(0, 1));
        assertThat(seen(disk, "a", "b")).startsWith("a0").contains("b0");
        assertThat(seen(disk, "a").get(0)).as("left of the first call").hasSizeLessThan(5);

        List<String> again = seen(disk, "a", "b");

        assertThat(again.stream().filter(item -> item.startsWith("b"))).startsWith("b0", "b1");
    }

    /** What a step sees of two epochs, a thousand items of a hundredth of a second a call. */
    private static List<String> seen(MemoryDisk disk, String... parts) {
        var processors = new Processors(1, 200, disk);
        List<String> seen = new ArrayList<>();
        var flow = Dataflow.named("flow");
        flow.input("in", new Texts(List.of(parts)))
                .inspect("see", (step, text) -> seen.add(processors.take(10_000_000, text)));
        processors.decisions(flow.plan(), 2);
        return seen;
    }

    private record Texts(List<String> parts) implements FixedPartitionedSource<String, Integer> {

        @Override
        public List<String> listParts() {
            return parts;
        }

        @Override
        public StatefulSourcePartition<String, Integer> buildPart(
                String stepId, String forPart, @Nullable Integer resumeState) {
            return new StatefulSourcePartition<>() {

                private int next = resumeState == null ? 0 : resumeState;

                @Override
                public SourceStatus nextBatch(SourceEmitter<? super String> out) {
                    for (int i = 0; i < 1_000; i++) {
                        out.emit(forPart + next++);
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

    /**
     * Numbers in calls of a random length each, in an order of its own in each call: what is read
     * again after a crash comes in another. A position counts the numbers before it, and all calls
     * of a partition end at multiples of ten.
     *
     * @param rejects every which number is no item, 0 for none
     */
    private record Drifting(Chance chance, int rejects, Set<Integer> worked)
            implements FixedPartitionedSource<Integer, Integer> {

        @Override
        public List<String> listParts() {
            return IntStream.range(0, PARTS).mapToObj(i -> "part-" + i).toList();
        }

        @Override
        public StatefulSourcePartition<Integer, Integer> buildPart(
                String stepId, String forPart, @Nullable Integer resumeState) {
            int first = ITEMS * Integer.parseInt(forPart.substring(forPart.length() - 1));
            return new Part(this, first, resumeState == null ? 0 : resumeState);
        }
    }

    private static final class Part
            implements StatefulSourcePartition<Integer, Integer>, AcknowledgingPartition<Integer> {

        private static final int TENS = 10;

        private final Drifting source;
        private final int first;
        private int position;

        Part(Drifting source, int first, int position) {
            this.source = source;
            this.first = first;
            this.position = position;
        }

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Integer> out) {
            int end = Math.min(ITEMS, position + TENS * source.chance.between(1, 4));
            List<Integer> left = new ArrayList<>();
            IntStream.range(position, end).forEach(n -> left.add(first + n));
            while (!left.isEmpty()) {
                Integer number = left.remove(source.chance.below(left.size()));
                if (source.rejects > 0 && number % source.rejects == 0) {
                    out.reject(number, new IllegalArgumentException("no item"));
                } else {
                    out.emit(number);
                }
            }
            position = end;
            return position == ITEMS ? SourceStatus.ENDED : SourceStatus.OPEN;
        }

        @Override
        public Integer snapshot() {
            return position;
        }

        @Override
        public void acknowledge(Integer upTo) {
            if (!source.worked.isEmpty()) {
                assertThat(source.worked)
                        .containsAll(IntStream.range(first, first + upTo).boxed().toList());
            }
        }
    }
}
