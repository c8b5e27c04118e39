package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Processes whose memory is full to the last byte: executions fail, and whoever waits is told. */
final class OutOfMemoryTest {

    private static final List<String> PLACES =
            List.of(
                    "map",
                    "anywhere",
                    "blocking",
                    "commit",
                    "state",
                    "source",
                    "call",
                    "completion",
                    "swallowed source",
                    "swallowed blocking");

    @TempDir private Path directory;

    /** In the default build a worker's thread, and whichever comes first. */
    static Stream<String> places() {
        return PLACES.stream().limit(Boolean.getBoolean("waxwing.slow") ? PLACES.size() : 2);
    }

    @ParameterizedTest
    @MethodSource("places")
    void executionFailsThoughNothingIsLeftToFailWith(String place) throws Exception {
        List<String> lines = output(place);

        assertThat(lines)
                .as(Files.readString(directory.resolve("errors")))
                .hasSize(2)
                .startsWith("FAILED by OutOfMemoryError");
        List<String> next = output("nowhere");
        assertThat(next).as(Files.readString(directory.resolve("errors"))).hasSize(1);
        assertThat(Long.parseLong(next.get(0)))
                .as("the epoch that the next execution goes on from")
                .isGreaterThanOrEqualTo(Long.parseLong(lines.get(1)));
    }

    private List<String> output(String place) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx48m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                OutOfMemory.class.getName(),
                                directory.resolve("store").toString(),
                                place)
                        .redirectError(directory.resolve("errors").toFile())
                        .redirectOutput(output.toFile())
                        .start();
        process.waitFor();
        return Files.readAllLines(output);
    }
}
