package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.step.AsyncOptions;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that were not finished are made again, in their order. */
final class AsyncRestoreTest {

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void unfinishedCallsAreMadeAgainBeforeWhatFollowsThem(int workers) throws Exception {
        var answered = new AtomicBoolean();
        var out = new TestSink<Integer>();
        List<Object> elements = new ArrayList<>(IntStream.range(0, 25).boxed().toList());
        elements.add(TestItems.crash());
        elements.addAll(IntStream.range(25, 40).boxed().toList());
        var flow = Dataflow.named("flow");
        flow.input("in", TestSource.<Integer>ofElements(elements))
                .<Integer>mapAsync(
                        "call",
                        i ->
                                answered.get()
                                        ? CompletableFuture.completedFuture(i)
                                        : new CompletableFuture<>(),
                        AsyncOptions.defaults())
                .output("out", out);
        EmbeddedOptions options =
                EmbeddedOptions.defaults()
                        .withWorkers(workers)
                        .withRecovery(
                                RecoveryOptions.in(directory).withEpochInterval(Duration.ZERO));

        assertThatThrownBy(() -> Waxwing.run(flow, options)).isNotNull();
        assertThat(out.committed()).isEmpty();
        answered.set(true);
        Waxwing.run(flow, options);

        assertThat(out.committed()).isEqualTo(IntStream.range(0, 40).boxed().toList());
    }
}
