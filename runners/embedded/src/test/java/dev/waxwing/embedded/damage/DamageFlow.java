package dev.waxwing.embedded.damage;

import dev.waxwing.Dataflow;
import dev.waxwing.KeyedStream;
import dev.waxwing.Stream;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.step.AsyncOptions;
import dev.waxwing.step.WatermarkOptions;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestSource;
import dev.waxwing.windowing.StreamClock;
import dev.waxwing.windowing.TumblingWindower;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** A dataflow that keeps a little of all that a store may have. */
final class DamageFlow {

    private static final int ITEMS = 40;
    private static final int KEYS = 3;
    private static final int WINDOW_SECONDS = 7;

    private DamageFlow() {}

    /**
     * An item; its partition is a part of its key, so that what comes out does not depend on time.
     */
    record Item(String part, int number) {

        String key() {
            return part + "-" + number % KEYS;
        }

        Instant at() {
            return Instant.ofEpochSecond(number);
        }
    }

    /**
     * @param sum name of the step that keeps sums
     * @param former name that it had before, or none
     */
    static Dataflow over(World world, String sum, String former) {
        Dataflow flow = Dataflow.named("damage");
        Map<String, List<?>> parts = Map.of("p0", elements("p0"), "p1", elements("p1"));
        Stream<Item> items =
                flow.input("in", TestSource.<Item>partitions(parts))
                        .watermark(
                                "time",
                                Item::at,
                                WatermarkOptions.outOfOrderBy(Duration.ofSeconds(3))
                                        .withIdleTimeout(Duration.ofHours(1)))
                        .mapAsync(
                                "call",
                                item ->
                                        world.answers()
                                                ? CompletableFuture.completedFuture(item)
                                                : new CompletableFuture<Item>(),
                                AsyncOptions.defaults().withInFlightMax(8));
        KeyedStream<String, String> sums =
                items.keyOn("sum-key", Item::key).statefulMap(sum, DamageFlow::add);
        (former.isEmpty() ? sums : sums.formerly(former)).output("log", world.logSink());
        items.keyOn("window-key", Item::key)
                .countWindow(
                        "counts",
                        StreamClock.of(Item::at),
                        TumblingWindower.of(Duration.ofSeconds(WINDOW_SECONDS)))
                .down()
                .map("pair", (key, count) -> "window " + key + " " + count.value())
                .output("rows", world.rowSink());
        return flow;
    }

    /* With pauses, so that the partitions are read in turns. */
    private static List<Object> elements(String part) {
        List<Object> elements = new ArrayList<>();
        for (int number = 0; number < ITEMS; number++) {
            elements.add(new Item(part, number));
            if (number % 4 == 3) {
                elements.add(TestItems.pause(Duration.ofMillis(1)));
            }
        }
        return elements;
    }

    private static StateUpdate<Long, String> add(Long before, Item item) {
        long sum = (before == null ? 0 : before) + item.number();
        return StateUpdate.keep(sum, "sum " + item.key() + " " + sum);
    }

    /** What a run from the beginning to the end writes, by definition. */
    static List<String> expected() {
        List<String> all = new ArrayList<>();
        for (String part : List.of("p0", "p1")) {
            Map<String, Long> sums = new TreeMap<>();
            Map<String, Integer> counts = new TreeMap<>();
            for (int number = 0; number < ITEMS; number++) {
                String key = new Item(part, number).key();
                sums.merge(key, (long) number, Long::sum);
                all.add("sum " + key + " " + sums.get(key));
                counts.merge(key + " " + number / WINDOW_SECONDS, 1, Integer::sum);
            }
            counts.forEach(
                    (window, count) ->
                            all.add(
                                    "window "
                                            + window.substring(0, window.indexOf(' '))
                                            + " "
                                            + count));
        }
        all.sort(null);
        return all;
    }
}
