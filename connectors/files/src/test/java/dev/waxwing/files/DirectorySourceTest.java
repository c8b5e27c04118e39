package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectorySourceTest {

    @TempDir Path directory;

    @BeforeEach
    void writeFiles() throws Exception {
        Files.writeString(directory.resolve("b.txt"), "b1\nb2\n");
        Files.writeString(directory.resolve("a.txt"), "a1\n");
        Files.writeString(directory.resolve("c.log"), "c1\n");
        Files.createDirectories(directory.resolve("sub.txt/deep"));
        Files.writeString(directory.resolve("sub.txt/d.txt"), "d1\n");
        Files.writeString(directory.resolve("sub.txt/deep/e.txt"), "e1\n");
    }

    @Test
    void c05_allLinesOfAllFilesInOrderOfNames() throws Exception {
        assertThat(Collected.all(TextFiles.directory(directory, "*")).items)
                .containsExactly("a1", "b1", "b2", "c1");
    }

    @Test
    void c06_missingDirectoryIsRefused() {
        assertThatThrownBy(() -> TextFiles.directory(directory.resolve("gone"), "*").listParts())
                .hasMessageContaining("gone' does not exist");
    }

    @Test
    void c06_fileInPlaceOfADirectoryIsRefused() {
        assertThatThrownBy(() -> TextFiles.directory(directory.resolve("a.txt"), "*").listParts())
                .hasMessageContaining("is not a directory")
                .hasMessageContaining("TextFiles.lines");
    }

    @Test
    void c07_onlyMatchingFilesAreReadAndDirectoriesAreNot() throws Exception {
        assertThat(TextFiles.directory(directory, "*.txt").listParts())
                .containsExactly("a.txt", "b.txt");
    }

    @Test
    void doubleStarReachesFilesAtAnyDepth() throws Exception {
        assertThat(TextFiles.directory(directory, "**/*.txt").listParts())
                .containsExactly("a.txt", "b.txt", "sub.txt/d.txt", "sub.txt/deep/e.txt");
    }

    @Test
    void globWithASlashReachesThatDepthOnly() throws Exception {
        assertThat(TextFiles.directory(directory, "sub.txt/*").listParts())
                .containsExactly("sub.txt/d.txt");
    }

    @Test
    void noMatchingFileIsAnErrorUnlessAllowed() throws Exception {
        TextFileSource none = TextFiles.directory(directory, "*.csv");

        assertThatThrownBy(none::listParts)
                .hasMessageContaining("matches '*.csv'")
                .hasMessageContaining("withAllowNoFiles()");
        assertThat(none.withAllowNoFiles().listParts()).isEmpty();
    }

    @Test
    void malformedGlobIsRefusedWhenTheSourceIsMade() {
        assertThatThrownBy(() -> TextFiles.directory(directory, "{a"))
                .isInstanceOf(PatternSyntaxException.class);
    }

    @Test
    void partitionsOfADirectoryThatMovedResumeByName() throws Exception {
        FilePosition afterB1 = new FilePosition("b.txt", 3, 1);
        Path moved = Files.move(directory.resolve("b.txt"), directory.resolve("sub.txt/b.txt"));
        Collected<String> rest = new Collected<>();

        TextFileSource source = TextFiles.directory(moved.getParent(), "*");
        try (var partition = source.buildPart("flow.in", "b.txt", afterB1)) {
            rest.drain(partition);
        }
        assertThat(rest.items).containsExactly("b2");
    }

    @Test
    void c08_fileThatIsGivenTwiceIsRefused() {
        Path file = directory.resolve("a.txt");

        assertThatThrownBy(() -> TextFiles.lines(List.of(file, file)))
                .hasMessageContaining("more than once");
    }

    @Test
    void filesGivenAreReadInTheOrderGiven() throws Exception {
        Path a = directory.resolve("a.txt");
        Path b = directory.resolve("b.txt");

        assertThat(Collected.all(TextFiles.lines(List.of(b, a))).items)
                .containsExactly("b1", "b2", "a1");
        assertThatThrownBy(() -> TextFiles.lines(List.of())).hasMessageContaining("no files given");
    }
}
