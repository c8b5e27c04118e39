package dev.waxwing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.function.TypeRef;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void numbersInAColumnOfTextHaveTheFormOfEveryConnector() throws Exception {
        Pieces.execute(source, "create table \"t\" (\"v\" varchar(60))");
        write(0.1 + 0.2, 0.1f, 1e22, -0.0, true, 7L, new BigDecimal("1.50"));

        assertThat(Schema.rows(source, "select typeof(\"v\"), \"v\" from \"t\" order by rowid"))
                .containsExactly(
                        "text 0.30000000000000004",
                        "text 0.1",
                        "text 1.0E22",
                        "text -0.0",
                        "text true",
                        "text 7",
                        "text 1.50");
    }

    @ParameterizedTest
    @ValueSource(strings = {"string", "integer", "real", "decimal(9, 2)", "date", "uuid"})
    void textThatWouldBecomeANumberOfAnotherFormIsRefused(String type) throws Exception {
        Pieces.execute(source, "create table \"t\" (\"v\" " + type + ")");
        for (String text : List.of("007", " 7", "+7", "7.", ".5", "1e400", "7\n")) {
            assertThatThrownBy(() -> write(text))
                    .as("'%s' into %s", text, type)
                    .isInstanceOf(RejectedItemsException.class)
                    .hasMessageContaining("of which SQLite makes a number that looks different")
                    .hasMessageContaining("declare the column text");
        }
        write("7", "a", "1-2", "0x10", "7 a");

        assertThat(Schema.rows(source, "select \"v\" from \"t\" order by rowid"))
                .containsExactly(type.equals("real") ? "7.0" : "7", "a", "1-2", "0x10", "7 a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"string", "any", "uuid", "version"})
    void textInAColumnOfNoNumbersComesBackOrIsRefused(String type) throws Exception {
        Pieces.execute(source, "create table \"t\" (\"v\" " + type + ")");
        for (String text :
                List.of("1.10", "1.0", "1e5", "-0", "0.00001", "12345678901234567890", "1.5E1")) {
            assertThatThrownBy(() -> write(text))
                    .as("'%s' into %s", text, type)
                    .isInstanceOf(RejectedItemsException.class)
                    .hasMessageContaining("of which SQLite makes a number that looks different");
        }
        String[] kept = {"1.1", "-7", "0.0001", "9223372036854775807", "123456789.123456"};
        write((Object[]) kept);

        assertThat(Schema.rows(source, "select \"v\" from \"t\" order by rowid"))
                .containsExactly(kept);
    }

    @ParameterizedTest
    @ValueSource(strings = {"numeric", "decimal(9, 2)", "integer", "real"})
    void textInAColumnOfNumbersMayBeAnyThatHasItsValue(String type) throws Exception {
        Pieces.execute(source, "create table \"t\" (\"v\" " + type + ")");
        for (String text : List.of("007", "12345678901234567890.12", "12345678901234567890")) {
            assertThatThrownBy(() -> write(text))
                    .as("'%s' into %s", text, type)
                    .isInstanceOf(RejectedItemsException.class)
                    .hasMessageContaining("of which SQLite makes a number that looks different");
        }
        write("1.10", "1e5");

        assertThat(Schema.rows(source, "select \"v\" = 1.1, \"v\" = 100000 from \"t\""))
                .containsExactly("1 0", "0 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(\"v\")", "(\"v\" any) strict", "(\"v\" blob)", "(\"v\" text)"})
    void anyTextIsKeptWhereSqliteChangesNone(String columns) throws Exception {
        Pieces.execute(source, "create table \"t\" " + columns);
        String[] kept = {"007", "1.10", "1e400", " 7", "12345678901234567890"};
        write((Object[]) kept);

        assertThat(Schema.rows(source, "select \"v\" from \"t\" order by rowid"))
                .containsExactly(kept);
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
