package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.sink.PartialWriteException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CsvEncoderTest {

    @TempDir Path directory;

    record Visit(String user, @Nullable Integer amount) {}

    @Test
    void newFileBeginsWithTheHeaderAndAResumedOneDoesNotRepeatIt() throws Exception {
        Path file = directory.resolve("out.csv");
        AppendSink<Visit> sink = CsvFiles.append(file, Visit.class);
        AppendPosition position;
        try (var partition = sink.buildPart("flow.out", file.toString(), null)) {
            partition.writeBatch(List.of(new Visit("ann", 1)));
            position = partition.snapshot();
            partition.writeBatch(List.of(new Visit("lost", 2)));
        }
        try (var partition = sink.buildPart("flow.out", file.toString(), position)) {
            partition.writeBatch(List.of(new Visit("bob, jr", null)));
        }

        assertThat(file).hasContent("user,amount\nann,1\n\"bob, jr\",\n");
        assertThat(Collected.all(CsvFiles.records(file, Visit.class)).items)
                .containsExactly(new Visit("ann", 1), new Visit("bob, jr", null));
    }

    @Test
    void columnThatTheHeaderDoesNotNameMakesTheRowFail() throws Exception {
        Path file = directory.resolve("out.csv");
        AppendSink<Map<String, ?>> sink = CsvFiles.append(file, List.of("a", "b"));

        try (var partition = sink.buildPart("flow.out", file.toString(), null)) {
            assertThatThrownBy(
                            () -> partition.writeBatch(List.of(Map.of("c", 1), Map.of("b", 2.5))))
                    .isInstanceOf(PartialWriteException.class)
                    .hasMessageContaining("[c]");
        }
        assertThat(file).hasContent("a,b\n,2.5\n");
    }

    @Test
    void rowThatWouldBeABlankLineIsQuoted() throws Exception {
        Path file = directory.resolve("out.csv");
        AppendSink<Map<String, ?>> sink = CsvFiles.append(file, List.of("a"));

        try (var partition = sink.buildPart("flow.out", file.toString(), null)) {
            partition.writeBatch(List.of(Map.of("a", "")));
        }
        assertThat(Files.readString(file)).isEqualTo("a\n\"\"\n");
        assertThat(Collected.all(CsvFiles.rows(file)).items).containsExactly(Map.of("a", ""));
    }

    record Maybe(@Nullable String text, @Nullable Integer number, Optional<String> more) {}

    @Test
    void nullAndEmptyTextComeBackAsTheyWere() throws Exception {
        Path file = directory.resolve("out.csv");
        List<Maybe> items =
                List.of(
                        new Maybe(null, null, Optional.empty()),
                        new Maybe("", 0, Optional.of("")),
                        new Maybe("x", 1, Optional.of("\"")));
        AppendSink<Maybe> sink = CsvFiles.append(file, Maybe.class);
        try (var partition = sink.buildPart("flow.out", file.toString(), null)) {
            partition.writeBatch(items);
        }

        assertThat(file).hasContent("text,number,more\n,,\n\"\",0,\"\"\nx,1,\"\"\"\"\n");
        assertThat(Collected.all(CsvFiles.records(file, Maybe.class)).items).isEqualTo(items);
    }

    @NullUnmarked
    record Unmarked(String text, Integer number, String more) {}

    @Test
    void nullComesBackAsNullWhereCodeDoesNotSayThatThereIsNone() throws Exception {
        Path file = directory.resolve("out.csv");
        List<Unmarked> items =
                List.of(
                        new Unmarked(null, null, null),
                        new Unmarked("", 1, "x"),
                        new Unmarked("x", null, ""));
        AppendSink<Unmarked> sink = CsvFiles.append(file, Unmarked.class);
        try (var partition = sink.buildPart("flow.out", file.toString(), null)) {
            partition.writeBatch(items);
        }

        assertThat(Collected.all(CsvFiles.records(file, Unmarked.class)).items).isEqualTo(items);
    }

    record Sure(String text, Integer number) {}

    @Test
    void nullOfAComponentThatTakesNoneIsNotWritten() throws Exception {
        Path file = directory.resolve("out.csv");
        AppendSink<Sure> sink = CsvFiles.append(file, Sure.class);

        try (var partition = sink.buildPart("flow.out", file.toString(), null)) {
            assertThatThrownBy(
                            () ->
                                    partition.writeBatch(
                                            List.of(new Sure("a", null), new Sure("", 1))))
                    .isInstanceOf(PartialWriteException.class)
                    .hasMessageContaining("component 'number' is null, but takes none")
                    .hasMessageContaining("@Nullable");
        }
        assertThat(file).hasContent("text,number\n\"\",1\n");
    }

    record Single(@Nullable String only) {}

    @Test
    void nullInTheOnlyColumnIsNotWrittenAsItWouldBeABlankLine() throws Exception {
        Path file = directory.resolve("out.csv");
        AppendSink<Single> sink = CsvFiles.append(file, Single.class);

        try (var partition = sink.buildPart("flow.out", file.toString(), null)) {
            assertThatThrownBy(() -> partition.writeBatch(List.of(new Single(null))))
                    .hasMessageContaining("'only' is null, which would be a blank line");
        }
    }

    record Unwritable(List<String> names) {}

    @Test
    void valuesWithoutTextAreRefused() throws Exception {
        Path file = directory.resolve("out.csv");
        AppendSink<Map<String, ?>> sink = CsvFiles.append(file, List.of("a"));

        assertThatThrownBy(() -> CsvFiles.append(file, Unwritable.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("component 'names'");
        try (var partition = sink.buildPart("flow.out", file.toString(), null)) {
            assertThatThrownBy(() -> partition.writeBatch(List.of(Map.of("a", List.of()))))
                    .hasMessageContaining("column 'a'")
                    .hasMessageContaining("has no text");
        }
    }

    @Test
    void headerThatBeginsWithAByteOrderMarkComesBack() throws Exception {
        Path file = directory.resolve("out.csv");
        AppendSink<Map<String, ?>> sink = CsvFiles.append(file, List.of("\uFEFFa", "b"));
        try (var partition = sink.buildPart("flow.out", file.toString(), null)) {
            partition.writeBatch(List.of(Map.of("\uFEFFa", "\uFEFF", "b", "x")));
        }

        assertThat(Collected.all(CsvFiles.rows(file)).items)
                .containsExactly(Map.of("\uFEFFa", "\uFEFF", "b", "x"));
    }

    @Test
    void otherDelimitersAreWrittenByAnEncoder() throws Exception {
        Path file = directory.resolve("out.tsv");
        AppendSink<Visit> sink =
                AppendSink.to(file, CsvEncoder.ofRecords(Visit.class).withDelimiter('\t'));

        try (var partition = sink.buildPart("flow.out", file.toString(), null)) {
            partition.writeBatch(List.of(new Visit("a\tb", 1)));
        }
        assertThat(file).hasContent("user\tamount\n\"a\tb\"\t1\n");
    }
}
