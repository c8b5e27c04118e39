package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.pause;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.OutputStep;
import dev.waxwing.Stream;
import dev.waxwing.WindowOut;
import dev.waxwing.function.Mapper;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.KeyedKernel;
import dev.waxwing.kernel.KeyedKernel.KeyedOutputs;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.kernel.Port;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulBatchLogic;
import dev.waxwing.step.AsyncOptions;
import dev.waxwing.step.BatchOptions;
import dev.waxwing.step.CollectOptions;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.step.WatermarkOptions;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import dev.waxwing.windowing.StreamClock;
import dev.waxwing.windowing.TumblingWindower;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Steps that hold items for a while, on any runner: a watermark does not overtake these, and they
 * still belong to their partition. So nothing is late that is in order in its partition.
 */
public abstract class HeldItemsSpec extends OperatorSpec {

    /*
     * An item is the name of its partition and a second. The marks that come out of a call together with the items before and behind
     * them are what overtakes; the partitions lie so far apart that an item of one that is counted to another makes all of one late.
     */
    private static final int ITEMS = 24;
    private static final int APART_SECONDS = 1_000;
    private static final WatermarkOptions IN_ORDER =
            WatermarkOptions.outOfOrderBy(Duration.ZERO)
                    .withIdleTimeout(Duration.ofSeconds(Long.MAX_VALUE));
    private static final FailurePolicy RETRY =
            FailurePolicy.retry(3).withBackOff(Duration.ofMillis(1), Duration.ofMillis(1));
    private static final FailurePolicy AT_ONCE =
            FailurePolicy.retry(3).withBackOff(Duration.ZERO, Duration.ZERO);
    private static final Predicate<SpecMode> ANY_WORKERS =
            mode -> !mode.restoreAfterEachBatch() && !mode.epochAfterEachBatch();
    private static final Predicate<SpecMode> ONE_WORKER =
            ANY_WORKERS.and(mode -> mode.workers() == 1);

    private static Instant at(String item) {
        return Instant.ofEpochSecond(Long.parseLong(item.substring(item.indexOf(' ') + 1)));
    }

    private static String partition(String item) {
        return item.substring(0, item.indexOf(' '));
    }

    private static List<Object> items(String partition, int first) {
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            items.add(partition + " " + (first + i));
        }
        return items;
    }

    /** The step that is to hold items. */
    private interface Holding extends Steps<String, String> {}

    private void marksStayBehind(Holding step) {
        inModes(
                ANY_WORKERS,
                world -> {
                    var source = TestSource.<String>ofElements(items("p", 0));
                    expectNothingLate(
                            world,
                            ITEMS,
                            flow ->
                                    step.add(
                                            called(
                                                    timed(
                                                            flow.input(
                                                                    "in",
                                                                    source.withBatchItems(2))))));
                });
    }

    private void partitionsAreKept(Predicate<SpecMode> modes, Holding step) {
        inModes(
                modes,
                world ->
                        expectNothingLate(
                                world,
                                2 * ITEMS,
                                flow -> timed(step.add(flow.input("in", apart(world))))));
    }

    private void partitionsAreKeptWhicheverIsReadLast(Holding step) {
        inModes(
                ONE_WORKER,
                world ->
                        expectNothingLate(
                                world,
                                2 * ITEMS,
                                flow -> timed(step.add(flow.input("in", lasting(world))))));
    }

    private static TestSource<String> apart(SpecWorld world) {
        return TestSource.<String>partitions(
                        Map.of("a", items("a", APART_SECONDS), "b", items("b", 0)))
                .withBatchItems(Math.min(5, world.mode().sourceBatchItems()));
    }

    /* What is held comes now after the one partition has been read, now after the other. */
    private static TestSource<String> lasting(SpecWorld world) {
        return TestSource.<String>partitions(
                        Map.of(
                                "a", withPauses(items("a", APART_SECONDS), 20),
                                "b", withPauses(items("b", 0), 30)))
                .withClock(world.clock());
    }

    private static List<Object> withPauses(List<Object> items, long millis) {
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < items.size(); i += 4) {
            all.addAll(items.subList(i, i + 4));
            all.add(pause(Duration.ofMillis(millis)));
        }
        return all;
    }

    private static Stream<String> timed(Stream<String> stream) {
        return stream.watermark("time", HeldItemsSpec::at, IN_ORDER);
    }

    private static Stream<String> called(Stream<String> stream) {
        return stream.mapAsync(
                "call",
                item -> CompletableFuture.supplyAsync(() -> item),
                AsyncOptions.defaults().withInFlightMax(8));
    }

    private interface Flow {
        Stream<String> in(Dataflow flow);
    }

    private static void expectNothingLate(SpecWorld world, int count, Flow steps) throws Exception {
        var flow = Dataflow.named("flow");
        var late = new TestSink<String>();
        var counts = new TestSink<Long>();
        WindowOut<String, String, Long> windows =
                steps.in(flow)
                        .keyOn("key", HeldItemsSpec::partition)
                        .countWindow(
                                "windows",
                                StreamClock.of(HeldItemsSpec::at),
                                TumblingWindower.of(Duration.ofSeconds(5)));
        windows.late().map("late-item", (key, value) -> value.value()).output("late", late);
        windows.down().map("count", (key, window) -> window.value()).output("counts", counts);

        world.run(flow);

        assertThat(late.committed()).as("late").isEmpty();
        assertThat(counts.committed().stream().mapToLong(Long::longValue).sum())
                .as("counted")
                .isEqualTo(count);
    }

    // ---- the steps

    private static Stream<String> batch(Stream<String> items) {
        return items.flatMapBatch("batch", List::copyOf);
    }

    private static Stream<String> batchTriedAgain(Stream<String> items) {
        Set<String> failed = ConcurrentHashMap.newKeySet();
        return items.flatMapBatch("batch", (List<String> all) -> once(failed, all))
                .onFailure(RETRY);
    }

    private static List<String> once(Set<String> failed, List<String> all) throws IOException {
        if (all.get(0).endsWith("3") && failed.add(all.get(0))) {
            throw new IOException("once");
        }
        return List.copyOf(all);
    }

    private static Stream<String> triedAgain(Stream<String> items) {
        return items.map("risky", failingOnce()).onFailure(RETRY);
    }

    private static Mapper<String, String> failingOnce() {
        Set<String> failed = ConcurrentHashMap.newKeySet();
        return item -> once(failed, List.of(item)).get(0);
    }

    private static Stream<String> statefulBatch(Stream<String> items) {
        return items.keyOn("batch-key", HeldItemsSpec::partition)
                .<String, Integer>statefulBatch("batch", (context, state) -> new PassingLogic())
                .map("value", (key, item) -> item);
    }

    private static Stream<String> keyedBatch(Stream<String> items) {
        return items.keyOn("batch-key", HeldItemsSpec::partition)
                .transform("batch", new KeyedBatchKernel())
                .map("value", (key, item) -> item);
    }

    private static Stream<String> sideOutput(Stream<String> items) {
        Port<String> side = Port.named("side");
        return items.transform("side", new SideBatchKernel(side), side).side(side);
    }

    private static Stream<String> deadLetters(Stream<String> items) {
        return items.<String>map("bad", item -> failWith("bad"))
                .onFailure(AT_ONCE.withDeadLetters())
                .deadLetters()
                .map("item", letter -> (String) letter.item());
    }

    private static Stream<String> deadLettersOfASink(Stream<String> items) {
        return deadLettersOfASink(items, FailurePolicy.deadLetter());
    }

    private static Stream<String> deadLettersOfASink(Stream<String> items, FailurePolicy policy) {
        DynamicSink<String> refusing =
                (stepId, worker, workers) ->
                        batch -> {
                            throw new IOException("refused");
                        };
        OutputStep sink =
                items.output("refusing", refusing)
                        .batched(BatchOptions.upTo(7, Duration.ofMillis(20)));
        return sink.onFailure(policy).deadLetters().map("item", letter -> (String) letter.item());
    }

    private static Stream<String> twoWays(Stream<String> items) {
        return items.flatMapBatch("first", List::copyOf)
                .merge("nothing-more", items.filter("nothing", item -> false))
                .flatMapBatch("second", List::copyOf);
    }

    private static Stream<String> collected(Stream<String> items) {
        return items.keyOn("list-key", HeldItemsSpec::partition)
                .collect("list", CollectOptions.upTo(100, Duration.ofMillis(5)))
                .map("list-value", (key, list) -> list)
                .flatMap("items", list -> list);
    }

    @Test
    void watermarkStaysBehindABatch() {
        marksStayBehind(HeldItemsSpec::batch);
    }

    @Test
    void watermarkStaysBehindABatchThatIsTriedAgain() {
        marksStayBehind(HeldItemsSpec::batchTriedAgain);
    }

    @Test
    void watermarkStaysBehindAnItemThatIsTriedAgain() {
        marksStayBehind(items -> batch(triedAgain(items)));
    }

    @Test
    void watermarkStaysBehindABatchOfAKey() {
        marksStayBehind(HeldItemsSpec::statefulBatch);
    }

    @Test
    void watermarkStaysBehindWhatAKeyedKernelHolds() {
        marksStayBehind(HeldItemsSpec::keyedBatch);
    }

    @Test
    void watermarkStaysBehindASideOutput() {
        marksStayBehind(HeldItemsSpec::sideOutput);
    }

    @Test
    void watermarkStaysBehindDeadLetters() {
        marksStayBehind(items -> batch(deadLetters(items)));
    }

    @Test
    void watermarkStaysBehindDeadLettersOfASink() {
        marksStayBehind(HeldItemsSpec::deadLettersOfASink);
    }

    @Test
    void watermarkStaysBehindAnExchange() {
        marksStayBehind(items -> batch(items.redistribute("spread")));
    }

    @Test
    void watermarkStaysBehindBothWaysToAMerge() {
        marksStayBehind(HeldItemsSpec::twoWays);
    }

    @Test
    void watermarkStaysBehindAnotherCall() {
        marksStayBehind(
                items ->
                        batch(
                                items.mapAsync(
                                        "second",
                                        item -> CompletableFuture.supplyAsync(() -> item),
                                        AsyncOptions.defaults()
                                                .withOrder(AsyncOptions.Order.AS_COMPLETED))));
    }

    @Test
    void batchKeepsThePartitionsOfItsItems() {
        partitionsAreKept(ANY_WORKERS, HeldItemsSpec::batch);
    }

    @Test
    void batchThatIsTriedAgainKeepsThePartitionsOfItsItems() {
        partitionsAreKept(ANY_WORKERS, HeldItemsSpec::batchTriedAgain);
    }

    @Test
    void itemThatIsTriedAgainKeepsItsPartition() {
        partitionsAreKept(ANY_WORKERS, items -> batch(triedAgain(items)));
    }

    @Test
    void callKeepsThePartitionOfItsItem() {
        partitionsAreKept(ANY_WORKERS, items -> batch(called(items)));
    }

    @Test
    void sideOutputKeepsThePartitionsOfItsItems() {
        partitionsAreKept(ANY_WORKERS, HeldItemsSpec::sideOutput);
    }

    @Test
    void deadLetterKeepsThePartitionOfItsItem() {
        partitionsAreKept(ANY_WORKERS, items -> batch(deadLetters(items)));
    }

    @Test
    void deadLetterOfASinkKeepsThePartitionOfItsItem() {
        partitionsAreKept(ANY_WORKERS, HeldItemsSpec::deadLettersOfASink);
    }

    @Test
    void deadLetterOfASinkThatHasTriedAgainKeepsThePartitionOfItsItem() {
        partitionsAreKept(
                ANY_WORKERS, items -> batch(deadLettersOfASink(items, RETRY.withDeadLetters())));
    }

    @Test
    void mergeWithinAStageKeepsThePartitionsOfItsItems() {
        partitionsAreKept(ANY_WORKERS, HeldItemsSpec::twoWays);
    }

    @Test
    void keyedKernelKeepsThePartitionsOfItsItems() {
        partitionsAreKept(ANY_WORKERS, HeldItemsSpec::keyedBatch);
    }

    @Test
    void batchOfAKeyIsOfThePartitionOfItsItems() {
        partitionsAreKept(ONE_WORKER, HeldItemsSpec::statefulBatch);
    }

    @Test
    void whatAKeyEmitsByTimeIsOfThePartitionOfItsLastItem() {
        partitionsAreKeptWhicheverIsReadLast(items -> batch(collected(items)));
    }

    @Test
    void batchOfAKeyIsOfThePartitionOfItsItemsWhicheverIsReadLast() {
        partitionsAreKeptWhicheverIsReadLast(HeldItemsSpec::statefulBatch);
    }

    @Test
    void keyedKernelKeepsThePartitionsOfItsItemsWhicheverIsReadLast() {
        partitionsAreKeptWhicheverIsReadLast(HeldItemsSpec::keyedBatch);
    }

    @Test
    void mergeOfTwoSourcesKeepsThePartitionsOfItsItems() {
        inModes(
                ANY_WORKERS,
                world ->
                        expectNothingLate(
                                world,
                                3 * ITEMS,
                                flow ->
                                        timed(
                                                batch(
                                                        flow.input("in", apart(world))
                                                                .merge(
                                                                        "both",
                                                                        flow.input(
                                                                                "other",
                                                                                TestSource
                                                                                        .<String>
                                                                                                ofElements(
                                                                                                        items(
                                                                                                                "c",
                                                                                                                500))))))));
    }

    private static final class PassingLogic implements StatefulBatchLogic<String, String, Integer> {

        @Override
        public Retain onBatch(List<String> items, Outputs<? super String> out) {
            items.forEach(out::emit);
            return Retain.KEEP;
        }

        @Override
        public Integer snapshot() {
            return 0;
        }
    }

    /** Puts items aside and emits them at the end of the activation. */
    private static final class KeyedBatchKernel implements KeyedKernel<String, String, String> {

        private static final long serialVersionUID = 1L;

        private final List<String> held = new ArrayList<>();

        @Override
        public void onItem(String key, String item, KeyedOutputs<String, ? super String> out) {
            held.add(item);
        }

        @Override
        public void onActivationEnd(KeyedOutputs<String, ? super String> out) {
            held.forEach(item -> out.emit(partition(item), item));
            held.clear();
        }
    }

    /** The same, to a side output. */
    private static final class SideBatchKernel implements Kernel<String, String> {

        private static final long serialVersionUID = 1L;

        private final Port<String> side;
        private List<String> held = new ArrayList<>();

        SideBatchKernel(Port<String> side) {
            this.side = side;
        }

        @Override
        public void onItem(String item, Outputs<? super String> out) {
            held.add(item);
        }

        @Override
        public void onActivationEnd(Outputs<? super String> out) {
            held.forEach(item -> out.emit(side, item));
            held = new ArrayList<>();
        }
    }
}
