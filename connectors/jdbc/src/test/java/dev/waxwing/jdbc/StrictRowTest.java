package dev.waxwing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.function.Mapper;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.testing.PartitionReader;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nulls in rows that a function reads. */
final class StrictRowTest {

    @TempDir private Path directory;

    @ParameterizedTest
    @EnumSource
    void nullThatIsReadAsAPrimitiveRejectsTheRow(TestDatabase database) throws Exception {
        var reader = reader(database, row -> row.getInt("n"));

        assertThat(reader.readAll(Duration.ofSeconds(10))).containsExactly(7);
        assertThat(reader.rejected()).singleElement().asString().contains("id=2");
    }

    @ParameterizedTest
    @EnumSource
    void nullIsNoticedThoughAnotherColumnIsReadNext(TestDatabase database) throws Exception {
        var reader = reader(database, row -> (int) row.getLong("n") + row.getInt("id"));

        assertThat(reader.readAll(Duration.ofSeconds(10))).containsExactly(8);
        assertThat(reader.rejected()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void messageNamesTheColumnAndWhatToDo(TestDatabase database) throws Exception {
        var source = source(database, row -> row.getInt("n"));
        try (var partition = source.buildPart("flow.in", "t", null)) {
            assertThatThrownBy(() -> partition.nextBatch(new Failing()))
                    .hasMessageContaining("row [2] of partition 't' cannot be read as an item")
                    .hasMessageContaining("column 'n' is null and was read by getInt")
                    .hasMessageContaining("ask wasNull() next, or getObject(column, type)");
        }
    }

    @ParameterizedTest
    @EnumSource
    void nullThatTheFunctionAsksForIsItsOwnAffair(TestDatabase database) throws Exception {
        Mapper<ResultSet, Integer> mapper =
                row -> {
                    int n = row.getInt("n");
                    return row.wasNull() ? -1 : n;
                };

        assertThat(reader(database, mapper).readAll(Duration.ofSeconds(10))).containsExactly(7, -1);
        assertThat(
                        reader(database, row -> row.getString("n") == null ? -2 : row.getInt("n"))
                                .readAll(Duration.ofSeconds(10)))
                .containsExactly(7, -2);
    }

    private PartitionReader<Integer> reader(
            TestDatabase database, Mapper<ResultSet, Integer> mapper) throws Exception {
        return new PartitionReader<>(source(database, mapper).buildPart("flow.in", "t", null));
    }

    private JdbcSource<Integer> source(TestDatabase database, Mapper<ResultSet, Integer> mapper)
            throws Exception {
        DataSource source = database.open(directory);
        Pieces.execute(
                source,
                "create table \"t\" (\"id\" integer, \"n\" integer)",
                "insert into \"t\" values (1, 7)",
                "insert into \"t\" values (2, null)");
        return JdbcSource.from(Database.of(source), "t", List.of("id"), mapper);
    }

    /** Throws what is rejected. */
    private static final class Failing implements SourceEmitter<Integer> {

        @Override
        public void emit(Integer item) {}

        @Override
        public void reject(Object raw, Exception cause) {
            throw new IllegalStateException(cause.getMessage(), cause);
        }
    }
}
