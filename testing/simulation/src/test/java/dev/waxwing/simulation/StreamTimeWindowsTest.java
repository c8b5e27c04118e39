package dev.waxwing.simulation;

import dev.waxwing.Dataflow;
import dev.waxwing.Keyed;
import dev.waxwing.step.WatermarkOptions;
import dev.waxwing.windowing.StreamClock;
import dev.waxwing.windowing.TumblingWindower;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Windows in the time of the stream are the same with any number of workers, and any crash. */
final class StreamTimeWindowsTest {

    private static final int WINDOW_SECONDS = 10;
    private static final int OUT_OF_ORDER_SECONDS = 7;
    private static final Duration NEVER = Duration.ofDays(1_000_000);

    @SimulationTest(seeds = 1_500)
    void historyGivesTheSameWindowsWhateverHappens(Simulation world) {
        Map<String, List<Item>> partitions = history(world.chance());
        var flow = Dataflow.named("history");
        flow.input("in", world.partitions(partitions))
                .watermark(
                        "time",
                        item -> Instant.ofEpochSecond(item.value()),
                        WatermarkOptions.outOfOrderBy(Duration.ofSeconds(OUT_OF_ORDER_SECONDS))
                                .withIdleTimeout(NEVER))
                .keyOn("key", Item::key)
                .foldWindow(
                        "sum",
                        StreamClock.of((Item item) -> Instant.ofEpochSecond(item.value())),
                        TumblingWindower.of(Duration.ofSeconds(WINDOW_SECONDS)),
                        () -> 0L,
                        (sum, item) -> sum + item.value(),
                        Long::sum)
                .down()
                .<Keyed<String, List<Long>>>map(
                        "pair",
                        (key, result) ->
                                new Keyed<>(key, List.of(result.windowId(), result.value())))
                .output("out", world.sink());

        world.run(flow).expectInOrderPerKey(windows(partitions));
    }

    /** Time goes on in each partition, but for what may be out of order. */
    private static Map<String, List<Item>> history(Chance chance) {
        Map<String, List<Item>> partitions = new LinkedHashMap<>();
        for (int i = chance.between(1, 4); i > 0; i--) {
            List<Item> items = new ArrayList<>();
            long second = chance.below(30);
            for (int j = chance.below(40); j > 0; j--) {
                second += chance.below(6);
                long behind = chance.below(OUT_OF_ORDER_SECONDS + 1);
                items.add(new Item("k" + chance.below(5), second - behind));
            }
            partitions.put("p" + i, items);
        }
        return partitions;
    }

    private static Map<String, List<List<Long>>> windows(Map<String, List<Item>> partitions) {
        Map<String, TreeMap<Long, Long>> sums = new LinkedHashMap<>();
        for (List<Item> items : partitions.values()) {
            for (Item item : items) {
                sums.computeIfAbsent(item.key(), key -> new TreeMap<>())
                        .merge(
                                Math.floorDiv(item.value(), (long) WINDOW_SECONDS),
                                item.value(),
                                Long::sum);
            }
        }
        Map<String, List<List<Long>>> windows = new LinkedHashMap<>();
        sums.forEach(
                (key, byWindow) -> {
                    List<List<Long>> of = new ArrayList<>();
                    byWindow.forEach((id, sum) -> of.add(List.of(id, sum)));
                    windows.put(key, of);
                });
        return windows;
    }
}
