package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.step.AsyncOptions;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A function that sets its thread's interrupt flag harms nobody but itself. */
final class LeftInterruptTest {

    private final Dataflow flow = Dataflow.named("flow");

    @Test
    void sinkThatWritesToAChannelGoesOn(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("out");
        DynamicSink<Integer> sink = (step, index, count) -> items -> write(file, items);
        flow.input("in", TestSource.of(1, 2, 3))
                .map("interrupts", LeftInterruptTest::interrupted)
                .output("out", sink);

        Runs.run(flow, EmbeddedOptions.defaults());

        assertThat(Files.readAllBytes(file)).containsExactly(1, 2, 3);
    }

    @Test
    void functionWithAPolicyThatWaitsGoesOn() throws Exception {
        List<Integer> written = new CopyOnWriteArrayList<>();
        DynamicSink<Integer> sink = (step, index, count) -> written::addAll;
        flow.input("in", TestSource.of(1, 2, 3))
                .map("interrupts", LeftInterruptTest::interrupted)
                .map("waits", LeftInterruptTest::waiting)
                .onFailure(FailurePolicy.deadLetter())
                .output("out", sink);

        Runs.run(flow, EmbeddedOptions.defaults());

        assertThat(written).containsExactly(1, 2, 3);
    }

    @Test
    void callThatWaitsGoesOn() throws Exception {
        List<Integer> written = new CopyOnWriteArrayList<>();
        DynamicSink<Integer> sink = (step, index, count) -> written::addAll;
        flow.input("in", TestSource.of(1, 2, 3))
                .map("interrupts", LeftInterruptTest::interrupted)
                .mapAsync(
                        "waits",
                        n -> CompletableFuture.completedFuture(waiting(n)),
                        AsyncOptions.defaults())
                .output("out", sink);

        Runs.run(flow, EmbeddedOptions.defaults());

        assertThat(written).containsExactly(1, 2, 3);
    }

    @Test
    void functionThatIsInterruptedByAnotherIsNotBlamedAlone() {
        flow.input("in", TestSource.of(1))
                .map("interrupts", LeftInterruptTest::interrupted)
                .map("waits", LeftInterruptTest::waiting)
                .output("out", new TestSink<>());

        assertThat(Runs.failure(flow, EmbeddedOptions.defaults()))
                .hasMessageContaining("step 'flow.waits': the function threw java.lang.Interrupted")
                .hasMessageContaining("nobody has asked the execution to end")
                .hasMessageContaining("left by this step or by one before it")
                .hasCauseInstanceOf(InterruptedException.class);
    }

    private static int interrupted(int number) {
        Thread.currentThread().interrupt();
        return number;
    }

    private static int waiting(int number) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return number;
    }

    private static void write(Path file, List<Integer> items) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int item : items) {
                channel.write(ByteBuffer.wrap(new byte[] {(byte) item}));
            }
        }
    }
}
