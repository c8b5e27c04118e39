package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.run.file.WatchedFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class PartWriterTest {

    @TempDir private Path directory;

    @Test
    @EnabledOnOs(OS.LINUX)
    void fullDiskIsReported() throws IOException {
        FileChannel channel = FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE);
        try (channel) {
            PartWriter full =
                    new PartWriter(
                            channel,
                            new WatchedFile(directory.resolve("part"), null, 0),
                            RollOptions.Packing.NONE);

            assertThatThrownBy(() -> full.write(new byte[] {'a'}, 1))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("No space left");
            assertThat(full.bytes()).isZero();
        }
    }

    @Test
    void fileThatIsThereIsNotOverwritten() throws IOException {
        Path file = Files.writeString(directory.resolve("part"), "there");

        assertThatThrownBy(() -> PartWriter.open(file, RollOptions.defaults()))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("there");
    }
}
