package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.step.StepFailedException;
import dev.waxwing.testing.ReferenceRunner;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * An emitter that is kept for a later call of the same function, which only one runner can tell: an
 * emitter for each call would cost every item of a chain its box (decision 0058).
 */
final class EarlierEmitterTest {

    private final AtomicReference<@Nullable Outputs<? super Integer>> first =
            new AtomicReference<>();
    private final TestSink<String> out = new TestSink<>();

    @Test
    void whatItEmitsCountsAsEmittedByTheLaterCall() throws Exception {
        Runs.run(flow(), EmbeddedOptions.defaults());

        assertThat(out.committed()).containsExactly("1", "2");
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
                .transform("keeping", new Keeping(first))
                .map("text", String::valueOf)
                .output("out", out);
        return flow;
    }

    private static final class Keeping implements Kernel<Integer, Integer> {

        private static final long serialVersionUID = 1L;

        private final transient AtomicReference<@Nullable Outputs<? super Integer>> first;

        Keeping(AtomicReference<@Nullable Outputs<? super Integer>> first) {
            this.first = first;
        }

        @Override
        public void onItem(Integer item, Outputs<? super Integer> outputs) {
            first.compareAndSet(null, outputs);
            first.get().emit(item);
        }
    }
}
