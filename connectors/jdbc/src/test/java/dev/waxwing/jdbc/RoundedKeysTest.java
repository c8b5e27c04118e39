package dev.waxwing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.function.TypeRef;
import dev.waxwing.sink.RejectedItemsException;
import dev.waxwing.testing.TestSource;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Values with more digits than their column keeps: what is written is found again. */
final class RoundedKeysTest {

    @TempDir private Path directory;

    @ParameterizedTest
    @EnumSource(names = "SQLITE", mode = Mode.EXCLUDE)
    void rowIsReplacedAndDeletedByAKeyThatIsRounded(TestDatabase database) throws Exception {
        check(database, "timestamp(3) with time zone", Instant.parse("2026-03-29T01:30:00.1235Z"));
        check(database, "timestamp(6)", LocalDateTime.parse("2026-03-29T02:30:00.1234567"));
        check(database, "timestamp(0)", LocalDateTime.parse("2026-03-29T02:30:00.5"));
        check(database, "time(3)", LocalTime.parse("02:30:00.1234567"));
        check(database, "time(0) with time zone", OffsetTime.parse("02:30:00.6+02:00"));
        check(database, "numeric(10, 2)", new BigDecimal("1.005"));
        check(database, "numeric(10)", 2.5);
        check(database, "real", 0.1);
        check(database, "double precision", 0.2f);
        check(database, "double precision", new BigDecimal("0.1000000000000000055511151231257827"));
    }

    @Test
    void keyOfATypeThatOnlyOneDatabaseHasIsRoundedToo() throws Exception {
        check(TestDatabase.H2, "float(20)", 0.1);
        check(TestDatabase.H2, "decfloat(5)", new BigDecimal("1.2345678"));
        check(TestDatabase.H2, "decfloat(5)", new BigDecimal("12345678"));
        check(TestDatabase.POSTGRESQL, "numeric(5, 2)[]", List.of(1.005));
        check(
                TestDatabase.POSTGRESQL,
                "timestamp(0)[]",
                List.of(LocalDate.EPOCH.atTime(1, 2, 3, 4)));
    }

    @ParameterizedTest
    @EnumSource(names = "SQLITE", mode = Mode.EXCLUDE)
    void everyDatabaseRoundsAlike(TestDatabase database) throws Exception {
        assertThat(kept(database, "numeric(5, 2)", new BigDecimal("-1.005"), BigDecimal.class))
                .isEqualTo(new BigDecimal("-1.01"));
        assertThat(
                        kept(
                                database,
                                "timestamp(3)",
                                LocalDateTime.parse("2026-12-31T23:59:59.9995"),
                                LocalDateTime.class))
                .isEqualTo(LocalDateTime.parse("2027-01-01T00:00"));
    }

    @ParameterizedTest
    @EnumSource(names = "SQLITE", mode = Mode.EXCLUDE)
    void lastMomentOfADayAndOfTheYear9999IsNotRoundedUp(TestDatabase database) throws Exception {
        assertThat(kept(database, "time(6)", LocalTime.MAX, LocalTime.class))
                .isEqualTo(LocalTime.parse("23:59:59.999999"));
        assertThat(
                        kept(
                                database,
                                "time(6) with time zone",
                                OffsetTime.parse("23:59:59.9999999+01:00"),
                                OffsetTime.class))
                .isEqualTo(OffsetTime.parse("23:59:59.999999+01:00"));
        assertThat(
                        kept(
                                database,
                                "timestamp(6)",
                                LocalDateTime.parse("9999-12-31T23:59:59.999999999"),
                                LocalDateTime.class))
                .isEqualTo(LocalDateTime.parse("9999-12-31T23:59:59.999999"));
        assertThat(
                        kept(
                                database,
                                "timestamp(6) with time zone",
                                Instant.parse("9999-12-31T23:59:59.999999999Z"),
                                OffsetDateTime.class))
                .isEqualTo(OffsetDateTime.parse("9999-12-31T23:59:59.999999Z"));
    }

    @ParameterizedTest
    @EnumSource(names = "SQLITE", mode = Mode.EXCLUDE)
    void numberThatWouldBecomeZeroIsRefused(TestDatabase database) throws Exception {
        assertThatThrownBy(
                        () ->
                                kept(
                                        database,
                                        "double precision",
                                        new BigDecimal("1E-400"),
                                        Double.class))
                .isInstanceOf(RejectedItemsException.class)
                .hasMessageContaining("which is out of its range");
    }

    @ParameterizedTest
    @EnumSource(names = "SQLITE", mode = Mode.EXCLUDE)
    void textWhoseSpacesWouldBeCutOffIsRefused(TestDatabase database) throws Exception {
        assertThat(kept(database, "varchar(3)", "ab ", String.class)).isEqualTo("ab ");
        assertThatThrownBy(() -> kept(database, "varchar(3)", "abc ", String.class))
                .isInstanceOf(RejectedItemsException.class)
                .hasMessageContaining("which is longer than its 3 characters")
                .hasMessageContaining("spaces at its end would be cut off");
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "HSQLDB"})
    void bytesBehindWhichZerosWouldBePutAreRefused(TestDatabase database) throws Exception {
        assertThat(kept(database, "binary(3)", new byte[] {1, 2, 3}, byte[].class))
                .containsExactly(1, 2, 3);
        assertThat(kept(database, "varbinary(3)", new byte[] {1}, byte[].class)).containsExactly(1);
        assertThatThrownBy(() -> kept(database, "binary(3)", new byte[] {1}, byte[].class))
                .isInstanceOf(RejectedItemsException.class)
                .hasMessageContaining("which is shorter than its 3 bytes")
                .hasMessageContaining("make the column varbinary");
    }

    @Test
    void numberIsNotTakenForAPlaceAmongConstants() throws Exception {
        assertThat(kept(TestDatabase.H2, "enum('a', 'b')", "b", String.class)).isEqualTo("b");
        assertThatThrownBy(() -> kept(TestDatabase.H2, "enum('a', 'b')", 1, String.class))
                .isInstanceOf(RejectedItemsException.class);
    }

    @Test
    void rowThatIsThereKeepsItsKeyThoughItIsEqualForTheDatabaseAlone() throws Exception {
        DataSource source = table(TestDatabase.H2, "varchar_ignorecase(9)");
        Pieces.execute(source, "insert into \"t\" values ('A')");
        var flow = Dataflow.named("flow");
        flow.input("in", TestSource.of("a", "b"))
                .output(
                        "out",
                        JdbcSink.into(Database.of(source), "t", TypeRef.of(String.class))
                                .withColumn("k", key -> key)
                                .withKeys("k")
                                .asOffsetSink());

        Waxwing.run(flow, EmbeddedOptions.defaults());

        assertThat(Schema.rows(source, "select * from \"t\" order by \"k\""))
                .containsExactly("A", "b");
    }

    @Test
    void decimalWithoutADeclaredSizeKeepsAllDigits() throws Exception {
        BigDecimal many = new BigDecimal("0.123456789012345678901234567890");

        assertThat(kept(TestDatabase.POSTGRESQL, "numeric", many, BigDecimal.class))
                .isEqualTo(many);
        assertThat(kept(TestDatabase.H2, "decfloat", many, BigDecimal.class))
                .isEqualByComparingTo(many);
        assertThat(kept(TestDatabase.POSTGRESQL, "numeric(3, -2)", 12345, BigDecimal.class))
                .isEqualByComparingTo("12300");
    }

    private void check(TestDatabase database, String type, Object key) throws Exception {
        DataSource source = table(database, type);
        JdbcSink<Boolean> sink = sink(source, key).withKeys("k").withDeletes(isLast -> isLast);
        try (var writing = Writing.of(sink)) {
            writing.apply(List.of(false));
            writing.apply(List.of(false, false));
            assertThat(Schema.rows(source, "select count(*) from \"t\""))
                    .as("%s %s", database, type)
                    .containsExactly("1");

            writing.apply(List.of(true));
            assertThat(Schema.rows(source, "select * from \"t\""))
                    .as("%s %s", database, type)
                    .isEmpty();
        }
    }

    private <V> V kept(TestDatabase database, String type, Object value, Class<V> as)
            throws Exception {
        DataSource source = table(database, type);
        Writing.write(sink(source, value), false);
        try (var connection = source.getConnection();
                var select = connection.createStatement();
                var rows = select.executeQuery("select * from \"t\"")) {
            rows.next();
            return rows.getObject(1, as);
        }
    }

    private DataSource table(TestDatabase database, String type) throws Exception {
        DataSource source = database.open(directory);
        Pieces.execute(source, "create table \"t\" (\"k\" " + type + " primary key)");
        return source;
    }

    private static JdbcSink<Boolean> sink(DataSource source, Object value) {
        return JdbcSink.into(Database.of(source), "t", TypeRef.of(Boolean.class))
                .withOnMissingMarkerTable(OnMissing.CREATE)
                .withColumn("k", isLast -> value);
    }
}
