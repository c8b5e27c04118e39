package dev.waxwing.embedded;

import static dev.waxwing.testing.TestItems.pause;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.KeyedStream;
import dev.waxwing.join.Interval;
import dev.waxwing.run.Execution.Counters;
import dev.waxwing.run.check.StepChecks;
import dev.waxwing.step.WatermarkOptions;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import dev.waxwing.testing.Warnings;
import dev.waxwing.windowing.Clock;
import dev.waxwing.windowing.EventClock;
import dev.waxwing.windowing.StreamClock;
import dev.waxwing.windowing.TumblingWindower;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that come too late are counted, and nobody is left to wonder where they are. */
final class LateValuesTest {

    private static final TumblingWindower TENS = TumblingWindower.of(Duration.ofSeconds(10));
    private static final EventClock<Long> BY_KEY =
            EventClock.<Long>of(Instant::ofEpochSecond, Duration.ZERO).withoutIdleAdvance();

    private final Dataflow flow = Dataflow.named("flow");
    private final List<Counters> counters = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void lateValuesThatNobodyTakesAreCountedAndToldOfOnce(int workers) throws Exception {
        seconds().countWindow("count", BY_KEY, TENS).down().output("out", new TestSink<>());

        assertThat(warnings(workers))
                .singleElement()
                .asString()
                .startsWith("step 'flow.count': LateValue[windowId=0, value=1] came when")
                .contains("nobody takes late values", "take the step's late()");
        assertThat(counters.get(0).late()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void lateItemsOfWindowsWithoutKeysAreCountedAndToldOfOnce(int workers) throws Exception {
        seconds()
                .dropKey("all")
                .countWindow("count", BY_KEY, TENS)
                .down()
                .output("out", new TestSink<>());

        assertThat(warnings(workers))
                .singleElement()
                .asString()
                .startsWith("step 'flow.count': LateValue[windowId=0, value=1] came when");
        assertThat(counters.get(0).late()).isEqualTo(3);
    }

    @Test
    void lateValuesOfWindowsInColumnsAreCountedAndToldOfOnce() throws Exception {
        Clock<Long, ?> clock = StreamClock.of(Instant::ofEpochSecond);
        seconds().countWindow("count", clock, TENS).down().output("out", new TestSink<>());

        assertThat(warnings(1)).singleElement().asString().startsWith("step 'flow.count': ");
        assertThat(counters.get(0).late()).isPositive();
    }

    @Test
    void lateValuesOfIntervalJoinsAreCountedAndToldOfOnce() throws Exception {
        KeyedStream<String, Long> seconds = seconds();
        seconds.intervalJoin(
                        "near",
                        EventClock.of(second -> Instant.ofEpochSecond((Long) second), Duration.ZERO)
                                .withoutIdleAdvance(),
                        seconds.filterValue("none", second -> false),
                        Interval.within(Duration.ofSeconds(1)))
                .down()
                .output("out", new TestSink<>());

        assertThat(warnings(1)).singleElement().asString().startsWith("step 'flow.near': ");
        assertThat(counters.get(0).late()).isEqualTo(3);
    }

    @Test
    void lateValuesThatAreTakenAreCountedAndNothingIsTold() throws Exception {
        var windows = seconds().countWindow("count", BY_KEY, TENS);
        windows.down().output("out", new TestSink<>());
        windows.late().output("late", new TestSink<>());

        assertThat(warnings(1)).isEmpty();
        assertThat(counters.get(0).late()).isEqualTo(3);
    }

    @Test
    void nothingIsToldOfValuesThatAreOnTime() throws Exception {
        flow.input("in", TestSource.of(1L, 2L, 30L))
                .keyOn("key", second -> "a")
                .countWindow("count", BY_KEY, TENS)
                .down()
                .output("out", new TestSink<>());

        assertThat(warnings(1)).isEmpty();
        assertThat(counters.get(0).late()).isZero();
    }

    /* Three of them are late; the stream's time moves when the source rests. */
    private KeyedStream<String, Long> seconds() {
        List<Object> elements = List.of(100L, pause(Duration.ofMillis(1)), 1L, 2L, 120L, 3L);
        return flow.input("in", TestSource.<Long>ofElements(elements))
                .watermark(
                        "time",
                        Instant::ofEpochSecond,
                        WatermarkOptions.outOfOrderBy(Duration.ZERO))
                .keyOn("key", second -> "a");
    }

    private List<String> warnings(int workers) throws Exception {
        return Warnings.of(
                StepChecks.class.getName(),
                () ->
                        counters.add(
                                Waxwing.run(
                                        flow, EmbeddedOptions.defaults().withWorkers(workers))));
    }
}
