package dev.waxwing.simulation;

import dev.waxwing.KeyedStream;
import dev.waxwing.Stream;
import dev.waxwing.WindowOut;
import dev.waxwing.function.Order;
import dev.waxwing.windowing.CountWindower;
import dev.waxwing.windowing.EventClock;
import dev.waxwing.windowing.Into;
import dev.waxwing.windowing.SessionWindower;
import dev.waxwing.windowing.SlidingWindower;
import dev.waxwing.windowing.TumblingWindower;
import dev.waxwing.windowing.WindowOptions;
import dev.waxwing.windowing.WindowResult;
import dev.waxwing.windowing.Windower;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Adds a random window step whose results follow from the order of a key's values alone, at most
 * two for each value.
 */
final class RandomWindows {

    private static final Duration NEVER = Duration.ofDays(1_000_000);

    private final Chance chance;
    private final UnaryOperator<String> names;

    RandomWindows(Chance chance, UnaryOperator<String> names) {
        this.chance = chance;
        this.names = names;
    }

    /** Results, late values and bounds. */
    List<KeyedStream<String, Item>> add(KeyedStream<String, Item> keyed) {
        EventClock<Item> clock =
                EventClock.<Item>of(
                                item -> Instant.ofEpochSecond(item.value() % 1_000),
                                Duration.ofSeconds(chance.oneOf(0, 1, 5, 20)))
                        .withoutIdleAdvance();
        boolean overlapping = chance.oneIn(3);
        WindowOut<String, Item, ?> out =
                step(keyed, clock, windower(overlapping)).with(options(overlapping));
        return List.of(
                again(
                        out.down()
                                .map(
                                        name("result"),
                                        (key, result) ->
                                                new Item(
                                                        key,
                                                        result.windowId() * 31
                                                                + result.timing().name().length()
                                                                        * 7L
                                                                + content(result).hashCode()))),
                again(
                        out.late()
                                .map(
                                        name("late"),
                                        (key, late) -> late.value().plus(late.windowId()))),
                again(
                        out.meta()
                                .map(
                                        name("meta"),
                                        (key, window) ->
                                                new Item(
                                                        key,
                                                        window.windowId()
                                                                + window.mergedIds().size()))));
    }

    private static String content(WindowResult<?> result) {
        return result instanceof WindowResult.Withdrawal<?> withdrawal
                ? "merged into " + withdrawal.mergedInto()
                : String.valueOf(result.value());
    }

    private WindowOut<String, Item, ?> step(
            KeyedStream<String, Item> keyed, EventClock<Item> clock, Windower<?> windower) {
        return switch (chance.below(4)) {
            case 0 -> keyed.countWindow(name("count-window"), clock, windower);
            case 1 ->
                    keyed.foldWindow(
                            name("fold-window"),
                            clock,
                            windower,
                            () -> "",
                            (text, item) -> text + " " + item.value(),
                            (left, right) -> left + right);
            case 2 -> keyed.maxWindow(name("max-window"), clock, windower, Order.by(Item::value));
            default -> keyed.collectWindow(name("collect-window"), clock, windower, Into.list());
        };
    }

    private Windower<?> windower(boolean overlapping) {
        int length = chance.between(1, 20);
        if (overlapping) {
            return chance.oneIn(3)
                    ? CountWindower.of(2).every(1)
                    : SlidingWindower.of(
                            Duration.ofSeconds(length), Duration.ofSeconds((length + 1) / 2));
        }
        return switch (chance.below(3)) {
            case 0 -> TumblingWindower.of(Duration.ofSeconds(length));
            case 1 -> SessionWindower.of(Duration.ofSeconds(chance.below(6)));
            default -> CountWindower.of(chance.between(1, 4));
        };
    }

    private WindowOptions options(boolean overlapping) {
        WindowOptions options =
                (chance.oneIn(2) ? WindowOptions.ordered() : WindowOptions.unordered())
                        .withRetention(chance.oneIn(3) ? Duration.ZERO : NEVER);
        if (overlapping || chance.oneIn(2)) {
            return options;
        }
        return chance.oneIn(2)
                ? options.withEarlyResultEvery(chance.between(1, 3))
                : options.withAllowedLateness(Duration.ofSeconds(chance.oneOf(1, 5, 20)));
    }

    private KeyedStream<String, Item> again(Stream<Item> items) {
        return items.keyOn(name("again"), Item::key);
    }

    private String name(String what) {
        return names.apply(what);
    }
}
