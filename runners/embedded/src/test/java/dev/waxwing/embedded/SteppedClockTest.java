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

/**
 * A real process whose wall clock libfaketime sets, in the slow build; the machine's own stays as
 * it is. Without the library, or in the default build, the process has the clock of the machine.
 */
final class SteppedClockTest {

    private static final List<String> LIBRARIES =
            List.of(
                    "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
                    "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
                    "/usr/lib64/faketime/libfaketimeMT.so.1");

    @TempDir private Path directory;

    static Stream<String> libraries() {
        List<String> found =
                LIBRARIES.stream().filter(path -> Files.exists(Path.of(path))).toList();
        if (!Boolean.getBoolean("waxwing.slow")) {
            return Stream.of();
        }
        if (found.isEmpty()) {
            System.out.println(
                    "left out: no libfaketime here, so no process ran with a wall clock that is"
                            + " set; install the package libfaketime");
        }
        return found.stream();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("libraries")
    void processGoesOnWhenItsWallClockIsSet(String library) throws Exception {
        assertThat(output(library))
                .as(Files.readString(directory.resolve("errors")))
                .containsExactly("at first: goes on", "forth: goes on", "back: goes on", "STOPPED");
    }

    private List<String> output(String library) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        Path offset = Files.writeString(directory.resolve("offset"), "+0\n");
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Duser.timezone=Europe/Berlin",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SteppedClock.class.getName(),
                        offset.toString(),
                        directory.resolve("store").toString());
        builder.environment().put("LD_PRELOAD", library);
        builder.environment().put("FAKETIME_TIMESTAMP_FILE", offset.toString());
        builder.environment().put("FAKETIME_CACHE_DURATION", "1");
        builder.environment().put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        Process process =
                builder.redirectError(directory.resolve("errors").toFile())
                        .redirectOutput(output.toFile())
                        .start();
        process.waitFor();
        return Files.readAllLines(output);
    }
}
