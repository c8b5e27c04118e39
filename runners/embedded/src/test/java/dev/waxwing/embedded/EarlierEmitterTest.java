package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.state.LogicContext;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.step.StepFailedException;
import dev.waxwing.testing.ReferenceRunner;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An emitter that is kept for a later call of the same step, which only one runner can tell. */
final class EarlierEmitterTest {

    private final AtomicReference<@Nullable Outputs<? super Integer>> first =
            new AtomicReference<>();
    private final TestSink<String> out = new TestSink<>();

    @Test
    void whatItEmitsCountsAsEmittedByTheLaterCall() throws Exception {
        Runs.run(flow(), EmbeddedOptions.defaults());

        assertThat(out.committed()).containsExactly("a 1", "b 2");
    }

    @Test
    void referenceRunnerRefusesIt() {
        assertThatThrownBy(() -> ReferenceRunner.run(flow().plan()))
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining("step 'flow.keeping'")
                .hasMessageContaining("outside of the call that the emitter was given to");
    }

    private Dataflow flow() {
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", TestSource.of(1, 2))
                .keyOn("key", n -> n == 1 ? "a" : "b")
                .stateful(
                        "keeping",
                        (LogicContext<String> context, @Nullable Integer state) -> new Keeping())
                .map("text", (key, n) -> key + " " + n)
                .output("out", out);
        return flow;
    }

    private final class Keeping implements StatefulLogic<Integer, Integer, Integer> {
        @Override
        public Retain onItem(Integer value, Outputs<? super Integer> outputs) {
            first.compareAndSet(null, outputs);
            first.get().emit(value);
            return Retain.KEEP;
        }

        @Override
        public Integer snapshot() {
            return 0;
        }
    }
}
