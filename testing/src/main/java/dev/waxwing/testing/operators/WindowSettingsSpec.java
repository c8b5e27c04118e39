package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.decided;
import static dev.waxwing.testing.TestItems.keyed;
import static dev.waxwing.testing.operators.WindowFlows.FOR_EVER;
import static dev.waxwing.testing.operators.WindowFlows.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.Keyed;
import dev.waxwing.KeyedStream;
import dev.waxwing.WindowOut;
import dev.waxwing.step.WatermarkOptions;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import dev.waxwing.windowing.Clock;
import dev.waxwing.windowing.EventClock;
import dev.waxwing.windowing.SessionWindower;
import dev.waxwing.windowing.SlidingWindower;
import dev.waxwing.windowing.StreamClock;
import dev.waxwing.windowing.TumblingWindower;
import dev.waxwing.windowing.WindowOptions;
import dev.waxwing.windowing.WindowResult;
import dev.waxwing.windowing.Windower;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * What becomes of open windows when allowed lateness or early results change between two executions
 * over a recovery store, on any runner, by the time of the key and of the stream. Values are
 * seconds.
 */
public abstract class WindowSettingsSpec extends OperatorSpec {

    private static final TumblingWindower TENS = TumblingWindower.of(seconds(10));
    private static final SlidingWindower FIVES = SlidingWindower.of(seconds(10), seconds(5));
    private static final SessionWindower SESSIONS = SessionWindower.of(seconds(10));
    private static final WindowOptions ONCE = WindowOptions.unordered();

    private static WindowOptions lateBy(int seconds) {
        return ONCE.withAllowedLateness(seconds(seconds));
    }

    @Test
    void lateValuesMayBeAllowedWhileTumblingWindowsAreOpen() {
        given(TENS)
                .run(ONCE, 1, 4, 12)
                .run(lateBy(20), 5, 13, 25, 14)
                .expect(
                        List.of("0: 1 4", "1: 12 13", "1: 12 13 14 UPDATE", "2: 25"),
                        List.of("0: 5"),
                        List.of(0, 1, 2));
    }

    @Test
    void lateValuesMayBeAllowedWhileSlidingWindowsAreOpen() {
        given(FIVES)
                .run(ONCE, 1, 4, 12)
                .run(lateBy(20), 5, 13, 25, 14)
                .expect(
                        List.of(
                                "-1: 1 4",
                                "0: 1 4",
                                "1: 12 13",
                                "2: 12 13",
                                "1: 12 13 14 UPDATE",
                                "2: 12 13 14 UPDATE",
                                "4: 25",
                                "5: 25"),
                        List.of("0: 5", "1: 5"),
                        List.of(-1, 0, 1, 2, 4, 5));
    }

    @Test
    void lateValuesMayBeAllowedWhileSessionsAreOpen() {
        given(SESSIONS)
                .run(ONCE, 1, 4, 30)
                .run(lateBy(40), 5, 31, 60, 33)
                .expect(
                        List.of("0: 1 4", "1: 30 31", "1: 30 31 33 UPDATE", "2: 60"),
                        List.of("-1: 5"),
                        List.of(0, 1, 2));
    }

    @Test
    void lateValuesMayBeForbiddenWhileTumblingWindowsAreOpen() {
        given(TENS)
                .run(lateBy(20), 1, 12, 3)
                .run(ONCE, 13, 4, 25)
                .expect(
                        List.of("0: 1", "0: 1 3 UPDATE", "1: 12 13", "2: 25"),
                        List.of("0: 4"),
                        List.of(0, 1, 2));
    }

    @Test
    void lateValuesMayBeForbiddenWhileSlidingWindowsAreOpen() {
        given(FIVES)
                .run(lateBy(20), 1, 12, 3)
                .run(ONCE, 13, 4, 16)
                .run(ONCE, 17, 25)
                .expect(
                        List.of(
                                "-1: 1",
                                "0: 1",
                                "-1: 1 3 UPDATE",
                                "0: 1 3 UPDATE",
                                "1: 12 13",
                                "2: 12 13 16 17",
                                "3: 16 17",
                                "4: 25",
                                "5: 25"),
                        List.of("-1: 4", "0: 4"),
                        List.of(-1, 0, 1, 2, 3, 4, 5));
    }

    @Test
    void lateValuesMayBeForbiddenWhileSessionsAreOpen() {
        given(SESSIONS)
                .run(lateBy(40), 1, 30, 3)
                .run(ONCE, 31, 4, 60)
                .expect(
                        List.of("0: 1", "0: 1 3 UPDATE", "1: 30 31", "2: 60"),
                        List.of("-1: 4"),
                        List.of(0, 1, 2));
    }

    @Test
    void windowsThatWereForgottenStayForgottenWhenMoreLatenessIsAllowed() {
        given(TENS)
                .run(lateBy(20), 1, 40)
                .run(lateBy(60), 2, 25, 45)
                .expect(List.of("0: 1", "2: 25", "4: 40 45"), List.of("0: 2"), List.of(0, 2, 4));
        given(FIVES)
                .run(lateBy(20), 1, 40)
                .run(lateBy(60), 2, 25, 45)
                .expect(
                        List.of("-1: 1", "0: 1", "4: 25", "5: 25", "7: 40", "8: 40 45", "9: 45"),
                        List.of("-1: 2", "0: 2"),
                        List.of(-1, 0, 4, 5, 7, 8, 9));
        given(SESSIONS)
                .run(lateBy(20), 1, 40)
                .run(lateBy(60), 2, 25, 45)
                .expect(List.of("0: 1", "2: 25", "1: 40 45"), List.of("-1: 2"), List.of(0, 2, 1));
    }

    @Test
    void windowsThatWereForgottenStayForgottenOverSeveralExecutions() {
        given(TENS)
                .run(ONCE, 1, 32)
                .run(lateBy(60), 33)
                .run(lateBy(60), 2, 34)
                .expect(List.of("0: 1", "3: 32 33 34"), List.of("0: 2"), List.of(0, 3));
        given(SESSIONS)
                .run(ONCE, 1, 32)
                .run(lateBy(60), 33)
                .run(lateBy(60), 2, 34)
                .expect(List.of("0: 1", "1: 32 33 34"), List.of("-1: 2"), List.of(0, 1));
    }

    @Test
    void lessLatenessForgetsWindowsThatWereKeptForMore() {
        Course course =
                given(TENS).run(lateBy(60), 1, 25, 40).run(lateBy(20), 41).run(lateBy(60), 2, 22);

        course.expectClosedBeforeTheLastExecution(List.of(0));
        course.expect(
                List.of("0: 1", "2: 25", "2: 25 22 UPDATE", "4: 40 41"),
                List.of("0: 2"),
                List.of(0, 2, 4));
    }

    @Test
    void windowsThatWereKeptForLateValuesCloseWithTheStartThatAllowsNone() {
        for (Windower<?> windower : List.of(TENS, SESSIONS)) {
            given(windower)
                    .run(lateBy(60), 1, 40)
                    .run(ONCE)
                    .run(ONCE)
                    .expectClosedBeforeTheLastExecution(List.of(0));
        }
        given(FIVES)
                .run(lateBy(60), 1, 40)
                .run(ONCE)
                .run(ONCE)
                .expectClosedBeforeTheLastExecution(List.of(-1, 0));
    }

    @Test
    void earlyResultsMayBeginAndEndWhileWindowsAreOpen() {
        given(TENS)
                .run(ONCE, 1, 2)
                .run(ONCE.withEarlyResultEvery(2), 3, 4)
                .run(ONCE, 5, 12)
                .expect(
                        List.of("0: 1 2 3 4 EARLY", "0: 1 2 3 4 5", "1: 12"),
                        List.of(),
                        List.of(0, 1));
        given(FIVES)
                .run(ONCE, 1, 2)
                .run(ONCE.withEarlyResultEvery(2), 3, 4)
                .run(ONCE, 5, 12)
                .expect(
                        List.of(
                                "-1: 1 2 3 4 EARLY",
                                "0: 1 2 3 4 EARLY",
                                "-1: 1 2 3 4",
                                "0: 1 2 3 4 5",
                                "1: 5 12",
                                "2: 12"),
                        List.of(),
                        List.of(-1, 0, 1, 2));
    }

    private Course given(Windower<?> windower) {
        return new Course(windower, List.of());
    }

    /** Executions, one after the other; the input of the last one ends. */
    private final class Course {

        private final Windower<?> windower;
        private final List<Execution> executions;

        Course(Windower<?> windower, List<Execution> executions) {
            this.windower = windower;
            this.executions = executions;
        }

        Course run(WindowOptions options, Integer... seconds) {
            List<Execution> more = new ArrayList<>(executions);
            more.add(new Execution(options, List.of(seconds)));
            return new Course(windower, more);
        }

        /**
         * @param results as {@code id: values}, with their timing if it is not on time
         * @param late as {@code id: value}
         * @param closed ids of windows
         */
        void expect(List<String> results, List<String> late, List<Integer> closed) {
            check(
                    out -> {
                        assertThat(texts(out.results)).isEqualTo(results);
                        assertThat(texts(out.late)).isEqualTo(late);
                        assertThat(texts(out.closed)).isEqualTo(texts(closed));
                    });
        }

        void expectClosedBeforeTheLastExecution(List<Integer> closed) {
            check(out -> assertThat(out.closedBefore).isEqualTo(texts(closed)));
        }

        private void check(Consumer<Out> check) {
            for (Time time : Time.values()) {
                inModes(WindowSettingsSpec.this::isFit, world -> check.accept(run(world, time)));
            }
        }

        private Out run(SpecWorld world, Time time) throws Exception {
            Out out = new Out();
            TestSource<Keyed<String, Integer>> source = world.sourceOf(elements());
            for (int i = 0; i < executions.size() - 1; i++) {
                Dataflow flow = flow(source, time, i, out);
                String stop = "stop " + i;
                assertThatThrownBy(() -> world.run(flow)).hasStackTraceContaining(stop);
            }
            out.closedBefore = texts(out.closed);
            world.run(flow(source, time, executions.size() - 1, out));
            return out;
        }

        private List<Object> elements() {
            List<Object> elements = new ArrayList<>();
            for (int i = 0; i < executions.size(); i++) {
                executions.get(i).seconds.forEach(second -> elements.add(keyed("a", second)));
                elements.add(decided());
                elements.add(keyed("a", -1 - i));
            }
            return elements;
        }

        private Dataflow flow(
                TestSource<Keyed<String, Integer>> source, Time time, int execution, Out out) {
            int failsAt = execution == executions.size() - 1 ? 0 : -1 - execution;
            Dataflow flow = Dataflow.named("flow");
            KeyedStream<String, Integer> values =
                    flow.input("in", source)
                            .filter(
                                    "values",
                                    pair ->
                                            pair.value() == failsAt
                                                    ? failWith("stop " + execution)
                                                    : pair.value() >= 0)
                            .watermark("time", pair -> at(pair.value()), IN_ORDER)
                            .<String>keyOn("key", Keyed::key)
                            .mapValue("value", Keyed::value);
            WindowOut<String, Integer, String> windows =
                    values.foldWindow(
                                    "step",
                                    time.clock(),
                                    windower,
                                    () -> "",
                                    (text, second) -> text + " " + second,
                                    (left, right) -> left + right)
                            .with(executions.get(execution).options);
            out.add(windows);
            return flow;
        }
    }

    private static final WatermarkOptions IN_ORDER =
            WatermarkOptions.outOfOrderBy(Duration.ZERO).withIdleTimeout(FOR_EVER);

    /* Each item is an epoch, which takes a while on some runners: two modes will do. */
    private boolean isFit(SpecMode mode) {
        int most = runner().modes().stream().mapToInt(SpecMode::workers).max().orElse(1);
        return mode.epochAfterEachBatch()
                && mode.sourceBatchItems() == 1
                && mode.workers() == (mode.restoreAfterEachBatch() ? most : 1);
    }

    private record Execution(WindowOptions options, List<Integer> seconds) {}

    /** Whose time windows go by. */
    private enum Time {
        OF_THE_KEY,
        OF_THE_STREAM;

        Clock<Integer, ?> clock() {
            return this == OF_THE_KEY
                    ? EventClock.<Integer>of(WindowSettingsSpec::at, Duration.ZERO)
                            .withoutIdleAdvance()
                    : StreamClock.of(WindowSettingsSpec::at);
        }
    }

    /** What the three streams of the step have carried. */
    private static final class Out {

        private final TestSink<Keyed<String, String>> results = new TestSink<>();
        private final TestSink<Keyed<String, String>> late = new TestSink<>();
        private final TestSink<Keyed<String, String>> closed = new TestSink<>();
        private List<String> closedBefore = List.of();

        void add(WindowOut<String, Integer, String> windows) {
            add("results", windows.down().mapValue("result", Out::text), results);
            add(
                    "late",
                    windows.late().mapValue("late", each -> each.windowId() + ": " + each.value()),
                    late);
            add("closed", windows.meta().mapValue("id", each -> "" + each.windowId()), closed);
        }

        private static void add(
                String name,
                KeyedStream<String, String> texts,
                TestSink<Keyed<String, String>> sink) {
            texts.<Keyed<String, String>>map(name + "-pair", Keyed::new)
                    .output(name + "-out", sink);
        }

        private static String text(WindowResult<String> result) {
            boolean isOnTime = result.timing() == WindowResult.Timing.ON_TIME;
            return result.windowId()
                    + ":"
                    + result.value()
                    + (isOnTime ? "" : " " + result.timing());
        }
    }

    private static Instant at(Integer second) {
        return Instant.ofEpochSecond(second);
    }

    private static List<String> texts(List<Integer> ids) {
        return ids.stream().map(id -> "" + id).toList();
    }

    private static List<String> texts(TestSink<Keyed<String, String>> sink) {
        return sink.committed().stream().map(Keyed::value).toList();
    }
}
