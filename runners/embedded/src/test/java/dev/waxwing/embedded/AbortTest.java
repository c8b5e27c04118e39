package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.run.Execution;
import dev.waxwing.run.ExecutionStatus;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class AbortTest {

    @Test
    void interruptsOfAnAbortAreNoFailure() throws Exception {
        var waiting = new CountDownLatch(1);
        var flow = Dataflow.named("flow");
        flow.input("in", TestSource.of(1))
                .map(
                        "wait",
                        i -> {
                            waiting.countDown();
                            new CountDownLatch(1).await();
                            return i;
                        })
                .output("out", new TestSink<Integer>());
        var options = EmbeddedOptions.defaults().withRestarts(RestartPolicy.upTo(3));

        try (Execution execution = EmbeddedRunner.start(flow, options)) {
            waiting.await();
            execution.abort();
            execution.await();

            assertThat(execution.status()).isEqualTo(ExecutionStatus.ABORTED);
        }
    }
}
