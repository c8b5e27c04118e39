package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.text.TextForms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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

    static List<ChildJvm> children() {
        return ChildJvm.all();
    }

    @Timeout(120)
    @ParameterizedTest
    @MethodSource("children")
    void tableIsTheSameInEveryZoneLocaleAndCharset(ChildJvm child) throws Exception {
        assertThat(child.run(TextTable.class, directory.toString())).isEmpty();

        assertThat(Files.readAllLines(directory.resolve("table.md")))
                .isEqualTo(List.of(TextTable.markdown().split("\n")));
    }
}
