package dev.waxwing.run.file;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.run.FileAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OwnFilesTest {

    @TempDir private Path directory;

    @Test
    void fileThatIsMadeIsForWhomTheAccessSays() throws IOException {
        Path own = directory.resolve("own");
        Path made = directory.resolve("made");
        Path usual = Files.createFile(directory.resolve("usual"));
        Path open = directory.resolve("open");

        OwnFiles.open(own, FileAccess.OWNER, CREATE, WRITE).close();
        OwnFiles.make(made, FileAccess.OWNER);
        OwnFiles.open(open, FileAccess.UMASK, CREATE, WRITE).close();

        assertThat(permissions(own)).isEqualTo("rw-------");
        assertThat(permissions(made)).isEqualTo("rw-------");
        assertThat(permissions(open)).isEqualTo(permissions(usual));
    }

    @Test
    void directoryThatIsMadeIsForItsOwner() throws IOException {
        Path made = directory.resolve("made");

        Files.createDirectory(made, OwnFiles.ofDirectory(made, FileAccess.OWNER));

        assertThat(permissions(made)).isEqualTo("rwx------");
    }

    @Test
    void fileThatIsThereStaysAsItIs() throws IOException {
        Path there = Files.writeString(directory.resolve("there"), "text");

        OwnFiles.make(there, FileAccess.OWNER);
        OwnFiles.open(there, FileAccess.OWNER, CREATE, WRITE).close();

        assertThat(there).hasContent("text");
    }

    @Test
    void linkIsNotFollowedEvenIfItLeadsNowhere() throws IOException {
        Path target = directory.resolve("target");
        Path link = Files.createSymbolicLink(directory.resolve("link"), target);

        assertThatThrownBy(() -> OwnFiles.open(link, FileAccess.OWNER, CREATE, WRITE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(link.toString())
                .hasMessageContaining("a symbolic link, which is not followed; see who");
        assertThat(target).doesNotExist();
    }

    @Test
    void whatIsNoFileIsNotOpened() {
        assertThatThrownBy(() -> OwnFiles.open(directory, FileAccess.OWNER, WRITE))
                .hasMessageContaining("must be a regular file, but is none, and is not opened");
    }

    @Test
    void fileThatIsMissingIsNoLink() {
        assertThatThrownBy(() -> OwnFiles.requireRegular(directory.resolve("missing")))
                .isInstanceOf(NoSuchFileException.class);
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
