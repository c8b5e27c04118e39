package dev.waxwing.checks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

final class SnippetsTest {

    private static final String MARK = "<!-- snippet: A.java#b -->\n";
    private static final String SOURCE =
            "class A {\n"
                + "    // region b\n"
                + "    int b() {\n"
                + "        return 1;\n"
                + "    }\n\n"
                + "    // endregion\n"
                + "}\n";
    private static final String RIGHT = "```java\nint b() {\n    return 1;\n}\n```\n";

    @TempDir private Path root;

    @Test
    void codeInDocumentationIsThatOfTheSources() {
        var repository = Repository.find();
        var files = repository.markdownFiles();

        assertThat(files.stream().mapToInt(file -> Snippets.count(Repository.read(file))).sum())
                .isGreaterThan(5);
        assertThat(
                        files.stream()
                                .flatMap(
                                        file ->
                                                Snippets.violations(
                                                        repository.root(),
                                                        file,
                                                        Repository.read(file))
                                                        .stream()))
                .isEmpty();
    }

    @Test
    void allJavaOfTheGuideIsThatOfTheSources() {
        var guide = Repository.find().root().resolve("docs/guide");

        assertThat(Repository.find().markdownFiles())
                .filteredOn(file -> file.startsWith(guide))
                .hasSizeGreaterThan(3)
                .noneMatch(file -> Snippets.hasOtherJava(Repository.read(file)));
    }

    @Test
    void javaWithoutAMarkIsFound() {
        assertThat(Snippets.hasOtherJava("text\n" + RIGHT)).isTrue();
        assertThat(Snippets.hasOtherJava(MARK + RIGHT)).isFalse();
        assertThat(Snippets.hasOtherJava(MARK + RIGHT + RIGHT)).isTrue();
    }

    @Test
    void sameTextIsRight() throws Exception {
        assertThat(violations(MARK + RIGHT)).isEmpty();
    }

    @Test
    void textThatDiffersIsFoundAndTheRightOneShown() throws Exception {
        assertThat(violations(MARK + RIGHT.replace("1", "2")))
                .singleElement()
                .asString()
                .contains("doc.md", "A.java#b", "differs", "return 1;");
    }

    @Test
    void fileOrRegionThatIsMissingIsFound() throws Exception {
        assertThat(violations(MARK.replace("A.java", "B.java") + RIGHT)).hasSize(1);
        assertThat(violations(MARK.replace("#b", "#c") + RIGHT)).hasSize(1);
    }

    @Test
    void markWithoutABlockIsFound() throws Exception {
        assertThat(violations(MARK + "\ntext\n")).hasSize(1);
    }

    private List<String> violations(String markdown) throws Exception {
        Files.writeString(root.resolve("A.java"), SOURCE);
        return Snippets.violations(root, Path.of("doc.md"), markdown);
    }
}
