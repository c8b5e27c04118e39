package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.text.TextForms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of all types through files of CSV and JSON and back, or refused. */
final class TextTableTest {

    private static final Path DOCUMENT = Path.of("../../docs/reference/text-forms.md");

    @TempDir Path directory;

    static Stream<TextTable.Row> rows() {
        return TextTable.ROWS.stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void valuesComeBackAsTheyWereAndOtherTextIsRefused(TextTable.Row row) throws Exception {
        TextTable.check(row, directory);
    }

    @Test
    void tableHasARowForEachForm() {
        assertThat(TextTable.ROWS)
                .<Object>map(row -> TextForms.of(row.type()).orElseThrow())
                .containsAll(TextForms.all());
    }

    @Test
    void documentShowsTheTable() throws Exception {
        assertThat(Files.readString(DOCUMENT)).contains("\n" + TextTable.markdown() + "\n");
    }

    @Timeout(120)
    @ParameterizedTest
    @CsvSource({
        "America/New_York, tr, TR, latn, UTF-8",
        "Europe/Berlin, tr, TR, latn, ISO-8859-1",
        "Asia/Kathmandu, ar, EG, arab, UTF-8",
        "America/New_York, ar, EG, arab, ISO-8859-1",
        "Europe/Berlin, ar, EG, arab, UTF-8",
        "Asia/Kathmandu, tr, TR, latn, ISO-8859-1"
    })
    void tableIsTheSameInEveryZoneLocaleAndCharset(
            String zone, String language, String country, String digits, String charset)
            throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Duser.timezone=" + zone,
                                "-Duser.language=" + language,
                                "-Duser.country=" + country,
                                "-Duser.extensions=u-nu-" + digits,
                                "-Dfile.encoding=" + charset,
                                "-cp",
                                System.getProperty("java.class.path"),
                                TextTable.class.getName(),
                                directory.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("output").toFile())
                        .start();

        assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
        assertThat(directory.resolve("output")).content().isEmpty();
        assertThat(Files.readAllLines(directory.resolve("table.md")))
                .isEqualTo(List.of(TextTable.markdown().split("\n")));
    }
}
