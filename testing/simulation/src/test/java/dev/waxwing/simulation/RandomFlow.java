package dev.waxwing.simulation;

import dev.waxwing.Dataflow;
import dev.waxwing.KeyedStream;
import dev.waxwing.Stream;
import dev.waxwing.Stream.Branches;
import dev.waxwing.step.AsyncOptions;
import dev.waxwing.step.DeadLetter;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.step.WatermarkOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A dataflow of random steps on random input whose results depend neither on time nor on the order
 * of items of different keys. The same seed makes the same dataflow.
 */
final class RandomFlow {

    /*
     * For each open end it is known whether the order of items within a key is promised: it is as long as all items of
     * a key take one way. Merging, spreading, a new key and calls whose results come as they complete lose it; then only
     * steps whose results do not depend on the order may follow.
     */
    private static final int STEPS_MAX = 12;
    private static final int INPUTS_MAX = 3;
    private static final int KEYS_MAX = 8;
    private static final int ITEMS_MAX = 40;
    private static final int COPIES_MAX = 8;

    private final Chance chance;
    private final FlowParts parts;
    private final Dataflow flow = Dataflow.named("random");
    private final List<End> ends = new ArrayList<>();
    private final List<Boolean> ordered = new ArrayList<>();
    private int steps;

    private RandomFlow(Chance chance, FlowParts parts) {
        this.chance = chance;
        this.parts = parts;
    }

    /**
     * A dataflow and, for each of its sinks in the order in which they were made, whether the order
     * within a key is promised.
     */
    record Built(Dataflow flow, List<Boolean> ordered) {}

    static Built of(long seed, FlowParts parts) {
        return new RandomFlow(new Chance(seed), parts).build();
    }

    /**
     * A stream that something can be done with.
     *
     * @param copies how often an item of the input may be in it
     */
    private record End(Stream<Item> stream, boolean ordered, int copies) {

        End with(Stream<Item> next) {
            return new End(next, ordered, copies);
        }

        End unordered(Stream<Item> next) {
            return new End(next, false, copies);
        }
    }

    private Built build() {
        for (int i = chance.between(1, INPUTS_MAX); i > 0; i--) {
            ends.add(new End(flow.input(name("in"), parts.source(input())), true, 1));
        }
        for (int i = chance.below(STEPS_MAX + 1); i > 0; i--) {
            End end = ends.remove(chance.below(ends.size()));
            if (chance.oneIn(6)) {
                ends.add(end);
            }
            add(end);
        }
        ends.forEach(this::output);
        return new Built(flow, ordered);
    }

    private Map<String, List<Item>> input() {
        int keys = chance.between(1, KEYS_MAX);
        int partitions = chance.between(1, 4);
        Map<String, List<Item>> input = new LinkedHashMap<>();
        for (int i = 0; i < partitions; i++) {
            input.put("p" + i, new ArrayList<>());
        }
        for (int i = chance.below(ITEMS_MAX); i > 0; i--) {
            int key = chance.below(keys);
            input.get("p" + key % partitions).add(new Item("k" + key, chance.below(30)));
        }
        return input;
    }

    private void add(End end) {
        switch (chance.below(14)) {
            case 0, 1 -> ends.add(end.with(stateless(end.stream)));
            case 2 -> addCopies(end);
            case 3 -> addBranches(end);
            case 4 -> addDeadLetters(end);
            case 5 -> addMerge(end);
            case 6 -> ends.add(end.unordered(end.stream.redistribute(name("spread"))));
            case 7 -> addAsync(end);
            case 8 -> addOtherKeys(end);
            case 9 -> ends.add(end.with(watermark(end.stream)));
            default -> addKeyed(end);
        }
    }

    private Stream<Item> stateless(Stream<Item> stream) {
        long number = chance.between(2, 5);
        return switch (chance.below(5)) {
            case 0 -> stream.map(name("add"), item -> item.plus(number));
            case 1 -> stream.filter(name("keep"), item -> item.value() % number != 0);
            case 2 ->
                    stream.filterMap(
                            name("keep-map"),
                            item -> item.value() % number == 1 ? null : item.plus(1));
            case 3 ->
                    stream.flatMapBatch(
                            name("batch"),
                            batch -> batch.stream().map(item -> item.plus(number)).toList());
            default -> stream.inspect(name("look"), (step, item) -> {});
        };
    }

    private void addCopies(End end) {
        if (end.copies * 2 > COPIES_MAX) {
            ends.add(end);
            return;
        }
        Stream<Item> copied =
                end.stream.flatMap(
                        name("copy"),
                        item -> item.value() % 3 == 0 ? List.of() : List.of(item, item.plus(7)));
        ends.add(new End(copied, end.ordered, end.copies * 2));
    }

    private void addBranches(End end) {
        int number = chance.between(2, 4);
        Branches<Stream<Item>> branches =
                end.stream.branch(name("branch"), item -> item.value() % number == 0);
        ends.add(end.with(branches.trues()));
        ends.add(end.with(branches.falses()));
    }

    private void addDeadLetters(End end) {
        int number = chance.between(3, 6);
        FailurePolicy policy =
                chance.oneIn(2)
                        ? FailurePolicy.deadLetter()
                        : FailurePolicy.retry(chance.between(1, 3))
                                .withBackOff(Duration.ofMillis(3), Duration.ofMillis(50))
                                .withDeadLetters();
        Stream<Item> risky =
                end.stream.map(name("risky"), item -> checked(item, number)).onFailure(policy);
        ends.add(end.with(risky));
        ends.add(end.with(risky.deadLetters().map(name("dead"), RandomFlow::itemOf)));
    }

    private static Item checked(Item item, int number) {
        if (item.value() % number == 2) {
            throw new IllegalStateException("not " + item);
        }
        return item;
    }

    private static Item itemOf(DeadLetter letter) {
        return ((Item) letter.item()).plus(1_000);
    }

    private void addMerge(End end) {
        End other = ends.isEmpty() ? end : ends.remove(chance.below(ends.size()));
        if (end.copies + other.copies > COPIES_MAX) {
            ends.add(end);
            ends.add(other);
            return;
        }
        ends.add(
                new End(
                        end.stream.merge(name("merge"), other.stream),
                        false,
                        end.copies + other.copies));
    }

    private void addAsync(End end) {
        AsyncOptions.Order order =
                chance.oneOf(AsyncOptions.Order.KEPT, AsyncOptions.Order.AS_COMPLETED);
        AsyncOptions options =
                AsyncOptions.defaults()
                        .withInFlightMax(chance.oneOf(1, 2, 10))
                        .withTimeout(Duration.ofDays(365))
                        .withOrder(order);
        Stream<Item> called = end.stream.mapAsync(name("call"), parts.later(), options);
        ends.add(order == AsyncOptions.Order.KEPT ? end.with(called) : end.unordered(called));
    }

    private void addOtherKeys(End end) {
        int number = chance.between(1, 3);
        if (chance.oneIn(2)) {
            ends.add(
                    end.unordered(
                            end.stream.map(
                                    name("coarser"),
                                    item -> new Item("m" + item.value() % number, item.value()))));
        } else {
            ends.add(
                    end.with(
                            end.stream.map(
                                    name("finer"),
                                    item ->
                                            new Item(
                                                    item.key() + "." + item.value() % number,
                                                    item.value()))));
        }
    }

    private Stream<Item> watermark(Stream<Item> stream) {
        return stream.watermark(
                name("watermark"),
                item -> Instant.ofEpochSecond(item.value() % 1_000_000_000),
                WatermarkOptions.outOfOrderBy(Duration.ofSeconds(chance.below(3)))
                        .withIdleTimeout(Duration.ofMillis(chance.between(1, 100))));
    }

    private void addKeyed(End end) {
        KeyedStream<String, Item> keyed = end.stream.keyOn(name("key"), Item::key);
        if (chance.oneIn(3)) {
            long number = chance.between(1, 5);
            keyed = keyed.mapValue(name("value"), item -> item.plus(number));
        }
        if (chance.oneIn(6)) {
            keyed = keyed.keyOn(name("other-key"), (key, item) -> key + "." + item.key());
        }
        boolean isOrdered = end.ordered;
        if (chance.oneIn(6)) {
            keyed = keyed.redistribute(name("spread-keys"));
            isOrdered = false;
        }
        if (isOrdered && end.copies * 2 <= COPIES_MAX && chance.oneIn(4)) {
            for (KeyedStream<String, Item> result :
                    new RandomWindows(chance, this::name).add(keyed)) {
                Stream<Item> items = result.map(name("pair"), (key, item) -> item);
                ends.add(new End(items, true, end.copies * 2));
            }
            return;
        }
        RandomStateful stateful = new RandomStateful(chance, this::name);
        for (RandomStateful.Result result : stateful.add(keyed, isOrdered)) {
            ends.add(
                    new End(
                            result.stream().map(name("pair"), (key, item) -> item),
                            result.ordered(),
                            end.copies));
        }
    }

    private void output(End end) {
        ordered.add(end.ordered);
        if (chance.oneIn(3)) {
            end.stream
                    .keyOn(name("out-key"), Item::key)
                    .output(name("out"), parts.sink(chance.between(1, 3)));
        } else {
            end.stream.output(name("out"), parts.sink(1));
        }
    }

    private String name(String what) {
        return what + "-" + steps++;
    }
}
