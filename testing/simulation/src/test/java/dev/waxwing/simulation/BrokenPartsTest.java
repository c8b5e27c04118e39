package dev.waxwing.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.waxwing.Dataflow;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.sink.StatefulSinkPartition;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StateMapper;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.testing.ReferenceRunner;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The simulation is a test that can fail: each broken part of a user's is found by some seed. */
final class BrokenPartsTest {

    private static final int SEEDS = 200;
    private static final List<Item> ITEMS =
            LongStream.range(0, 20).mapToObj(i -> new Item("k" + i % 3, i)).toList();
    private static final StateMapper<Long, Item, Item> TOTAL =
            (total, item) -> {
                long sum = (total == null ? 0 : total) + item.value();
                return StateUpdate.keep(sum, new Item(item.key(), sum));
            };

    @Test
    void partsThatKeepTheirPromisesPass() {
        Simulation.seeds(
                SEEDS, world -> check(world, new OffsetSource(0), new ListSink(true), TOTAL));
    }

    @Test
    void sourceWhoseSnapshotIsAheadLosesItems() {
        found(world -> check(world, new OffsetSource(1), new ListSink(true), TOTAL));
    }

    @Test
    void sourceWhoseSnapshotIsBehindRepeatsItems() {
        found(world -> check(world, new OffsetSource(-1), new ListSink(true), TOTAL));
    }

    @Test
    void sinkThatIgnoresItsResumeStateRepeatsItems() {
        found(world -> check(world, new OffsetSource(0), new ListSink(false), TOTAL));
    }

    @Test
    void stateOutsideOfTheLogicIsNotRolledBack() {
        found(
                world -> {
                    AtomicLong outside = new AtomicLong();
                    StateMapper<Long, Item, Item> counting =
                            (count, item) -> {
                                long next = outside.incrementAndGet();
                                return StateUpdate.keep(next, new Item("all", next));
                            };
                    check(world, new OffsetSource(0), new ListSink(true), counting);
                });
    }

    @Test
    void logicWhoseSnapshotForgetsAPartIsFound() {
        StatefulLogic.Builder<String, Item, Item, Long> builder =
                (context, count) -> new ForgetfulLogic(count);

        found(world -> checkCounts(world, builder));
    }

    @Test
    void snapshotThatChangesThoughItsTypeSaysItCannotIsFound() {
        StatefulLogic.Builder<String, Item, Item, Live> builder =
                (context, state) -> new SharingLogic(state);

        found(world -> checkCounts(world, builder));
    }

    @Test
    void expectationOfAnOrderThatNobodyPromisedIsFound() {
        found(
                world -> {
                    SimulatedSink<Item> sink = world.sink();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.keyedSource(ITEMS, Item::key))
                            .redistribute("spread")
                            .output("out", sink);

                    world.run(flow).expectInOrder(ITEMS);
                });
    }

    private static void found(Simulation.Body body) {
        SeedFailedError failure =
                catchThrowableOfType(SeedFailedError.class, () -> Simulation.seeds(SEEDS, body));

        assertThat(failure).isNotNull();
        assertThat(failure.getMessage()).contains("-Dwaxwing.seed=" + failure.seed());
    }

    private static void check(
            Simulation world,
            OffsetSource source,
            ListSink sink,
            StateMapper<Long, Item, Item> map) {
        var flow = Dataflow.named("flow");
        flow.input("in", source)
                .keyOn("key", Item::key)
                .statefulMap("total", map)
                .output("out", sink);
        world.run(flow);

        var expected = new TestSink<Item>();
        var reference = Dataflow.named("flow");
        reference
                .input("in", TestSource.<Item>ofElements(ITEMS))
                .keyOn("key", Item::key)
                .statefulMap("total", TOTAL)
                .output("out", expected);
        ReferenceRunner.run(reference.plan());
        assertThat(sink.items).containsExactlyInAnyOrderElementsOf(expected.committed());
    }

    private static <S> void checkCounts(
            Simulation world, StatefulLogic.Builder<String, Item, Item, S> builder) {
        List<Item> items = LongStream.range(0, 40).mapToObj(i -> new Item("k", i)).toList();
        var flow = Dataflow.named("flow");
        flow.input("in", world.source(items))
                .keyOn("key", Item::key)
                .stateful("count", builder)
                .output("out", world.sink());

        world.run(flow)
                .expectExactlyOnce(items.stream().map(item -> item.plus(item.value())).toList());
    }

    /** Its snapshot tells a position that is off by some items. */
    private record OffsetSource(int offset) implements FixedPartitionedSource<Item, Integer> {

        @Override
        public List<String> listParts() {
            return List.of("only");
        }

        @Override
        public StatefulSourcePartition<Item, Integer> buildPart(
                String stepId, String forPart, Integer resumeState) {
            return new StatefulSourcePartition<>() {

                private int next = resumeState == null ? 0 : resumeState;

                @Override
                public SourceStatus nextBatch(SourceEmitter<? super Item> out) {
                    if (next == ITEMS.size()) {
                        return SourceStatus.ENDED;
                    }
                    out.emit(ITEMS.get(next++));
                    return SourceStatus.OPEN;
                }

                @Override
                public Integer snapshot() {
                    return Math.max(0, Math.min(ITEMS.size(), next + offset));
                }
            };
        }
    }

    /** Goes back to its resume state, or does not. */
    private static final class ListSink implements FixedPartitionedSink<Object, Item, Integer> {

        private static final long serialVersionUID = 1L;

        private final List<Item> items = new ArrayList<>();
        private final boolean goesBack;

        ListSink(boolean goesBack) {
            this.goesBack = goesBack;
        }

        @Override
        public List<String> listParts() {
            return List.of("only");
        }

        @Override
        public StatefulSinkPartition<Item, Integer> buildPart(
                String stepId, String forPart, Integer resumeState) {
            if (goesBack) {
                items.subList(resumeState == null ? 0 : resumeState, items.size()).clear();
            }
            return new StatefulSinkPartition<>() {
                @Override
                public void writeBatch(List<Item> values) {
                    items.addAll(values);
                }

                @Override
                public Integer snapshot() {
                    return items.size();
                }
            };
        }
    }

    /** Counts, but tells only every second count. */
    private static final class ForgetfulLogic implements StatefulLogic<Item, Item, Long> {

        private long count;

        ForgetfulLogic(Long resumeState) {
            count = resumeState == null ? 0 : resumeState;
        }

        @Override
        public Retain onItem(Item item, Outputs<? super Item> out) {
            out.emit(item.plus(count++));
            return Retain.KEEP;
        }

        @Override
        public Long snapshot() {
            return count / 2 * 2;
        }
    }

    /** A record, and so immutable, but that its accessor tells what the logic has by then. */
    record Live(long number) {

        private static final Map<Long, SharingLogic> LOGICS = new HashMap<>();

        @Override
        public long number() {
            return LOGICS.get(number).count;
        }
    }

    /** Counts. */
    private static final class SharingLogic implements StatefulLogic<Item, Item, Live> {

        private long count;

        SharingLogic(Live resumeState) {
            count = resumeState == null ? 0 : resumeState.number;
        }

        @Override
        public Retain onItem(Item item, Outputs<? super Item> out) {
            out.emit(item.plus(count++));
            return Retain.KEEP;
        }

        @Override
        public Live snapshot() {
            long number = Live.LOGICS.size();
            Live.LOGICS.put(number, this);
            return new Live(number);
        }
    }
}
