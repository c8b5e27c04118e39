package dev.waxwing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.TypeRef;
import dev.waxwing.sink.RejectedItemsException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values as SQLite keeps them. */
final class SqliteValuesTest {

    @TempDir private Path directory;

    private DataSource source;

    @BeforeEach
    void open() throws Exception {
        source = TestDatabase.SQLITE.open(directory);
    }

    @Test
    void textsOfTimesAreInTheOrderOfTimes() throws Exception {
        Pieces.execute(source, "create table \"t\" (\"v\" timestamp)");
        write(
                Instant.parse("2026-01-01T00:01:00Z"),
                Instant.parse("2026-01-01T00:00:30Z"),
                Instant.parse("2026-01-01T00:00:00.5Z"),
                Instant.parse("2026-01-01T00:00:00Z"),
                OffsetDateTime.parse("2026-01-01T01:01:00.001+01:00"));

        assertThat(Schema.rows(source, "select \"v\" from \"t\" order by \"v\""))
                .containsExactly(
                        "2026-01-01T00:00:00.000000000Z",
                        "2026-01-01T00:00:00.500000000Z",
                        "2026-01-01T00:00:30.000000000Z",
                        "2026-01-01T00:01:00.000000000Z",
                        "2026-01-01T00:01:00.001000000Z");
    }

    @Test
    void valuesOfAConditionHaveTheFormOfWhatIsWritten() throws Exception {
        Pieces.execute(source, "create table \"t\" (\"v\" timestamp)");
        write(LocalDateTime.parse("2026-01-01T00:00:30"), LocalDateTime.parse("2026-01-01T00:01"));
        var reading =
                JdbcSource.from(Database.of(source), "t", List.of("v"), row -> row.getString("v"))
                        .withPart(
                                "early", "\"v\" <= ?", LocalDateTime.parse("2026-01-01T00:00:30"));

        assertThat(Pieces.read(reading)).containsExactly("2026-01-01T00:00:30.000000000");
    }

    @Test
    void decimalKeepsItsDigitsInAColumnOfText() throws Exception {
        BigDecimal number = new BigDecimal("12345678901234567.89");
        Pieces.execute(source, "create table \"t\" (\"v\" text)");
        write(number);
        assertThat(Schema.rows(source, "select \"v\" from \"t\""))
                .containsExactly("12345678901234567.89");

        Pieces.execute(source, "drop table \"t\"", "create table \"t\" (\"v\" numeric)");
        write(number);
        assertThat(
                        Schema.rows(
                                source,
                                "select typeof(\"v\"), \"v\" = 12345678901234568 from \"t\""))
                .containsExactly("integer 1");
    }

    @Test
    void notANumberIsRefused() throws Exception {
        Pieces.execute(source, "create table \"t\" (\"v\" real)");

        assertThatThrownBy(() -> write(Double.NaN))
                .isInstanceOf(RejectedItemsException.class)
                .hasMessageContaining("which is not a number");
    }

    /* Items are places among the values, so that no value has to be kept in a store. */
    private void write(Object... values) throws Exception {
        var sink =
                JdbcSink.into(Database.of(source), "t", TypeRef.of(Integer.class))
                        .withOnMissingMarkerTable(OnMissing.CREATE)
                        .withColumn("v", place -> values[place]);
        try (var writing = Writing.of(sink)) {
            writing.apply(IntStream.range(0, values.length).boxed().toList());
        }
    }
}
