package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.kernel.Emitter;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.source.DynamicSource;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatelessSourcePartition;
import dev.waxwing.step.StepFailedException;
import dev.waxwing.testing.ReferenceRunner;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * An emitter that is kept for a later call of the same function. Unless items are checked, it is
 * the later call's own, as one for each call would cost every item of a chain its box (decision
 * 0060).
 */
final class EarlierEmitterTest {

    private final AtomicReference<@Nullable Outputs<? super Integer>> first =
            new AtomicReference<>();
    private final TestSink<String> out = new TestSink<>();

    @Test
    void isRefusedInLaterCallOfTheSameFunction() {
        assertRefused(() -> Runs.run(flow(), EmbeddedOptions.defaults()));
    }

    @Test
    void isRefusedIfItemsAreChecked() {
        assertRefused(() -> Runs.run(flow(), EmbeddedOptions.defaults().withItemsChecked()));
    }

    @Test
    void isRefusedByTheReferenceRunner() {
        assertRefused(() -> ReferenceRunner.run(flow().plan()));
    }

    private static void assertRefused(ThrowingCallable run) {
        assertThatThrownBy(run)
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining("step 'flow.keeping'")
                .hasMessageContaining("outside of the call that the emitter was given to");
    }

    @Test
    void emitterOfASourceIsRefusedToAStepBehindIt() {
        AtomicReference<@Nullable Emitter<? super Integer>> kept = new AtomicReference<>();
        Dataflow flow = Dataflow.named("flow");
        flow.input("keeping", new LendingSource(kept))
                .inspect("other", (step, item) -> kept.get().emit(item + 1))
                .map("text", String::valueOf)
                .output("out", out);

        assertRefused(() -> Runs.run(flow, EmbeddedOptions.defaults()));
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

    private record LendingSource(AtomicReference<@Nullable Emitter<? super Integer>> kept)
            implements DynamicSource<Integer> {

        @Override
        public StatelessSourcePartition<Integer> build(String step, int worker, int workers) {
            return out -> {
                kept.set(out);
                if (worker == 0) {
                    out.emit(1);
                }
                return SourceStatus.ENDED;
            };
        }
    }
}
