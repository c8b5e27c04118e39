package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.testing.LoggedLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Symbolic links, and what else leads to files or to none. */
final class LinkedFilesTest {

    @TempDir Path temp;

    private Path day = Path.of("unset");
    private Path root = Path.of("unset");

    @BeforeEach
    void makeFiles() throws IOException {
        day = Files.createDirectory(temp.resolve("2026-11-30"));
        Files.writeString(day.resolve("a.log"), "a1\na2\n");
        root = Files.createDirectory(temp.resolve("root"));
        Files.writeString(root.resolve("b.log"), "b1\n");
    }

    @Test
    void directoryThatIsALinkIsRead() throws Exception {
        Path current = Files.createSymbolicLink(temp.resolve("current"), Path.of("2026-11-30"));

        assertThat(Collected.all(TextFiles.directory(current, "*.log")).items)
                .containsExactly("a1", "a2");
    }

    @Test
    void linkedFilesAndDirectoriesAreRead() throws Exception {
        Files.createSymbolicLink(root.resolve("sub"), day);
        Files.createSymbolicLink(root.resolve("c.log"), Path.of("b.log"));

        assertThat(TextFiles.directory(root, "**/*.log").listParts())
                .containsExactly("b.log", "sub/a.log");
    }

    @Test
    void fileThatSeveralNamesLeadToIsReadOnceByTheSimplestOfThem() throws Exception {
        Path deep = Files.createDirectories(root.resolve("x/y"));
        Files.createLink(deep.resolve("0.log"), day.resolve("a.log"));
        Files.createSymbolicLink(root.resolve("a.log"), day.resolve("a.log"));
        Files.createSymbolicLink(root.resolve(".a.log"), day.resolve("a.log"));

        assertThat(TextFiles.directory(root, "**/*.log").listParts())
                .containsExactly("a.log", "b.log");
    }

    @Test
    void linkToADirectoryAboveIsNoLoop() throws Exception {
        Files.createSymbolicLink(root.resolve("up"), root);

        assertThat(TextFiles.directory(root, "**/*.log").listParts()).containsExactly("b.log");
    }

    @Test
    void linkThatLeadsNowhereIsNamed() throws Exception {
        Files.createSymbolicLink(root.resolve("gone.log"), Path.of("nowhere"));
        Files.createSymbolicLink(root.resolve("self.log"), Path.of("self.log"));
        Files.createSymbolicLink(root.resolve("gone.txt"), Path.of("nowhere"));

        assertThatThrownBy(() -> TextFiles.directory(root, "*.log").listParts())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("2 files cannot be read")
                .hasMessageContaining("'gone.log' is a symbolic link to 'nowhere'")
                .hasMessageContaining("'self.log'")
                .hasMessageContaining("OnUnreadable.SKIP");
    }

    @Test
    void rootThatLeadsNowhereIsRefused() throws Exception {
        Path link = Files.createSymbolicLink(temp.resolve("link"), Path.of("nowhere"));

        assertThatThrownBy(() -> TextFiles.directory(link, "*").withAllowNoFiles().listParts())
                .hasMessageContaining("is a symbolic link to 'nowhere'");
    }

    @Test
    void whatCannotBeReadIsLeftOutAndCountedByChoice() throws Exception {
        Files.createSymbolicLink(root.resolve("gone.log"), Path.of("nowhere"));
        Files.createSymbolicLink(root.resolve("null.log"), Path.of("/dev/null"));
        try (LoggedLines logged = LoggedLines.of(UnreadableFiles.class.getName())) {
            TextFileSource source =
                    TextFiles.directory(root, "*.log").withOnUnreadable(OnUnreadable.SKIP);

            assertThat(source.listParts()).containsExactly("b.log");
            assertThat(logged.all().toString())
                    .contains("2 files left out", "'gone.log'", "'null.log'");
        }
    }

    @Test
    void fileThatGoesAfterItWasListedIsLeftOutByChoice() throws Exception {
        TextFileSource source =
                TextFiles.directory(root, "*.log").withOnUnreadable(OnUnreadable.SKIP);
        assertThat(source.listParts()).containsExactly("b.log");
        Files.delete(root.resolve("b.log"));
        Collected<String> collected = new Collected<>();

        try (var partition = source.buildPart("flow.in", "b.log", null)) {
            collected.drain(partition);
        }
        assertThat(collected.items).isEmpty();
    }

    @Test
    void directoriesThatCannotHoldAMatchAreNotLookedInto() throws Exception {
        Files.createDirectories(root.resolve("logs/2026"));
        Files.writeString(root.resolve("logs/2026/c.log"), "c\n");
        Files.createDirectories(root.resolve("other/2026"));
        Files.writeString(root.resolve("other/2026/d.log"), "d\n");

        assertThat(TextFiles.directory(root, "logs/*/*.log").listParts())
                .containsExactly("logs/2026/c.log");
        assertThat(TextFiles.directory(root, "{logs,other}/*/*.log").listParts())
                .containsExactly("logs/2026/c.log", "other/2026/d.log");
    }

    @Test
    void versionsThatKubernetesKeepsAreReadByTheirLinksOnly() throws Exception {
        Path mount = Files.createDirectory(temp.resolve("mount"));
        Path version = Files.createDirectory(mount.resolve("..2026_11_30_07_00_00.1"));
        Files.writeString(version.resolve("rows.csv"), "r1\n");
        Files.createSymbolicLink(mount.resolve("..data"), version.getFileName());
        Files.createSymbolicLink(mount.resolve("rows.csv"), Path.of("..data/rows.csv"));

        assertThat(TextFiles.directory(mount, "**").listParts()).containsExactly("rows.csv");
        assertThat(TextFiles.directory(mount, "*").listParts()).containsExactly("rows.csv");
        assertThat(TextFiles.directory(mount, "..data/*").listParts())
                .containsExactly("..data/rows.csv");
    }
}
