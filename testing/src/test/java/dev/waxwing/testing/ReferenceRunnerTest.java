package dev.waxwing.testing;

import static dev.waxwing.testing.TestItems.crash;
import static dev.waxwing.testing.TestItems.pause;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.state.StateUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReferenceRunnerTest {

    private final Dataflow flow = Dataflow.named("flow");

    @Test
    void sourcesTakeTurns() {
        var out = new TestSink<Integer>();
        flow.input("a", TestSource.of(1, 3, 5))
                .merge(
                        "all",
                        flow.input("b", TestSource.of(2, 4, 6)),
                        flow.input("c", TestSource.of(100, 200, 300)))
                .output("out", out);

        ReferenceRunner.run(flow.plan());

        assertThat(out.committed()).containsExactly(1, 2, 100, 3, 4, 200, 5, 6, 300);
    }

    @Test
    void timeJumpsWhenThereIsNothingToDo() {
        var clock = ManualClock.at(Instant.EPOCH);
        var source = TestSource.of(1, pause(Duration.ofDays(30)), 2).withClock(clock);
        flow.input("in", source).output("out", new TestSink<Integer>());

        TestRun.of(flow).withClock(clock).run();

        assertThat(clock.instant())
                .isBetween(
                        Instant.EPOCH.plus(Duration.ofDays(30)),
                        Instant.EPOCH.plus(Duration.ofDays(31)));
    }

    @Test
    void storeShowsStatesAndPositions() {
        var store = new ReferenceStore();
        flow.input("in", TestSource.of(1, 2, 3))
                .keyOn("parity", n -> n % 2)
                .<Integer, Integer>statefulMap(
                        "sum", (sum, n) -> StateUpdate.keep((sum == null ? 0 : sum) + n, n))
                .output("out", new TestSink<Integer>());

        ReferenceRunner.run(flow.plan(), store, ReferenceOptions.defaults());

        assertThat(store.states("flow.sum", "state")).isEqualTo(Map.of(1, 4, 0, 2));
        assertThat(store.positions("flow.in")).isEqualTo(Map.of("items", 3));
        assertThat(store.decidedEpoch()).isEqualTo(1);
    }

    @Test
    void stateThatChangesAfterItsEpochIsKeptAsItWas() {
        var store = new ReferenceStore();
        flow.input("in", TestSource.of(1, crash(), 2))
                .keyOn("key", n -> "a")
                .<List<Integer>, ArrayList<Integer>>statefulMap(
                        "all",
                        (all, n) -> {
                            ArrayList<Integer> list = all == null ? new ArrayList<>() : all;
                            list.add(n);
                            return StateUpdate.keep(list, List.copyOf(list));
                        })
                .output("out", new TestSink<List<Integer>>());
        var options = ReferenceOptions.defaults().withEpochAfterEachBatch();
        assertThatThrownBy(() -> ReferenceRunner.run(flow.plan(), store, options))
                .isInstanceOf(CrashException.class);

        assertThat(store.states("flow.all", "state")).isEqualTo(Map.of("a", List.of(1)));
    }

    @Test
    void epochNumberOfACrashIsNotUsedAgain() {
        var store = new ReferenceStore();
        flow.input("in", TestSource.of(1, crash(), 2)).output("out", new TestSink<Integer>());

        TestRun.of(flow).withStore(store).run();

        assertThat(store.decidedEpoch()).isEqualTo(2);
    }

    @Test
    void numbersAreChecked() {
        assertThatThrownBy(() -> ReferenceOptions.defaults().withEpochEvery(0))
                .hasMessage("epochBatches must be 1 or more, but was 0");
    }
}
