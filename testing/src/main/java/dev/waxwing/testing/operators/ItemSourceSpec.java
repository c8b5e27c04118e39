package dev.waxwing.testing.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.waxwing.Dataflow;
import dev.waxwing.source.Source;
import dev.waxwing.step.DataflowException;
import dev.waxwing.testing.CrashException;
import dev.waxwing.testing.TestSink;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Specifies sources of items in memory on any runner. */
public abstract class ItemSourceSpec extends OperatorSpec {

    @Test
    void eachItemIsReadOnceInOrderThenItEnds() {
        inEachMode(
                world -> {
                    var out = new TestSink<Integer>();
                    var flow = flow(Source.of(1, 2, 3), out);

                    world.run(flow);

                    assertThat(out.committed()).containsExactly(1, 2, 3);
                });
    }

    @Test
    void sourceOfNothingEndsAtOnce() {
        inEachMode(
                world -> {
                    var out = new TestSink<Integer>();
                    var flow = flow(Source.of(), out);

                    world.run(flow);

                    assertThat(out.committed()).isEmpty();
                });
    }

    @Test
    void itemsTakeEffectOnceOverACrash() {
        inModes(
                mode -> mode.epochAfterEachBatch() && !mode.restoreAfterEachBatch(),
                world -> {
                    var crashed = new AtomicBoolean();
                    var out = new TestSink<Long>();
                    var flow = Dataflow.named("flow");
                    flow.input("in", Source.from(List.of("a", "b", "a", "crash", "a")))
                            .inspect(
                                    "crash",
                                    (step, word) -> {
                                        if (word.equals("crash") && !crashed.getAndSet(true)) {
                                            throw new CrashException("at the fourth word");
                                        }
                                    })
                            .keyOn("key", word -> word)
                            .count("count")
                            .map("count-of-a", (word, count) -> word.equals("a") ? count : 0L)
                            .filter("a", count -> count > 0)
                            .output("out", out);

                    world.run(flow);

                    assertThat(crashed).isTrue();
                    assertThat(out.committed()).containsExactly(1L, 2L, 3L);
                });
    }

    @Test
    void onlyNewItemsAreReadWhenItIsStartedAgain() {
        inEachMode(
                world -> {
                    var out = new TestSink<Integer>();

                    world.run(flow(Source.of(1, 2), out));
                    world.run(flow(Source.of(1, 2), out));
                    world.run(flow(Source.of(1, 2, 3), out));

                    assertThat(out.committed()).containsExactly(1, 2, 3);
                });
    }

    @Test
    void fewerItemsThanHaveBeenReadNameTheStep() {
        inEachMode(
                world -> {
                    var out = new TestSink<Integer>();
                    world.run(flow(Source.of(1, 2), out));

                    Throwable failure = catchThrowable(() -> world.run(flow(Source.of(1), out)));

                    assertThat(failure)
                            .isInstanceOf(DataflowException.class)
                            .hasMessageContaining("step 'flow.in'")
                            .hasMessageContaining("2 items of its source have been read before");
                });
    }

    private static Dataflow flow(Source<Integer> source, TestSink<Integer> out) {
        var flow = Dataflow.named("flow");
        flow.input("in", source).output("out", out);
        return flow;
    }
}
