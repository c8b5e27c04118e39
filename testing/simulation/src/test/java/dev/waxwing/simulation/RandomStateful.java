package dev.waxwing.simulation;

import dev.waxwing.KeyedStream;
import dev.waxwing.function.Order;
import dev.waxwing.function.TypeRef;
import dev.waxwing.kernel.Port;
import dev.waxwing.state.StateMapper;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.state.StatefulSpec;
import dev.waxwing.step.CollectOptions;
import dev.waxwing.step.StateOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Adds a random stateful step with results that are the same each time. */
final class RandomStateful {

    private static final Duration NEVER = Duration.ofDays(1_000_000);

    private final Chance chance;
    private final UnaryOperator<String> names;

    RandomStateful(Chance chance, UnaryOperator<String> names) {
        this.chance = chance;
        this.names = names;
    }

    /** What has come out, and whether the order within a key is promised. */
    record Result(KeyedStream<String, Item> stream, boolean ordered) {}

    List<Result> add(KeyedStream<String, Item> keyed, boolean ordered) {
        if (ordered && chance.oneIn(2)) {
            return List.of(new Result(inOrder(keyed), true));
        }
        if (chance.oneIn(6)) {
            return withSide(keyed, ordered);
        }
        if (chance.oneIn(2)) {
            return List.of(new Result(atTheEnd(keyed), true));
        }
        return List.of(new Result(inAnyOrder(keyed), ordered));
    }

    /** Steps whose results follow from the order of a key's values. */
    private KeyedStream<String, Item> inOrder(KeyedStream<String, Item> keyed) {
        int number = chance.between(2, 4);
        return switch (chance.below(6)) {
            case 0 -> keyed.statefulMap(name("total"), RandomStateful::total);
            case 1 -> keyed.statefulMap(name("restart"), restarting(number));
            case 2 ->
                    keyed.statefulMap(
                            name("lasting"),
                            RandomStateful::total,
                            StateOptions.expireAfter(NEVER));
            case 3 -> keyed.stateful(name("pairs"), PairLogic.builder());
            case 4 -> keyed.statefulBatch(name("count"), CountingBatchLogic.builder());
            default ->
                    keyed.collect(name("collect"), CollectOptions.upTo(number, NEVER))
                            .mapValue(name("sum"), RandomStateful::sum);
        };
    }

    /** Steps that give every value once, in their order, at some time. */
    private KeyedStream<String, Item> inAnyOrder(KeyedStream<String, Item> keyed) {
        int millis = chance.oneOf(1, 10, 300);
        return switch (chance.below(4)) {
            case 0 -> keyed.stateful(name("delay"), DelayLogic.builder(millis));
            case 1 -> keyed.statefulFlatMap(name("distinct"), RandomStateful::distinct);
            case 2 -> keyed.stateful(name("sleepless"), DelayLogic.builder(-millis));
            default ->
                    keyed.collect(
                                    name("gather"),
                                    CollectOptions.upTo(
                                            chance.between(1, 5), Duration.ofMillis(millis)))
                            .flatMapValue(name("scatter"), items -> items);
        };
    }

    /** Steps that give one value a key, at the end of input. */
    private KeyedStream<String, Item> atTheEnd(KeyedStream<String, Item> keyed) {
        return switch (chance.below(4)) {
            case 0 -> items(keyed.countFinal(name("count")));
            case 1 ->
                    items(
                            keyed.foldFinal(
                                    name("fold"),
                                    () -> 0L,
                                    (sum, item) -> sum + item.value() * item.value()));
            case 2 ->
                    keyed.maxFinal(name("max"), Order.by(Item::value))
                            .state(TypeRef.of(Item.class));
            default -> keyed.reduceFinal(name("sum"), (left, right) -> left.plus(right.value()));
        };
    }

    private List<Result> withSide(KeyedStream<String, Item> keyed, boolean ordered) {
        Port<Item> odd = Port.named("odd");
        StatefulLogic.Builder<String, Item, Item, Long> builder =
                (context, seen) -> new PartingLogic(odd, seen);
        KeyedStream<String, Item> even =
                keyed.stateful(
                        name("part"),
                        StatefulSpec.of("seen", builder)
                                .withStateType(TypeRef.of(Long.class))
                                .withSidePorts(odd));
        return List.of(new Result(even, ordered), new Result(even.side(odd), ordered));
    }

    private static StateUpdate<Long, Item> total(Long total, Item item) {
        long sum = (total == null ? 0 : total) + item.value();
        return StateUpdate.keep(sum, new Item(item.key(), sum));
    }

    private static StateMapper<Long, Item, Item> restarting(int number) {
        return (seen, item) -> {
            long count = (seen == null ? 0 : seen) + 1;
            return count == number
                    ? StateUpdate.discard(item.plus(100))
                    : StateUpdate.keep(count, item.plus(count));
        };
    }

    /** The values that were seen, as the state of a user might be. */
    record Seen(List<Long> values) {}

    private static StateUpdate<Seen, List<Item>> distinct(Seen seen, Item item) {
        if (seen == null) {
            return StateUpdate.keep(new Seen(List.of(item.value())), List.of(item));
        }
        if (seen.values().contains(item.value())) {
            return StateUpdate.keep(seen, List.of());
        }
        List<Long> more = new ArrayList<>(seen.values());
        more.add(item.value());
        return StateUpdate.keep(new Seen(more), List.of(item));
    }

    private static Item sum(List<Item> items) {
        return new Item(items.get(0).key(), items.stream().mapToLong(Item::value).sum());
    }

    private KeyedStream<String, Item> items(KeyedStream<String, Long> numbers) {
        return numbers.map(name("number"), (key, number) -> new Item(key, number))
                .keyOn(name("again"), Item::key);
    }

    private String name(String what) {
        return names.apply(what);
    }
}
