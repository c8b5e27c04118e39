package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.sink.PartialWriteException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
