package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.keyed;
import static dev.waxwing.testing.operators.WindowFlows.ALIGN;
import static dev.waxwing.testing.operators.WindowFlows.SESSIONS;
import static dev.waxwing.testing.operators.WindowFlows.TENS;
import static dev.waxwing.testing.operators.WindowFlows.event;
import static dev.waxwing.testing.operators.WindowFlows.inOrder;
import static dev.waxwing.testing.operators.WindowFlows.late;
import static dev.waxwing.testing.operators.WindowFlows.names;
import static dev.waxwing.testing.operators.WindowFlows.results;
import static dev.waxwing.testing.operators.WindowFlows.seconds;
import static dev.waxwing.testing.operators.WindowFlows.waiting;

import dev.waxwing.Keyed;
import dev.waxwing.KeyedStream;
import dev.waxwing.kernel.Emitter;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.operators.FoldWindowSpec.Event;
import dev.waxwing.windowing.Micros;
import dev.waxwing.windowing.WindowLogic;
import dev.waxwing.windowing.WindowOptions;
import dev.waxwing.windowing.WindowResult;
import dev.waxwing.windowing.Windower;
import dev.waxwing.windowing.WindowerLogic;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What users' own windows do, and what a later execution finds of windows, on any runner. */
public abstract class WindowLogicSpec extends OperatorSpec {

    private static Keyed<String, String> all(String result) {
        return new Keyed<>("ALL", result);
    }

    /** Emits each name as it comes, and all at the close. */
    private static final class EchoLogic implements WindowLogic<Event, String, String> {

        private String names;

        EchoLogic(@Nullable String resumeState) {
            names = resumeState == null ? "" : resumeState;
        }

        @Override
        public void onValue(Event value, Emitter<? super String> out) {
            names += value.name();
            out.emit("+" + value.name());
        }

        @Override
        public void onMerge(String original, Emitter<? super String> out) {
            names += original;
            out.emit("merged " + original);
        }

        @Override
        public void onClose(Emitter<? super String> out) {
            out.emit(names);
        }

        @Override
        public String snapshot() {
            return names;
        }
    }

    /** Knows neither merges nor results before the end. */
    private static final class PlainLogic implements WindowLogic<Event, String, String> {
        @Override
        public void onValue(Event value, Emitter<? super String> out) {}

        @Override
        public void onClose(Emitter<? super String> out) {}

        @Override
        public String snapshot() {
            return "";
        }
    }

    @Test
    void w42_logicEmitsBeforeTheClose() {
        givenKeyed(event("a", 1), event("b", 2), event("c", 12))
                .through(
                        events ->
                                results(
                                        events.<String, String>window(
                                                "echo", inOrder(), TENS, EchoLogic::new)))
                .expect(
                        all("0 +a EARLY"),
                        all("0 +b EARLY"),
                        all("0 ab"),
                        all("1 +c EARLY"),
                        all("1 c"));
    }

    @Test
    void logicTakesOverWhatAnotherWindowKnew() {
        givenKeyed(event("a", 0), event("b", 20), event("c", 10))
                .through(
                        events ->
                                results(
                                        events.<String, String>window(
                                                        "echo",
                                                        waiting(seconds(60)),
                                                        SESSIONS,
                                                        EchoLogic::new)
                                                .with(WindowOptions.unordered())))
                .expect(
                        all("0 +a EARLY"),
                        all("1 +b EARLY"),
                        all("0 merged b EARLY"),
                        all("0 +c EARLY"),
                        all("0 abc"));
    }

    @Test
    void logicThatDoesNotMergeSaysSo() {
        givenKeyed(event("a", 0), event("b", 20), event("c", 10))
                .through(
                        events ->
                                results(
                                        events.<String, String>window(
                                                        "plain",
                                                        waiting(seconds(60)),
                                                        SESSIONS,
                                                        state -> new PlainLogic())
                                                .with(WindowOptions.unordered())))
                .expectFailure("step 'flow.plain'", "implement onMerge to use it with a windower");
    }

    @Test
    void logicWithoutResultsBeforeItsEndSaysSo() {
        givenKeyed(event("a", 0))
                .through(
                        events ->
                                results(
                                        events.<String, String>window(
                                                        "plain",
                                                        inOrder(),
                                                        TENS,
                                                        state -> new PlainLogic())
                                                .with(
                                                        WindowOptions.ordered()
                                                                .withEarlyResultEvery(1))))
                .expectFailure("step 'flow.plain'", "implement onResult to use it with early");
    }

    @Test
    void failureOfTheTimestampFunctionNamesStepAndKey() {
        givenKeyed(event("a", 0))
                .through(
                        events ->
                                results(
                                        events.countWindow(
                                                "bad",
                                                dev.waxwing.windowing.EventClock.of(
                                                        value -> failWith("boom"), seconds(0)),
                                                TENS)))
                .expectFailure("step 'flow.bad'", "boom");
    }

    /** A window for each hundred seconds that closes early, after the first ten of them. */
    private record MorningWindower() implements Windower<List<Long>> {
        @Override
        public WindowerLogic<List<Long>> build(@Nullable List<Long> resumeState) {
            return new MorningLogic(resumeState == null ? List.of() : resumeState);
        }
    }

    private static final class MorningLogic implements WindowerLogic<List<Long>> {

        private static final long HUNDRED = 100_000_000L;

        private final TreeSet<Long> open;

        MorningLogic(List<Long> resumeState) {
            open = new TreeSet<>(resumeState);
        }

        @Override
        public long[] openFor(long micros) {
            long[] ids = lateFor(micros);
            open.add(ids[0]);
            return ids;
        }

        @Override
        public long[] lateFor(long micros) {
            return new long[] {Math.floorDiv(micros - Micros.of(ALIGN), HUNDRED)};
        }

        @Override
        public WindowResult.Metadata window(long windowId) {
            return WindowResult.Metadata.of(
                    windowId, Micros.of(ALIGN) + windowId * HUNDRED, closesAt(windowId));
        }

        @Override
        public long closesAt(long windowId) {
            return Micros.of(ALIGN) + windowId * HUNDRED + HUNDRED / 10;
        }

        @Override
        public long closesAt() {
            return open.isEmpty() ? Micros.END_OF_TIME : closesAt(open.first());
        }

        @Override
        public List<WindowResult.Metadata> closeFor(long watermark) {
            List<WindowResult.Metadata> closed = new ArrayList<>();
            while (closesAt() <= watermark && !open.isEmpty()) {
                closed.add(window(open.pollFirst()));
            }
            return closed;
        }

        @Override
        public @Nullable List<Long> snapshot() {
            return open.isEmpty() ? null : List.copyOf(open);
        }
    }

    @Test
    void w43_windowerOfTheUsersKeepsItsStateOverACrash() {
        givenKeyed(event("a", 1), event("b", 5), event("c", 11), event("d", 105), event("l", 104))
                .through(events -> results(names(events, inOrder(), new MorningWindower())))
                .expect(all("0 ab"), all("0 c"), all("1 d"));
    }

    @Test
    void w44_w45_windowsAndWaitingValuesSurviveACrashInTheMiddle() {
        givenKeyed(
                        event("c", 8),
                        event("a", 1),
                        TestItems.crash(),
                        event("b", 4),
                        event("e", 15),
                        TestItems.crash(),
                        event("d", 12),
                        event("f", 40))
                .through(events -> results(names(events, waiting(seconds(20)), TENS)))
                .expect(all("0 abc"), all("1 de"), all("4 f"));
    }

    @Test
    void lateValueIsLateAfterACrashToo() {
        givenKeyed(event("a", 15), TestItems.crash(), event("l", 3), event("b", 16))
                .through(events -> late(names(events, inOrder(), TENS)))
                .expect(all("0 l"));
    }

    @Test
    void w46_twoWindowStepsWorkSideBySide() {
        givenKeyed(event("a", 1), event("b", 6), event("c", 12))
                .through(
                        events ->
                                results(names(events, inOrder(), TENS))
                                        .merge("both", counts(events)))
                .expect(all("0 ab"), all("1 c"), keyed("count", "0 2"), keyed("count", "1 1"));
    }

    private static KeyedStream<String, String> counts(KeyedStream<String, Event> events) {
        return events.countWindow("count", inOrder(), TENS)
                .down()
                .map("text", (key, result) -> result.windowId() + " " + result.value())
                .keyOn("count-key", text -> "count");
    }
}
