package dev.waxwing.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OwnSourceAndSinkTest {

    private static final AtomicBoolean FAILS = new AtomicBoolean();

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everyNumberOfEachPartitionIsWrittenOnceAlthoughTheExecutionFailed(int workers)
            throws IOException {
        var options =
                EmbeddedOptions.defaults()
                        .withWorkers(workers)
                        .withRecovery(
                                RecoveryOptions.in(directory.resolve("state"))
                                        .withEpochInterval(Duration.ZERO));

        FAILS.set(true);
        assertThatThrownBy(() -> Waxwing.run(flow(), options)).hasMessageContaining("ticks.check");
        Waxwing.run(flow(), options);

        assertThat(written())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 100)
                                .boxed()
                                .flatMap(n -> List.of(n + "", n + "").stream())
                                .toList());
    }

    private Dataflow flow() {
        var flow = Dataflow.named("ticks");
        flow.input("ticks", new Ticks(List.of("a", "b"), 100))
                .map("check", OwnSourceAndSinkTest::checked)
                .keyOn("by-last-digit", n -> Long.toString(n % 10))
                .output("events", new EventFiles(directory.toString()));
        return flow;
    }

    private static Long checked(Long n) {
        if (n == 50 && FAILS.getAndSet(false)) {
            throw new IllegalStateException("as if the machine had failed");
        }
        return n;
    }

    private List<String> written() throws IOException {
        var lines = new ArrayList<String>();
        for (var part : List.of("0", "1", "2", "3")) {
            var file = directory.resolve("events-" + part);
            lines.addAll(Files.exists(file) ? Files.readAllLines(file) : List.of());
        }
        return lines;
    }
}
