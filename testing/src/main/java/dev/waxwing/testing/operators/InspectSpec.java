package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.keyed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.testing.TestSink;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** What {@code inspect} and {@code inspectDebug} mean on any runner. */
public abstract class InspectSpec extends OperatorSpec {

    @Test
    void passesItemsOnUnchanged() {
        given(1, 2, 3)
                .through(
                        numbers ->
                                numbers.inspect("look", (step, n) -> {})
                                        .inspectDebug("closer", (step, n, epoch, worker) -> {})
                                        .map("add", n -> n + 1))
                .expect(2, 3, 4);
    }

    @Test
    void showsTheFullStepIdAndTheItem() {
        inModes(
                mode -> !mode.restoreAfterEachBatch(),
                world -> {
                    Queue<String> seen = new ConcurrentLinkedQueue<>();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1, 2))
                            .inspect("look", (step, n) -> seen.add(step + ": " + n))
                            .output("out", new TestSink<Integer>());

                    world.run(flow);

                    assertThat(seen).containsExactly("flow.look: 1", "flow.look: 2");
                });
    }

    @Test
    void debugShowsEpochAndWorker() {
        inModes(
                mode -> mode.workers() == 1 && !mode.restoreAfterEachBatch(),
                world -> {
                    Queue<String> seen = new ConcurrentLinkedQueue<>();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(7))
                            .inspectDebug(
                                    "look",
                                    (step, n, epoch, worker) ->
                                            seen.add(step + " " + n + " " + epoch + " " + worker))
                            .output("out", new TestSink<Integer>());

                    world.run(flow);

                    assertThat(seen).containsExactly("flow.look 7 1 0");
                });
    }

    @Test
    void countsAsAnOutput() {
        inEachMode(
                world -> {
                    Queue<Integer> seen = new ConcurrentLinkedQueue<>();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1, 2))
                            .inspect("look", (step, n) -> seen.add(n));

                    world.run(flow);

                    assertThat(seen).contains(1, 2);
                });
    }

    @Test
    void failureOfTheInspectorNamesTheStep() {
        given(1).through(numbers -> numbers.inspect("bad", (step, n) -> failWith("boom")))
                .expectFailure("step 'flow.bad'", "boom");
    }

    @Test
    void failureOfTheDebugInspectorNamesTheStep() {
        given(1).through(
                        numbers ->
                                numbers.inspectDebug(
                                        "bad", (step, n, epoch, worker) -> failWith("boom")))
                .expectFailure("step 'flow.bad'", "boom");
    }

    @Test
    void valuesPassOnUnderTheirKeys() {
        givenKeyed(keyed("a", 1), keyed("b", 2), keyed("a", 3))
                .through(
                        pairs ->
                                pairs.inspect("look", (step, pair) -> {})
                                        .inspectDebug("closer", (step, pair, epoch, worker) -> {}))
                .expect(keyed("a", 1), keyed("b", 2), keyed("a", 3));
    }

    @Test
    void keyAndValueAreShown() {
        inModes(
                mode -> mode.workers() == 1 && !mode.restoreAfterEachBatch(),
                world -> {
                    Queue<String> seen = new ConcurrentLinkedQueue<>();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(7))
                            .keyOn("key", n -> "k" + n)
                            .inspect(
                                    "look",
                                    (step, pair) ->
                                            seen.add(step + " " + pair.key() + " " + pair.value()))
                            .inspectDebug(
                                    "closer",
                                    (step, pair, epoch, worker) ->
                                            seen.add(pair + " " + epoch + " " + worker));

                    world.run(flow);

                    assertThat(seen)
                            .containsExactly("flow.look k7 7", "Keyed[key=k7, value=7] 1 0");
                });
    }

    @Test
    void failureOfAnInspectorOfValuesNamesStepAndKey() {
        givenKeyed(keyed("a", 1))
                .through(pairs -> pairs.inspect("bad", (step, pair) -> failWith("boom")))
                .expectFailure("step 'flow.bad'", "boom for key 'a'");
        givenKeyed(keyed("a", 1))
                .through(
                        pairs ->
                                pairs.inspectDebug(
                                        "bad", (step, pair, epoch, worker) -> failWith("boom")))
                .expectFailure("step 'flow.bad'", "boom for key 'a'");
    }
}
