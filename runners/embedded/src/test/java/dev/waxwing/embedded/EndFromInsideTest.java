package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.run.Execution;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.StatelessSinkPartition;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.StatefulSourcePartition;
import dev.waxwing.step.DataflowException;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Code of a step may ask for the end of its execution, and not wait for it. */
final class EndFromInsideTest {

    private final CompletableFuture<Execution> self = new CompletableFuture<>();
    private final Dataflow flow = Dataflow.named("flow");

    /** What a step does with the execution that it is a part of. */
    private interface Call {
        void on(Execution execution) throws Exception;
    }

    @Test
    void functionThatClosesItsExecutionFails() {
        flow.input("in", TestSource.of(1))
                .map("bad", n -> calling(Execution::close))
                .output("out", new TestSink<>());

        assertRefused("close", "worker 0");
    }

    @Test
    void functionThatWaitsForItsExecutionFails() {
        flow.input("in", TestSource.of(1))
                .map("bad", n -> calling(Execution::await))
                .output("out", new TestSink<>());

        assertRefused("await", "worker 0");
    }

    @Test
    void functionThatWaitsForItsExecutionForATimeFails() {
        flow.input("in", TestSource.of(1))
                .map("bad", n -> calling(execution -> execution.await(Duration.ofDays(1))))
                .output("out", new TestSink<>());

        assertRefused("await", "worker 0");
    }

    @Test
    void sinkOnAThreadOfItsOwnThatClosesItsExecutionFails() {
        DynamicSink<Integer> sink = (step, index, count) -> new ClosingSink();
        flow.input("in", TestSource.of(1)).output("bad", sink);

        assertRefused("close", "waxwing sink flow.bad");
    }

    @Test
    void sourceThatClosesItsExecutionAtTheStartFails() {
        flow.input("bad", new ClosingSource()).output("out", new TestSink<>());

        assertRefused("close", "start");
    }

    @Test
    void functionMayAskForAStop() throws Exception {
        flow.input("in", TestSource.of(1))
                .map("stop", n -> calling(execution -> execution.stop(Duration.ofMinutes(1))))
                .output("out", new TestSink<>());
        Execution execution = start();

        Runs.await(execution);

        assertThat(execution.status()).isNotEqualTo(Execution.Status.FAILED);
    }

    @Test
    void functionMayAskForAnAbort() throws Exception {
        flow.input("in", TestSource.of(1))
                .map("abort", n -> calling(Execution::abort))
                .output("out", new TestSink<>());
        Execution execution = start();

        Runs.await(execution);

        assertThat(execution.status()).isNotEqualTo(Execution.Status.FAILED);
    }

    private void assertRefused(String method, String thread) {
        DataflowException failure = Runs.failure(start());

        assertThat(failure)
                .hasMessageContaining("step 'flow.bad'")
                .hasMessageContaining(method + " was called by code of one of its own steps")
                .hasMessageContaining(thread)
                .hasMessageContaining("call stop(Duration) or abort()");
    }

    private Execution start() {
        Execution started = Waxwing.start(flow, EmbeddedOptions.defaults());
        self.complete(started);
        return started;
    }

    private int calling(Call call) throws Exception {
        call.on(self.get(Runs.LIMIT.toSeconds(), TimeUnit.SECONDS));
        return 0;
    }

    private final class ClosingSink implements StatelessSinkPartition<Integer>, BlockingPartition {
        @Override
        public void writeBatch(List<Integer> items) throws Exception {
            calling(Execution::close);
        }
    }

    private final class ClosingSource implements FixedPartitionedSource<Integer, Integer> {
        @Override
        public List<String> listParts() throws Exception {
            calling(Execution::close);
            return List.of("part");
        }

        @Override
        public StatefulSourcePartition<Integer, Integer> buildPart(
                String step, String part, @Nullable Integer position) {
            throw new AssertionError("the start was to fail before");
        }
    }
}
