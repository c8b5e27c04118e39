package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are appended to a file which has a header. */
final class CsvHeaderTest {

    @TempDir Path directory;

    record Before(String id, int total) {}

    record Now(String id, int total, String currency) {}

    record Turned(int total, String id) {}

    @Test
    void rowsOfOtherColumnsAreRefusedAtAResume() throws Exception {
        Path file = directory.resolve("out.csv");
        AppendPosition position;
        try (var partition = open(CsvFiles.append(file, Before.class), file, null)) {
            partition.writeBatch(List.of(new Before("a", 1)));
            position = partition.snapshot();
        }

        for (AppendSink<?> sink :
                List.of(
                        CsvFiles.append(file, Now.class),
                        CsvFiles.append(file, Turned.class),
                        CsvFiles.append(file, List.of("id")),
                        CsvFiles.append(file, List.of("id", "total", "x")))) {
            assertThatThrownBy(() -> open(sink, file, position))
                    .hasMessageContaining("out.csv' begins with 'id,total', but what is written")
                    .hasMessageContaining("write to another file");
        }
        try (var partition = open(CsvFiles.append(file, Before.class), file, position)) {
            partition.writeBatch(List.of(new Before("b", 2)));
        }
        assertThat(file).hasContent("id,total\na,1\nb,2\n");
    }

    @Test
    void fileOfAnotherProgramIsAppendedToUnderItsHeader() throws Exception {
        for (String header :
                List.of("id,total\n", "\uFEFFid,total\r\n", "\"id\",\"total\"\r\n", "")) {
            Path file = Files.writeString(directory.resolve("out.csv"), header);
            var sink = CsvFiles.append(file, Before.class).withOnExisting(OnExisting.APPEND);

            try (var partition = open(sink, file, null)) {
                partition.writeBatch(List.of(new Before("b", 2)));
            }

            assertThat(file).hasContent((header.isEmpty() ? "id,total\n" : header) + "b,2\n");
        }
        Path other = Files.writeString(directory.resolve("other.csv"), "id,total,note\n");
        var sink = CsvFiles.append(other, Before.class).withOnExisting(OnExisting.APPEND);
        assertThatThrownBy(() -> open(sink, other, null))
                .hasMessageContaining("begins with 'id,total,note'");
    }

    @Test
    void nameOfAColumnMayHaveALineEnd() throws Exception {
        Path file = directory.resolve("out.csv");
        var sink = CsvFiles.append(file, List.of("a\nb", "é\"")).withLineEnd("\r\n");
        AppendPosition position;
        try (var partition = open(sink, file, null)) {
            partition.writeBatch(List.of(Map.of("a\nb", 1)));
            position = partition.snapshot();
        }

        try (var partition = open(sink, file, position)) {
            partition.writeBatch(List.of(Map.of("a\nb", 2)));
        }
        assertThat(Collected.all(CsvFiles.rows(file)).items).hasSize(2);
    }

    @SuppressWarnings("unchecked")
    private static <X> AppendPartition<X> open(
            AppendSink<?> sink, Path file, @Nullable AppendPosition position) throws Exception {
        return (AppendPartition<X>)
                ((AppendSink<X>) sink).buildPart("flow.out", file.toString(), position);
    }
}
