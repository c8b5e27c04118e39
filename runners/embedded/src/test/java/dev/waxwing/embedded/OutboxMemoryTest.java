package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outboxes are on the disk, however large they are; shown in a process of its own. */
final class OutboxMemoryTest {

    private static final long MEMORY_BYTES = 64 << 20;

    @TempDir private Path directory;

    @Test
    void epochThatIsLargerThanTheMemoryIsWrittenAndCommittedAsAWhole() throws Exception {
        assertThatAllIsCommitted(EpochLargerThanMemory.ONE_EACH);
    }

    @Test
    void batchOfTheSourceOfWhichMoreBecomesThanTheMemoryHoldsIsWrittenPieceByPiece()
            throws Exception {
        assertThatAllIsCommitted(EpochLargerThanMemory.MANY_EACH);
    }

    private void assertThatAllIsCommitted(String kind) throws Exception {
        assertThat(EpochLargerThanMemory.characters()).isGreaterThan(2 * MEMORY_BYTES);

        List<String> output =
                output(EpochLargerThanMemory.class, directory.resolve("store").toString(), kind);
        assertThat(output)
                .as(Files.readString(directory.resolve("errors")))
                .containsExactly("epoch 1: " + EpochLargerThanMemory.characters());
    }

    private List<String> output(Class<?> main, String argument, String kind)
            throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx" + MEMORY_BYTES,
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName(),
                                argument,
                                kind)
                        .redirectError(directory.resolve("errors").toFile())
                        .redirectOutput(output.toFile())
                        .start();
        process.waitFor();
        return Files.readAllLines(output);
    }
}
