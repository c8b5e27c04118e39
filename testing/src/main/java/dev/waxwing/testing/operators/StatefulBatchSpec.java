package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.endOfInput;
import static dev.waxwing.testing.TestItems.keyed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.state.LogicContext;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulBatchLogic;
import dev.waxwing.testing.TestSink;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What {@code statefulBatch} means on any runner. */
public abstract class StatefulBatchSpec extends OperatorSpec {

    @Test
    void valuesOfAKeyComeInOrder() {
        givenKeyed(keyed("a", 1), keyed("b", 10), keyed("a", 2), keyed("a", 3))
                .through(pairs -> pairs.statefulBatch("sum", SumLogic::new))
                .expect(keyed("a", 1), keyed("a", 3), keyed("a", 6), keyed("b", 10));
    }

    @Test
    void valuesOfASourceBatchComeTogether() {
        inModes(
                mode -> mode.sourceBatchItems() > 2 && mode.workers() == 1,
                world -> {
                    var out = new TestSink<String>();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1, 2, 3))
                            .keyOn("key", n -> "a")
                            .<String, Integer>statefulBatch(
                                    "sizes", (context, state) -> new SizeLogic())
                            .output("out", out);

                    world.run(flow);

                    assertThat(out.committed()).containsExactly("3 values");
                });
    }

    @Test
    void stateCoversAllValuesOfAnEpoch() {
        givenKeyed(keyed("a", 1), keyed("a", 2), endOfInput(), keyed("a", 3))
                .through(pairs -> pairs.statefulBatch("sum", SumLogic::new))
                .expect(keyed("a", 1), keyed("a", 3), keyed("a", 6));
    }

    @Test
    void failureNamesStepAndKey() {
        givenKeyed(keyed("a", 1))
                .through(
                        pairs ->
                                pairs.<Integer, Integer>statefulBatch(
                                        "bad", (context, state) -> failWith("boom")))
                .expectFailure("step 'flow.bad'", "boom for key 'a'");
    }

    /** Emits running sums. */
    private static final class SumLogic implements StatefulBatchLogic<Integer, Integer, Integer> {

        private int sum;

        SumLogic(LogicContext<String> context, @Nullable Integer resumeState) {
            sum = resumeState == null ? 0 : resumeState;
        }

        @Override
        public Retain onBatch(List<Integer> values, Outputs<? super Integer> out) {
            assertThat(values).isNotEmpty();
            for (int value : values) {
                sum += value;
                out.emit(sum);
            }
            return Retain.KEEP;
        }

        @Override
        public Integer snapshot() {
            return sum;
        }
    }

    /** Emits how many values came. */
    private static final class SizeLogic implements StatefulBatchLogic<Integer, String, Integer> {

        @Override
        public Retain onBatch(List<Integer> values, Outputs<? super String> out) {
            out.emit(values.size() + " values");
            return Retain.DISCARD;
        }

        @Override
        public Integer snapshot() {
            return 0;
        }
    }
}
