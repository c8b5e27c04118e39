package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.pause;
import static dev.waxwing.testing.operators.WindowFlows.ALIGN;
import static dev.waxwing.testing.operators.WindowFlows.TENS;
import static dev.waxwing.testing.operators.WindowFlows.event;
import static dev.waxwing.testing.operators.WindowFlows.names;
import static dev.waxwing.testing.operators.WindowFlows.results;
import static dev.waxwing.testing.operators.WindowFlows.seconds;

import dev.waxwing.Keyed;
import dev.waxwing.state.LogicContext;
import dev.waxwing.testing.operators.FoldWindowSpec.Event;
import dev.waxwing.windowing.Clock;
import dev.waxwing.windowing.ClockLogic;
import dev.waxwing.windowing.EventClock;
import dev.waxwing.windowing.Into;
import dev.waxwing.windowing.Micros;
import dev.waxwing.windowing.SessionWindower;
import dev.waxwing.windowing.SystemClock;
import dev.waxwing.windowing.TumblingWindower;
import dev.waxwing.windowing.WindowOptions;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What moves time, on any runner. Durations are short where time is real. */
public abstract class WindowTimeSpec extends OperatorSpec {

    private static final Duration LATER = Duration.ofMillis(250);

    private static Keyed<String, String> all(String result) {
        return new Keyed<>("ALL", result);
    }

    /** A clock that stands at the alignment: only the end of input closes windows. */
    static <V> Clock<V, Long> always() {
        return new StandingClock<>();
    }

    private record StandingClock<V>() implements Clock<V, Long> {
        @Override
        public ClockLogic<V, Long> build(LogicContext<?> context, @Nullable Long resumeState) {
            return new StandingLogic<>();
        }
    }

    private static final class StandingLogic<V> implements ClockLogic<V, Long> {
        @Override
        public long onItem(V value) {
            return Micros.of(ALIGN);
        }

        @Override
        public long watermark() {
            return Micros.of(ALIGN);
        }

        @Override
        public Long snapshot() {
            return Micros.of(ALIGN);
        }
    }

    @Test
    void w01_systemClockPutsWhatIsReadAtOnceIntoOneSession() {
        given(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)
                .throughKeyed(
                        numbers ->
                                results(
                                        numbers.keyOn("key", number -> "ALL")
                                                .collectWindow(
                                                        "session",
                                                        SystemClock.now(),
                                                        SessionWindower.of(seconds(60)),
                                                        Into.list())))
                .expect(all("0 [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]"));
    }

    @Test
    void w33_systemTimeClosesWindowsWithoutInput() {
        expectClosedWhileSilent(SystemClock.now());
    }

    @Test
    void w34_windowOfASilentKeyClosesInTime() {
        expectClosedWhileSilent(EventClock.of(Event::at, Duration.ZERO));
    }

    /**
     * Another key's value tells that the window has closed before it, and closes nothing itself.
     */
    private void expectClosedWhileSilent(Clock<Event, ?> clock) {
        givenKeyed(event("slow", "a", 0), pause(LATER), event("other", "b", 0))
                .throughPlain(
                        events ->
                                names(events, clock, TumblingWindower.of(Duration.ofMillis(20)))
                                        .down()
                                        .map("pair", (key, result) -> key + " " + result.value())
                                        .merge("both", events.map("keys", (key, event) -> key)))
                .inModes(mode -> mode.isPlain() && mode.workers() == 1)
                .expect("slow", "slow a", "other", "other b");
    }

    @Test
    void w35_keysDoNotCloseEachOthersWindows() {
        givenKeyed(
                        event("a", "x", 1),
                        event("b", "y", 100),
                        event("a", "z", 2),
                        event("b", "y", 200))
                .through(events -> results(names(events, WindowFlows.inOrder(), TENS)))
                .expect(
                        new Keyed<>("a", "0 xz"),
                        new Keyed<>("b", "10 y"),
                        new Keyed<>("b", "20 y"));
    }

    @Test
    void w43_clockOfTheUsersKeepsItsStateOverACrash() {
        givenKeyed(event("a", 1), event("b", 2), event("c", 3), event("d", 4), event("e", 5))
                .through(
                        events ->
                                results(
                                        events.collectWindow(
                                                        "session",
                                                        new TickClock(),
                                                        SessionWindower.of(Duration.ZERO),
                                                        Into.map(Event::name, Event::second))
                                                .with(WindowOptions.unordered())))
                .expect(
                        all("0 {a=1}"),
                        all("1 {b=2}"),
                        all("2 {c=3}"),
                        all("3 {d=4}"),
                        all("4 {e=5}"));
    }

    /** Time goes on by a second with each value of the key, whatever it says. */
    private record TickClock() implements Clock<Event, Long> {
        @Override
        public ClockLogic<Event, Long> build(LogicContext<?> context, @Nullable Long resumeState) {
            return new TickLogic(resumeState == null ? 0 : resumeState);
        }
    }

    private static final class TickLogic implements ClockLogic<Event, Long> {

        private long ticks;

        TickLogic(long ticks) {
            this.ticks = ticks;
        }

        @Override
        public long onItem(Event value) {
            return Micros.of(Instant.ofEpochSecond(++ticks));
        }

        @Override
        public long watermark() {
            return Micros.of(Instant.ofEpochSecond(ticks));
        }

        @Override
        public Long snapshot() {
            return ticks;
        }
    }
}
