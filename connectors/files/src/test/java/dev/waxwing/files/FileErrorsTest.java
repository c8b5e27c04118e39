package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.simulation.disk.PowerLossDisk;
import dev.waxwing.testing.TargetFaults;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What cannot be brought about on every machine, such as a file that root may not read. */
final class FileErrorsTest {

    private static final Path FILE = Path.of("in.txt");

    @Test
    void deniedAccessSaysWhatToChange() {
        IOException described = FileErrors.opening(FILE, new AccessDeniedException("in.txt"));

        assertThat(described).hasMessageContaining("'in.txt' may not be read by this user; change");
    }

    @Test
    void fileThatCannotBeOpenedForReadingSaysWhatToChange() throws IOException {
        var disk = new PowerLossDisk(1);
        Files.writeString(disk.mount(TargetFaults.NONE).resolve("in.txt"), "a\n");
        Path denied =
                disk.mount(
                                point -> {
                                    throw new AccessDeniedException("in.txt");
                                })
                        .resolve("in.txt");

        assertThatThrownBy(() -> OpenFile.open("in.txt", denied, Compression.AUTO))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in.txt' may not be read by this user; change its")
                .hasRootCauseInstanceOf(AccessDeniedException.class);
    }

    @Test
    void fileThatVanishedSinceTheStartIsMissing() {
        IOException described = FileErrors.opening(FILE, new NoSuchFileException("in.txt"));

        assertThat(described).hasMessageContaining("'in.txt' does not exist");
    }

    @Test
    void otherFailureIsToldAsItIs() {
        IOException described = FileErrors.opening(FILE, new IOException("Too many open files"));

        assertThat(described)
                .hasMessageContaining("'in.txt' cannot be opened: Too many open files");
    }
}
