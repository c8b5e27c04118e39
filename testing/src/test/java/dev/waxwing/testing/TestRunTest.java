package dev.waxwing.testing;

import static dev.waxwing.testing.TestItems.crash;
import static dev.waxwing.testing.TestItems.endOfInput;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.run.check.StepChecks;
import dev.waxwing.source.Source;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.windowing.EventClock;
import dev.waxwing.windowing.TumblingWindower;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class TestRunTest {

    record Visit(String user, long amount) {}

    @Test
    void totalsSurviveACrash() {
        var source = TestSource.of(visit("a", 1), visit("a", 2), crash(), visit("a", 3));
        var out = new TestSink<Long>();

        TestRun.of(totals(source, out)).withEpochAfterEachBatch().run();

        assertThat(out.committed()).containsExactly(1L, 3L, 6L);
    }

    @Test
    void crashBeforeAnEpochWasDecidedRepeatsEverything() {
        var source = TestSource.of(visit("a", 1), crash(), visit("a", 3));
        var written = TestSink.<Long>dynamic();
        var flow = Dataflow.named("flow");
        flow.input("in", source).map("amount", Visit::amount).output("out", written);

        TestRun.of(flow).run();

        assertThat(written.all()).containsExactly(1L, 1L, 3L);
    }

    @Test
    void secondRunContinuesTheFirst() {
        var source = TestSource.of(visit("a", 1), endOfInput(), visit("a", 3));
        var out = new TestSink<Long>();
        var run = TestRun.of(totals(source, out));

        run.run();
        run.run();
        run.run();

        assertThat(out.committed()).containsExactly(1L, 4L);
    }

    @Test
    void lateValueThatNobodyTakesIsToldOfOnce() {
        var flow = Dataflow.named("flow");
        flow.input("in", TestSource.of(100L, 1L, 2L))
                .keyOn("key", second -> "a")
                .countWindow(
                        "count",
                        EventClock.of(Instant::ofEpochSecond, Duration.ZERO),
                        TumblingWindower.of(Duration.ofSeconds(10)))
                .down()
                .output("out", new TestSink<>());

        try (var logged = LoggedLines.of(StepChecks.class.getName())) {
            TestRun.of(flow).run();

            assertThat(logged.all())
                    .singleElement()
                    .asString()
                    .contains("step 'flow.count'", "nobody takes late values");
        }
    }

    private static Visit visit(String user, long amount) {
        return new Visit(user, amount);
    }

    private static Dataflow totals(Source<Visit> visits, TestSink<Long> totals) {
        var flow = Dataflow.named("totals");
        flow.input("visits", visits)
                .keyOn("by-user", Visit::user)
                .<Long, Long>statefulMap(
                        "total",
                        (total, visit) -> {
                            long sum = (total == null ? 0 : total) + visit.amount();
                            return StateUpdate.keep(sum, sum);
                        })
                .output("out", totals);
        return flow;
    }
}
