package dev.waxwing.testing.operators;

import dev.waxwing.Keyed;
import dev.waxwing.KeyedStream;
import dev.waxwing.WindowOut;
import dev.waxwing.testing.operators.FoldWindowSpec.Event;
import dev.waxwing.windowing.Clock;
import dev.waxwing.windowing.EventClock;
import dev.waxwing.windowing.SessionWindower;
import dev.waxwing.windowing.SlidingWindower;
import dev.waxwing.windowing.TumblingWindower;
import dev.waxwing.windowing.WindowResult;
import dev.waxwing.windowing.Windower;
import java.time.Duration;
import java.time.Instant;

/** What the specs of windows have in common: events, clocks, windows of ten seconds, texts. */
final class WindowFlows {

    static final Instant ALIGN = Instant.parse("2022-01-01T00:00:00Z");
    static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);
    static final TumblingWindower TENS = TumblingWindower.of(seconds(10)).alignedTo(ALIGN);
    static final SlidingWindower FIVES =
            SlidingWindower.of(seconds(10), seconds(5)).alignedTo(ALIGN);
    static final SessionWindower SESSIONS = SessionWindower.of(seconds(10));

    private WindowFlows() {}

    static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    /** An event under the key {@code ALL}. */
    static Keyed<String, Event> event(String name, int second) {
        return event("ALL", name, second);
    }

    static Keyed<String, Event> event(String key, String name, int second) {
        return new Keyed<>(key, new Event(name, second));
    }

    /** Only values move the watermark, so that results do not depend on time. */
    static EventClock<Event> waiting(Duration outOfOrderness) {
        return EventClock.of(Event::at, outOfOrderness).withoutIdleAdvance();
    }

    static EventClock<Event> inOrder() {
        return waiting(Duration.ZERO);
    }

    /**
     * Results as {@code id value}, with their timing if it is not on time; withdrawals as {@code id
     * into id}.
     */
    static <K, V, R> KeyedStream<K, String> results(WindowOut<K, V, R> out) {
        return out.down().mapValue("result", WindowFlows::text);
    }

    private static String text(WindowResult<?> result) {
        if (result instanceof WindowResult.Withdrawal<?> withdrawal) {
            return withdrawal.windowId() + " into " + withdrawal.mergedInto();
        }
        String timing = result.timing() == WindowResult.Timing.ON_TIME ? "" : " " + result.timing();
        return result.windowId() + " " + result.value() + timing;
    }

    /** Bounds of windows as {@code id [open, close]}, in seconds, and what was merged into them. */
    static <K, V, R> KeyedStream<K, String> bounds(WindowOut<K, V, R> out) {
        return out.meta()
                .mapValue(
                        "bounds",
                        window ->
                                window.windowId()
                                        + " ["
                                        + second(window.open())
                                        + ", "
                                        + second(window.close())
                                        + "]"
                                        + (window.mergedIds().isEmpty()
                                                ? ""
                                                : " " + window.mergedIds()));
    }

    private static long second(Instant instant) {
        return Duration.between(ALIGN, instant).toSeconds();
    }

    /** Late values as {@code id name}. */
    static <K, R> KeyedStream<K, String> late(WindowOut<K, Event, R> out) {
        return out.late().mapValue("late", late -> late.windowId() + " " + late.value().name());
    }

    /** The names of a window's events, one after the other. */
    static <K> WindowOut<K, Event, String> names(
            KeyedStream<K, Event> events, Clock<Event, ?> clock, Windower<?> windower) {
        return events.foldWindow(
                "names",
                clock,
                windower,
                () -> "",
                (names, event) -> names + event.name(),
                (left, right) -> left + right);
    }
}
