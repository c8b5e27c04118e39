package dev.waxwing.simulation.sink;

import dev.waxwing.engine.channel.Channels;
import dev.waxwing.engine.channel.Pace;
import dev.waxwing.engine.compile.Shape;
import dev.waxwing.engine.site.Openings;
import dev.waxwing.engine.site.Owners;
import dev.waxwing.simulation.Chance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run reads and how its executions are shaped.
 *
 * @param input by partition of the source: the key of each item
 * @param workers how many the first execution has; the others have others
 * @param epochMillis between the ends of epochs, 0 for after every batch
 */
record Settings(Map<String, List<String>> input, int workers, long epochMillis, int batchItems) {

    private static final int WORKERS_MAX = 3;
    private static final int LOOK_ITEMS = 2;

    static Settings of(Chance chance) {
        int keys = chance.between(2, 6);
        int items = chance.between(12, 30);
        int parts = chance.between(1, 3);
        Map<String, List<String>> input = new LinkedHashMap<>();
        for (int i = 0; i < parts; i++) {
            input.put("in-" + i, new ArrayList<>());
        }
        List<List<String>> lists = List.copyOf(input.values());
        for (int i = 0; i < items; i++) {
            int key = chance.below(keys);
            lists.get(key % parts).add("k" + key);
        }
        return new Settings(
                input,
                chance.between(1, WORKERS_MAX),
                chance.oneOf(0L, 0L, 2L, 20L),
                chance.between(1, 4));
    }

    /**
     * @param execution from 1
     */
    Shape shape(int execution) {
        return new Shape(
                workers(execution),
                epochMillis == 0,
                new Channels(2, batchItems, Pace.of(epochMillis).lookingEvery(LOOK_ITEMS)),
                new Shape.Chains(Shape.Stages.AS_NEEDED, false, true),
                Owners.BY_HASH,
                Openings.atOnce());
    }

    /** Another number than that of the execution before. */
    int workers(int execution) {
        return (workers + execution - 2) % WORKERS_MAX + 1;
    }

    /** The items of a source's partition in order, as they reach the sink. */
    List<SinkItem> items(String part) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        List<SinkItem> items = new ArrayList<>();
        for (String key : input.getOrDefault(part, List.of())) {
            items.add(new SinkItem(key, numbers.merge(key, 1L, Long::sum)));
        }
        return items;
    }

    /** All items. */
    List<SinkItem> items() {
        List<SinkItem> items = new ArrayList<>();
        input.keySet().forEach(part -> items.addAll(items(part)));
        return items;
    }
}
