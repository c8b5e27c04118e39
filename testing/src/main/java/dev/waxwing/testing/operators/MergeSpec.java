package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.keyed;
import static dev.waxwing.testing.TestItems.pause;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.testing.TestSink;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code merge} means on any runner. */
public abstract class MergeSpec extends OperatorSpec {

    @Test
    void emitsEveryItemOfEveryInputOnce() {
        inEachMode(
                world -> {
                    var out = new TestSink<Integer>();
                    var flow = Dataflow.named("flow");
                    flow.input("odd", world.<Integer>source(1, 3, 5))
                            .merge(
                                    "all",
                                    flow.input("even", world.<Integer>source(2, 4, 6)),
                                    flow.input("big", world.<Integer>source(100, 200)))
                            .output("out", out);

                    world.run(flow);

                    assertThat(out.committed())
                            .containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 100, 200);
                });
    }

    @Test
    void keepsTheOrderWithinAnInput() {
        inEachMode(
                world -> {
                    var out = new TestSink<Integer>();
                    var flow = Dataflow.named("flow");
                    flow.input("odd", world.<Integer>source(1, 3, 5))
                            .merge("all", flow.input("even", world.<Integer>source(2, 4, 6)))
                            .output("out", out);

                    world.run(flow);

                    assertThat(out.committed().stream().filter(n -> n % 2 == 1))
                            .containsExactly(1, 3, 5);
                });
    }

    @Test
    void endsOnlyWhenAllInputsHaveEnded() {
        inModes(
                SpecMode::isPlain,
                world -> {
                    var out = new TestSink<Long>();
                    var flow = Dataflow.named("flow");
                    flow.input("short", world.<Integer>source(1))
                            .merge(
                                    "all",
                                    flow.input(
                                            "long",
                                            world.<Integer>source(
                                                    2, pause(Duration.ofMillis(100)), 3)))
                            .keyOn("one", n -> "all")
                            .countFinal("count")
                            .output("out", out);

                    world.run(flow);

                    assertThat(out.committed()).containsExactly(3L);
                });
    }

    @Test
    void streamMergedWithItselfComesTwice() {
        given(1, 2)
                .through(numbers -> numbers.merge("twice", numbers))
                .expectInAnyOrder(1, 1, 2, 2);
    }

    @Test
    void keyedStreamsMergeByKey() {
        givenKeyed(keyed("a", 1), keyed("b", 2))
                .through(
                        pairs ->
                                pairs.merge("both", pairs.mapValue("big", n -> n * 10))
                                        .countFinal("count"))
                .expectInAnyOrder(keyed("a", 2L), keyed("b", 2L));
    }

    @Test
    void emptyInputAddsNothing() {
        inEachMode(
                world -> {
                    var out = new TestSink<Integer>();
                    var flow = Dataflow.named("flow");
                    flow.input("some", world.<Integer>source(1, 2))
                            .merge("all", flow.input("none", world.<Integer>sourceOf(List.of())))
                            .output("out", out);

                    world.run(flow);

                    assertThat(out.committed()).containsExactly(1, 2);
                });
    }
}
