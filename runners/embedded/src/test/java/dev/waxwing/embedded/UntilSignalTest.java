package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A process that is asked to end ends its epoch first. Needs real processes and signals. */
@EnabledOnOs({OS.LINUX, OS.MAC})
final class UntilSignalTest {

    private static final int TERMINATED = 128 + 15;

    @TempDir Path directory;

    @Test
    void nextRunGoesOnBehindTheLastNumberThatWasSaid() throws Exception {
        List<Long> first = numbersUntilSignal();
        List<Long> second = numbersUntilSignal();

        assertThat(first.get(0)).isZero();
        assertThat(Stream.of(first, second).flatMap(List::stream))
                .containsExactlyElementsOf(
                        LongStream.range(0, first.size() + second.size()).boxed().toList());
    }

    private List<Long> numbersUntilSignal() throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx64m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                UntilSignal.class.getName(),
                                directory.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (BufferedReader out = process.inputReader()) {
            String first = out.readLine();
            process.toHandle().destroy();
            List<Long> numbers =
                    Stream.concat(Stream.of(first), out.lines()).map(Long::valueOf).toList();
            assertThat(process.waitFor()).isEqualTo(TERMINATED);
            return numbers;
        } finally {
            process.destroyForcibly();
        }
    }
}
