package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of files, on a system where they are bytes. */
final class FileNamesTest {

    @TempDir Path directory;

    @Test
    void backslashIsACharacterOfAName() throws Exception {
        Files.createDirectory(directory.resolve("a"));
        Files.writeString(directory.resolve("a/b.log"), "slash\n");
        Files.writeString(directory.resolve("a\\b.log"), "backslash\n");

        TextFileSource source = TextFiles.directory(directory, "**.log");

        assertThat(source.listParts()).containsExactly("a/b.log", "a\\b.log");
        assertThat(Collected.all(source).items).containsExactly("slash", "backslash");
    }

    @ParameterizedTest
    @CsvSource({"C, US-ASCII", "C, UTF-8", "C.UTF-8, ISO-8859-1"})
    void namesAndTextsAreTheSameInEveryLocale(String locale, String charset) throws Exception {
        Path accents =
                Files.createDirectory(PathText.path(directory + "/d\u00e9p\u00f4t \u6ce8%41"));
        Files.writeString(accents.resolve("plain.log"), "plain\n");
        Files.writeString(
                accents.resolve(PathText.path("caf\u00e9 %C3.log")), "Z\u00fcrich \u6ce8\n");

        List<String> lines = linesOfChild(locale, charset, accents);

        assertThat(lines)
                .containsExactly(
                        escaped("part caf\u00e9 %C3.log"),
                        escaped("line Z\u00fcrich \u6ce8"),
                        "part plain.log",
                        "line plain",
                        escaped("copied Z\u00fcrich \u6ce8"),
                        "copied plain");
    }

    @Test
    void nameThatIsNoUtf8IsNamedOrLeftOutByChoice() throws Exception {
        Files.writeString(directory.resolve("plain.log"), "plain\n");
        Files.writeString(Path.of(URI.create(directory.toUri() + "caf%E9.log")), "latin\n");
        TextFileSource source = TextFiles.directory(directory, "*.log");

        assertThatThrownBy(source::listParts)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("caf%E9.log")
                .hasMessageContaining("is no UTF-8")
                .hasMessageContaining("rename it");
        assertThat(Collected.all(source.withOnUnreadable(OnUnreadable.SKIP)).items)
                .containsExactly("plain");
    }

    @Test
    void pathThatIsNoUtf8IsRefusedWhenItIsGiven() {
        Path latin = Path.of(URI.create(directory.toUri() + "caf%E9.log"));

        assertThatThrownBy(() -> TextFiles.lines(latin))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("caf%E9.log");
        assertThatThrownBy(() -> TextFiles.append(latin))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("caf%E9.log");
    }

    private static List<String> linesOfChild(String locale, String charset, Path root)
            throws Exception {
        ProcessBuilder child =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dfile.encoding=" + charset,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        root.toUri().toString());
        child.environment().put("LC_ALL", locale);
        Process process = child.redirectErrorStream(true).start();
        String output =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().toList();
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars()
                .forEach(
                        c ->
                                escaped.append(
                                        c < 0x80 ? "" + (char) c : String.format("\\u%04x", c)));
        return escaped.toString();
    }

    /** Reads a directory in a JVM of another locale, and copies its lines. */
    static final class Child {

        private Child() {}

        public static void main(String[] arguments) throws Exception {
            Path root = Path.of(URI.create(arguments[0]));
            TextFileSource source = TextFiles.directory(root, "*.log");
            StringBuilder copied = new StringBuilder();
            for (String part : source.listParts()) {
                System.out.println(escaped("part " + part));
                Collected<String> collected = new Collected<>();
                try (var partition = source.buildPart("flow.in", part, null)) {
                    collected.drain(partition);
                }
                for (String line : collected.items) {
                    System.out.println(escaped("line " + line));
                }
                Path copy = root.resolve(PathText.path(part + ".copy"));
                AppendSink<String> sink = TextFiles.append(copy);
                try (var to = sink.buildPart("flow.out", sink.listParts().get(0), null)) {
                    to.writeBatch(collected.items);
                }
                for (String line : Files.readAllLines(copy, StandardCharsets.UTF_8)) {
                    copied.append(escaped("copied " + line)).append('\n');
                }
            }
            System.out.print(copied);
        }
    }
}
