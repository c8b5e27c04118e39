package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.keyed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.waxwing.Dataflow;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.KeyedKernel;
import dev.waxwing.kernel.KeyedKernel.KeyedOutputs;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.kernel.Port;
import dev.waxwing.source.DynamicSource;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.state.StatefulSpec;
import dev.waxwing.step.StepFailedException;
import dev.waxwing.testing.TestSink;
import org.junit.jupiter.api.Test;

/** What becomes of null that a step emits itself, on any runner: the step is named. */
public abstract class NullItemSpec extends OperatorSpec {

    private static final String NULL_ITEM = "emitted a null item";
    private static final Port<Integer> SIDE = Port.named("side");

    @Test
    void nullOfASource() {
        inEachMode(
                world -> {
                    var flow = Dataflow.named("flow");
                    flow.input("bad", nulls()).output("out", new TestSink<>());

                    Throwable failure = catchThrowable(() -> world.run(flow));

                    assertThat(failure)
                            .isInstanceOf(StepFailedException.class)
                            .hasMessageContaining("step 'flow.bad'")
                            .hasMessageContaining(NULL_ITEM);
                });
    }

    @Test
    void nullOfAKernel() {
        given(1).through(numbers -> numbers.transform("bad", new NullKernel()))
                .expectFailure("step 'flow.bad'", NULL_ITEM);
    }

    @Test
    void nullAtASideOutputOfAKernel() {
        given(1).through(numbers -> numbers.transform("bad", new SideKernel(), SIDE).side(SIDE))
                .expectFailure("step 'flow.bad'", NULL_ITEM);
    }

    @Test
    void nullValueOfAKeyedKernel() {
        givenKeyed(keyed("a", 1))
                .through(pairs -> pairs.transform("bad", new NullValueKernel()))
                .expectFailure("step 'flow.bad'", NULL_ITEM);
    }

    @Test
    void nullKeyOfAKeyedKernel() {
        givenKeyed(keyed("a", 1))
                .through(pairs -> pairs.transform("bad", new NullKeyKernel()).countFinal("count"))
                .expectFailure("step 'flow.bad'", "gave item 1 a null key");
        givenKeyed(keyed("a", 1))
                .throughPlain(pairs -> pairs.transform("bad", new NullKeyKernel()).dropKey("drop"))
                .expectFailure("step 'flow.bad'", "gave item 1 a null key");
        givenKeyed(keyed("a", 1))
                .through(
                        pairs ->
                                pairs.transform("bad", new NullKeyKernel())
                                        .mapValue("same", value -> value))
                .expectFailure("step 'flow.bad'", "gave item 1 a null key");
    }

    @Test
    void nullOfALogic() {
        givenKeyed(keyed("a", 1))
                .through(pairs -> pairs.stateful("bad", spec()))
                .expectFailure("step 'flow.bad'", NULL_ITEM);
    }

    @Test
    void nullAtASideOutputOfALogic() {
        givenKeyed(keyed("a", -1))
                .through(pairs -> pairs.stateful("bad", spec()).side(SIDE))
                .expectFailure("step 'flow.bad'", NULL_ITEM);
    }

    private static DynamicSource<Integer> nulls() {
        return (step, index, count) ->
                out -> {
                    out.emit(nullResult());
                    return SourceStatus.ENDED;
                };
    }

    private static StatefulSpec<String, Integer, Integer, Integer> spec() {
        return StatefulSpec.<String, Integer, Integer, Integer>of(
                        "state", (context, state) -> new NullLogic())
                .withSidePorts(SIDE);
    }

    private static final class NullKernel implements Kernel<Integer, Integer> {

        private static final long serialVersionUID = 1L;

        @Override
        public void onItem(Integer item, Outputs<? super Integer> out) {
            out.emit(nullResult());
        }
    }

    private static final class SideKernel implements Kernel<Integer, Integer> {

        private static final long serialVersionUID = 1L;

        @Override
        public void onItem(Integer item, Outputs<? super Integer> out) {
            out.emit(SIDE, nullResult());
        }
    }

    private static final class NullValueKernel implements KeyedKernel<String, Integer, Integer> {

        private static final long serialVersionUID = 1L;

        @Override
        public void onItem(String key, Integer value, KeyedOutputs<String, ? super Integer> out) {
            out.emit(key, nullResult());
        }
    }

    private static final class NullKeyKernel implements KeyedKernel<String, Integer, Integer> {

        private static final long serialVersionUID = 1L;

        @Override
        public void onItem(String key, Integer value, KeyedOutputs<String, ? super Integer> out) {
            out.emit(nullResult(), value);
        }
    }

    /** Emits null, by the side if the value is negative. */
    private static final class NullLogic implements StatefulLogic<Integer, Integer, Integer> {

        @Override
        public Retain onItem(Integer value, Outputs<? super Integer> out) {
            if (value < 0) {
                out.emit(SIDE, nullResult());
            } else {
                out.emit(nullResult());
            }
            return Retain.KEEP;
        }

        @Override
        public Integer snapshot() {
            return 0;
        }
    }
}
