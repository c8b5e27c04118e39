package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.crash;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.waxwing.Dataflow;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.step.StepFailedException;
import dev.waxwing.testing.TestSink;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Specifies {@code forEach} on any runner. */
public abstract class ForEachSpec extends OperatorSpec {

    @Test
    void functionIsCalledWithEachItemInOrder() {
        inModes(
                mode -> !mode.restoreAfterEachBatch(),
                world -> {
                    Queue<Integer> seen = new ConcurrentLinkedQueue<>();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1, 2, 3)).forEach("show", seen::add);

                    world.run(flow);

                    assertThat(seen).containsExactly(1, 2, 3);
                });
    }

    @Test
    void functionIsCalledWithKeyAndValue() {
        inModes(
                mode -> !mode.restoreAfterEachBatch(),
                world -> {
                    Queue<String> seen = new ConcurrentLinkedQueue<>();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<String>source("an", "bee", "ant"))
                            .keyOn("key", word -> word.substring(0, 1))
                            .forEach("show", (key, word) -> seen.add(key + ": " + word));

                    world.run(flow);

                    assertThat(seen).containsExactly("a: an", "b: bee", "a: ant");
                });
    }

    @Test
    void itemsOfAnOpenEpochComeAgainAfterACrash() {
        inModes(
                mode -> mode.isPlain() && mode.workers() == 1,
                world -> {
                    Queue<Integer> seen = new ConcurrentLinkedQueue<>();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1, 2, crash(), 3))
                            .forEach("show", seen::add);

                    world.run(flow);

                    assertThat(seen).containsExactly(1, 2, 1, 2, 3);
                });
    }

    @Test
    void failureNamesTheStep() {
        inEachMode(
                world -> {
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1))
                            .forEach("bad", n -> failWith("boom"));

                    assertThat(catchThrowable(() -> world.run(flow)))
                            .isInstanceOf(StepFailedException.class)
                            .hasMessageContaining("step 'flow.bad'")
                            .hasMessageContaining("boom");
                });
    }

    @Test
    void failureOfAPairNamesStepAndKey() {
        inEachMode(
                world -> {
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1))
                            .keyOn("key", n -> "a")
                            .forEach("bad", (key, n) -> failWith("boom"));

                    assertThat(catchThrowable(() -> world.run(flow)))
                            .isInstanceOf(StepFailedException.class)
                            .hasMessageContaining("step 'flow.bad'")
                            .hasMessageContaining("key 'a'");
                });
    }

    @Test
    void policyIsForEachItem() {
        inEachMode(
                world -> {
                    var dead = new TestSink<String>();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1, 2, 3, 4))
                            .forEach(
                                    "odd",
                                    n -> {
                                        if (n % 2 == 0) {
                                            failWith("even");
                                        }
                                    })
                            .onFailure(FailurePolicy.deadLetter())
                            .deadLetters()
                            .map("text", letter -> letter.stepId() + " " + letter.item())
                            .output("dead", dead);

                    world.run(flow);

                    assertThat(dead.committed()).containsExactly("flow.odd 2", "flow.odd 4");
                });
    }

    @Test
    void functionIsTriedAgainByThePolicy() {
        inModes(
                mode -> mode.isPlain(),
                world -> {
                    var attempts = new AtomicInteger();
                    Queue<Integer> seen = new ConcurrentLinkedQueue<>();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1, 2))
                            .forEach(
                                    "show",
                                    n -> {
                                        if (attempts.incrementAndGet() % 2 == 1) {
                                            failWith("boom");
                                        }
                                        seen.add(n);
                                    })
                            .onFailure(FailurePolicy.retry(2));

                    world.run(flow);

                    assertThat(seen).containsExactly(1, 2);
                });
    }

    @Test
    void failureOfAPairIsPutAsideWithItsKey() {
        inEachMode(
                world -> {
                    var dead = new TestSink<String>();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1, 2))
                            .keyOn("key", n -> "of " + n)
                            .forEach("bad", (key, n) -> failWith("boom"))
                            .onFailure(FailurePolicy.deadLetter())
                            .deadLetters()
                            .map("text", letter -> letter.key() + ": " + letter.item())
                            .output("dead", dead);

                    world.run(flow);

                    assertThat(dead.committed()).containsExactly("of 1: 1", "of 2: 2");
                });
    }
}
