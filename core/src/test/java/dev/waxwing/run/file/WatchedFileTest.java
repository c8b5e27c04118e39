package dev.waxwing.run.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WatchedFileTest {

    @TempDir private Path directory;
    private Path file;
    private Path link;

    @BeforeEach
    void make() throws IOException {
        file = Files.writeString(directory.resolve("file"), "four");
        link = Files.createSymbolicLink(directory.resolve("link"), file);
    }

    @Test
    void fileThatHasGrownHasLostNothing() throws IOException {
        WatchedFile watched = WatchedFile.of(file);

        Files.writeString(file, "longer");

        assertThat(watched.loss()).isNull();
        assertThat(watched.loss(6)).isNull();
        assertThat(watched.resized().bytes()).isEqualTo(6);
    }

    @Test
    void fileThatIsShorterWasTruncated() throws IOException {
        WatchedFile watched = WatchedFile.of(file);

        Files.writeString(file, "1");

        assertThat(watched.loss()).isEqualTo("was truncated: it had 4 bytes and now has 1");
        assertThat(watched.loss(1)).isNull();
    }

    @Test
    void anotherFileInItsPlaceIsNotMeasured() throws IOException {
        WatchedFile watched = WatchedFile.of(file);

        Files.move(file, directory.resolve("moved"));
        Files.writeString(file, "longer");

        assertThat(watched.loss()).isEqualTo("was replaced by another file");
        assertThat(watched.resized()).isEqualTo(watched);
    }

    @Test
    void fileThatIsGoneIsToldOf() throws IOException {
        WatchedFile watched = WatchedFile.of(file);

        Files.delete(file);

        assertThat(watched.loss()).isEqualTo("was deleted or moved away");
    }

    @Test
    void linkInPlaceOfAFileIsAnotherFileEvenIfItLeadsThere() throws IOException {
        WatchedFile watched = WatchedFile.of(file);
        Path moved = Files.move(file, directory.resolve("moved"));

        Files.createSymbolicLink(file, moved);

        assertThat(watched.loss()).isEqualTo("was replaced by another file");
    }

    @Test
    void fileAtTheEndOfALinkIsWatchedWhereTheUserHasNamedTheLink() throws IOException {
        WatchedFile watched = WatchedFile.ofLinked(link);
        assertThat(watched.bytes()).isEqualTo(4);
        assertThat(watched.loss()).isNull();

        Files.delete(file);

        assertThat(watched.loss()).isEqualTo("was deleted or moved away");
    }
}
