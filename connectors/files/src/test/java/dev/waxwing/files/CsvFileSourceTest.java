package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.source.SourceStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CsvFileSourceTest {

    @TempDir Path directory;

    @Test
    void c10_rowsAreMapsInOrderOfTheHeader() throws Exception {
        var rows = read("id,name\n1,ann\n2,bob\n").items;

        assertThat(rows)
                .containsExactly(
                        Map.of("id", "1", "name", "ann"), Map.of("id", "2", "name", "bob"));
        assertThat(rows.get(0).keySet()).containsExactly("id", "name");
    }

    @Test
    void c11_resumeAtEveryRowLosesAndRepeatsNone() throws Exception {
        Path file = write("\uFEFFa,b\r\n1,\"x\ny\"\r\n\r\n2,\"q\"\"q\"\n3,é\n4,last");
        var source = CsvFiles.rows(file).withBatchItems(1);
        var whole = Collected.all(source).items;
        List<FilePosition> positions = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        Collected<Map<String, String>> collected = new Collected<>();
        try (var partition = source.buildPart("flow.in", file.toString(), null)) {
            SourceStatus status = SourceStatus.OPEN;
            while (status == SourceStatus.OPEN) {
                positions.add(partition.snapshot());
                counts.add(collected.items.size());
                status = partition.nextBatch(collected);
            }
        }

        assertThat(whole).hasSize(4);
        for (int i = 0; i < positions.size(); i++) {
            assertThat(Collected.from(source, positions.get(i)).items)
                    .as("resumed at %s", positions.get(i))
                    .isEqualTo(whole.subList(counts.get(i), whole.size()));
        }
    }

    @Test
    void c12_otherDelimitersAndQuotes() throws Exception {
        var source = CsvFiles.rows(write("a;b\n'1;2';3\n")).withDelimiter(';').withQuote('\'');

        assertThat(Collected.all(source).items).containsExactly(Map.of("a", "1;2", "b", "3"));
    }

    @Test
    void quotedFieldsHoldLineEndsDelimitersAndDoubledQuotes() throws Exception {
        assertThat(read("a,b\n\"x\r\ny\",\"1,\"\"2\"\"\"\n\"\",\n").items)
                .containsExactly(Map.of("a", "x\r\ny", "b", "1,\"2\""), Map.of("a", "", "b", ""));
    }

    @Test
    void quoteWithinAnUnquotedFieldIsText() throws Exception {
        assertThat(read("a,b\n5\",x\"y\"\n").items)
                .containsExactly(Map.of("a", "5\"", "b", "x\"y\""));
    }

    @Test
    void namesMayBeGivenForAFileWithoutHeader() throws Exception {
        assertThat(Collected.all(CsvFiles.rows(write("1,2\n")).withHeader("a", "b")).items)
                .containsExactly(Map.of("a", "1", "b", "2"));
        assertThatThrownBy(() -> CsvFiles.rows(Path.of("a")).withHeader("a", "a"))
                .hasMessageContaining("distinct");
    }

    @Test
    void rowsWithOtherThanTheHeadersColumnsAreRejected() throws Exception {
        var collected = read("a,b\n1\n1,2,3\n4,5\n");

        assertThat(collected.items).containsExactly(Map.of("a", "4", "b", "5"));
        assertThat(collected.rejected).containsExactly("1", "1,2,3");
        assertThat(collected.causes.get(0))
                .hasMessageContaining("in.csv, line 2: it has 1 columns, but the header names 2");
        assertThat(collected.causes.get(1)).hasMessageContaining("line 3: it has 3 columns");
    }

    @Test
    void textAfterAClosingQuoteIsRejectedAndReadingGoesOnAtTheNextLine() throws Exception {
        var collected = read("a,b\n\"x\"y,1\n\"o\nk\",2\n");

        assertThat(collected.items).containsExactly(Map.of("a", "o\nk", "b", "2"));
        assertThat(collected.rejected).containsExactly("\"x\"y,1");
        assertThat(collected.reason()).contains("line 2", "closing quote");
    }

    @Test
    void quoteThatIsNeverClosedCostsItsOwnLineOnly() throws Exception {
        var collected = read("a,b\n1,\"open\n2,x\n3,y\n");

        assertThat(collected.items)
                .containsExactly(Map.of("a", "2", "b", "x"), Map.of("a", "3", "b", "y"));
        assertThat(collected.rejected).containsExactly("1,\"open");
        assertThat(collected.reason()).contains("line 2", "never closed");
    }

    @Test
    void quoteThatIsNotClosedWithinTheLimitIsNotHeldInMemory() throws Exception {
        Path file = write("a,b\n1,\"open\n" + "2,x\n".repeat(100_000));
        var source = CsvFiles.rows(file).withRecordBytesMax(100).withBlockBytes(16);

        var collected = Collected.all(source);

        assertThat(collected.items).hasSize(100_000);
        assertThat(collected.reason()).contains("line 2", "limit of 100 bytes");
    }

    @Test
    void lineNumbersCountTheLinesOfQuotedFieldsAndBlankOnes() throws Exception {
        var collected = read("a,b\n\"1\n2\n3\",x\n\n\nbad\n");

        assertThat(collected.reason()).contains("line 7");
    }

    @Test
    void malformedTextIsRejected() throws Exception {
        Path file =
                Files.write(
                        directory.resolve("in.csv"),
                        new byte[] {'a', '\n', (byte) 0xe9, '\n', 'b', '\n'});

        var collected = Collected.all(CsvFiles.rows(file));

        assertThat(collected.items).containsExactly(Map.of("a", "b"));
        assertThat(collected.reason()).contains("line 2", "UTF-8");
        assertThat(
                        Collected.all(CsvFiles.rows(file).withCharset(StandardCharsets.ISO_8859_1))
                                .items)
                .containsExactly(Map.of("a", "é"), Map.of("a", "b"));
    }

    @Test
    void charsetsOfSeveralBytesAreRefused() {
        assertThatThrownBy(
                        () ->
                                CsvFiles.rows(Path.of("a"))
                                        .withCharset(java.nio.charset.Charset.forName("GB18030")))
                .hasMessageContaining("several bytes");
    }

    @Test
    void headerWithEqualNamesIsRefused() throws Exception {
        CsvFileSource<?> source = CsvFiles.rows(write("a,b,a\n1,2,3\n"));

        assertThatThrownBy(() -> Collected.all(source))
                .hasMessageContaining("two columns of the name 'a'")
                .hasMessageContaining("withHeader");
    }

    @Test
    void emptyFileHasNoRows() throws Exception {
        assertThat(read("").items).isEmpty();
        assertThat(Collected.all(CsvFiles.records(write(""), Visit.class)).items).isEmpty();
    }

    @Test
    void positionBeyondTheEndIsRefused() throws Exception {
        Path file = write("a,b\n1,2\n");

        assertThatThrownBy(
                        () ->
                                Collected.from(
                                        CsvFiles.rows(file),
                                        new FilePosition(file.toString(), 99, 9)))
                .hasMessageContaining("truncated or replaced");
    }

    @Test
    void restOfALastRecordThatWasReadTooEarlyIsRejected() throws Exception {
        Path file = write("a,b\n1,22\n3,4\n");
        var position = new FilePosition(file.toString(), 7, 2);

        var collected = Collected.from(CsvFiles.rows(file), position);

        assertThat(collected.items).containsExactly(Map.of("a", "3", "b", "4"));
        assertThat(collected.rejected).containsExactly("2");
        assertThat(collected.reason()).contains("line 2", "written later");
    }

    @Test
    void rowsBecomeRecordsByNameOfTheComponents() throws Exception {
        Path file =
                write(
                        """
                        when,extra,user,amount,kind
                        2026-01-01T00:00:00Z,x,ann,5,BUY
                        ,,bob,-1,SELL
                        """);

        assertThat(Collected.all(CsvFiles.records(file, Visit.class)).items)
                .containsExactly(
                        new Visit("ann", 5, Kind.BUY, Instant.parse("2026-01-01T00:00:00Z")),
                        new Visit("bob", -1, Kind.SELL, null));
    }

    @Test
    void fieldThatIsNoValueOfItsComponentIsRejected() throws Exception {
        Path file =
                write("user,amount,kind,when\nann,five,BUY,\nbob,,BUY,\ncid,1,GIVE,\n,7,BUY,\n");

        var collected = Collected.all(CsvFiles.records(file, Visit.class));

        assertThat(collected.causes)
                .extracting(Exception::getMessage)
                .satisfiesExactly(
                        reason ->
                                assertThat(reason)
                                        .contains("line 2", "'amount' must be a whole", "'five'"),
                        reason -> assertThat(reason).contains("line 3", "'amount' is empty"),
                        reason ->
                                assertThat(reason)
                                        .contains(
                                                "line 4",
                                                "must be a name of Kind (BUY, SELL), but was"
                                                        + " 'GIVE'"),
                        reason ->
                                assertThat(reason).contains("line 5", "Visit refuses it: no user"));
    }

    @Test
    void missingColumnAndUnreadableComponentAreRefused() throws Exception {
        Path file = write("user\nann\n");

        assertThatThrownBy(() -> Collected.all(CsvFiles.records(file, Visit.class)))
                .hasMessageContaining("has no column 'amount'")
                .hasMessageContaining("[user]");
        assertThatThrownBy(() -> CsvFiles.records(file, Nested.class))
                .hasMessageContaining("component 'visits'");
    }

    enum Kind {
        BUY,
        SELL
    }

    record Visit(String user, int amount, Kind kind, @Nullable Instant when) {
        Visit {
            if (user.isEmpty()) {
                throw new IllegalArgumentException("no user");
            }
        }
    }

    record Nested(List<String> visits) {}

    record Sure(String text, Integer number, int primitive) {}

    @Test
    void emptyFieldIsTheEmptyStringAndNoNumberWhereNullIsNotTaken() throws Exception {
        Path file = write("text,number,primitive\n,1,2\n\"\",1,2\na,,2\na,1,\na,\"\",2\n");

        var collected = Collected.all(CsvFiles.records(file, Sure.class));

        assertThat(collected.items).containsExactly(new Sure("", 1, 2), new Sure("", 1, 2));
        assertThat(collected.causes)
                .extracting(Exception::getMessage)
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("'number' is empty", "or @Nullable"),
                        reason ->
                                assertThat(reason)
                                        .contains("'primitive' is empty", "Optional")
                                        .doesNotContain("@Nullable"),
                        reason -> assertThat(reason).contains("'number' must be a whole number"));
    }

    @Test
    void carriageReturnAloneIsRejectedOutsideOfQuotes() throws Exception {
        var collected = read("a,b\n1\r2,3\n4,\"5\"\r6\n\"7\r8\",9\r\n");

        assertThat(collected.items).containsExactly(Map.of("a", "7\r8", "b", "9"));
        assertThat(collected.rejected).containsExactly("1\r2,3", "4,\"5\"\r6");
        assertThat(collected.causes)
                .allSatisfy(cause -> assertThat(cause).hasMessageContaining("carriage return"));
    }

    @Test
    void fileWhoseLinesEndWithCarriageReturnsOnlyIsNotTakenForAHeader() throws Exception {
        assertThatThrownBy(() -> read("a,b\r1,2\r3,4\r"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("malformed header in line 1")
                .hasMessageContaining("end lines with a line feed");
    }

    private Collected<Map<String, String>> read(String text) throws Exception {
        return Collected.all(CsvFiles.rows(write(text)));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("in.csv"), text);
    }
}
