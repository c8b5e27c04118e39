package dev.waxwing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.testing.PartitionReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that are read when they have settled. */
final class LagTest {

    private static final List<String> ZONES = List.of("UTC", "Asia/Tokyo", "America/New_York");

    private static final Duration LAG = Duration.ofMinutes(1);

    @TempDir private Path directory;

    @ParameterizedTest
    @EnumSource(names = "SQLITE", mode = Mode.EXCLUDE)
    void rowsWaitForTheLagWhateverTheZoneOfTheJvm(TestDatabase database) throws Exception {
        for (String zone : ZONES) {
            try (var defaults = Defaults.of(zone)) {
                DataSource source = table(database, "timestamp(6) with time zone");
                insert(source, 1, OffsetDateTime.now(ZoneOffset.UTC).minusHours(1));
                insert(source, 2, OffsetDateTime.now(ZoneOffset.UTC));
                insert(source, 3, OffsetDateTime.now(ZoneOffset.UTC).minusHours(1));

                assertThat(Pieces.read(ids(source).withLag("at", LAG))).containsExactly(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = "SQLITE", mode = Mode.EXCLUDE)
    void timesWithoutZoneAreOfTheZoneThatIsSaid(TestDatabase database) throws Exception {
        for (String zone : ZONES) {
            try (var defaults = Defaults.of(zone)) {
                for (ZoneId said : List.of(ZoneOffset.UTC, ZoneId.of("Pacific/Auckland"))) {
                    DataSource source = table(database, "timestamp(6)");
                    insert(source, 1, LocalDateTime.now(said).minusMinutes(2));
                    insert(source, 2, LocalDateTime.now(said));

                    assertThat(Pieces.read(ids(source).withLag("at", LAG, said)))
                            .as(zone + ", " + said)
                            .containsExactly(1);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = "SQLITE", mode = Mode.EXCLUDE)
    void columnWithoutZoneIsRefusedUnlessAZoneIsSaid(TestDatabase database) throws Exception {
        DataSource source = table(database, "timestamp(6)");

        assertThatThrownBy(() -> Pieces.read(ids(source).withLag("at", LAG)))
                .hasMessageContaining("column 'at' of type ")
                .hasMessageContaining("has no zone")
                .hasMessageContaining("withLag(column, lag, ZoneOffset.UTC)");
    }

    @ParameterizedTest
    @EnumSource(names = "SQLITE", mode = Mode.EXCLUDE)
    void zoneOfAColumnThatHasOneIsRefused(TestDatabase database) throws Exception {
        DataSource source = table(database, "timestamp(6) with time zone");

        assertThatThrownBy(() -> Pieces.read(ids(source).withLag("at", LAG, ZoneOffset.UTC)))
                .hasMessageContaining("has a zone itself; call withLag without Z");
    }

    @ParameterizedTest
    @EnumSource
    void columnThatIsNoTimeIsRefused(TestDatabase database) throws Exception {
        DataSource source = table(database, "date");

        assertThatThrownBy(() -> Pieces.read(ids(source).withLag("at", LAG)))
                .hasMessageContaining("column 'at' of type ")
                .hasMessageContaining("withLag needs one of timestamp with time zone");
    }

    @ParameterizedTest
    @EnumSource(names = "SQLITE", mode = Mode.EXCLUDE)
    void rowWithoutATimeStopsTheReadBehindTheRowsBeforeIt(TestDatabase database) throws Exception {
        DataSource source = table(database, "timestamp(6) with time zone");
        insert(source, 1, OffsetDateTime.now(ZoneOffset.UTC).minusHours(1));
        Pieces.execute(source, "insert into \"t\" values (2, null)");
        insert(source, 3, OffsetDateTime.now(ZoneOffset.UTC).minusHours(1));

        try (var partition = ids(source).withLag("at", LAG).buildPart("flow.in", "t", null)) {
            var reader = new PartitionReader<>(partition);
            assertThat(reader.readOnce()).containsExactly(1);

            assertThatThrownBy(reader::readOnce)
                    .hasMessageContaining("row [2] of partition 't'")
                    .hasMessageContaining("has no time in column 'at'")
                    .hasMessageContaining("by coalesce");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamptz", "timestamp"})
    void rowOfInfinityStopsTheReadAsItWouldNeverSettle(String type) throws Exception {
        DataSource source = table(TestDatabase.POSTGRESQL, type);
        Pieces.execute(source, "insert into \"t\" values (1, '-infinity'), (2, 'infinity')");
        JdbcSource<Integer> lagging =
                type.equals("timestamp")
                        ? ids(source).withLag("at", LAG, ZoneOffset.UTC)
                        : ids(source).withLag("at", LAG);

        try (var partition = lagging.buildPart("flow.in", "t", null)) {
            var reader = new PartitionReader<>(partition);
            assertThat(reader.readOnce()).containsExactly(1);

            assertThatThrownBy(reader::readOnce)
                    .hasMessageContaining("row [2] of partition 't'")
                    .hasMessageContaining("has no time in column 'at'");
        }
    }

    @ParameterizedTest
    @EnumSource(names = "SQLITE", mode = Mode.EXCLUDE)
    void rowWithoutATimeIsReadByAQueryThatGivesItOne(TestDatabase database) throws Exception {
        DataSource source = table(database, "timestamp(6) with time zone");
        Pieces.execute(source, "insert into \"t\" values (2, null)");
        var reading =
                JdbcSource.ofQuery(
                                Database.of(source),
                                "select \"id\", coalesce(\"at\", cast('2000-01-01 00:00:00+00:00'"
                                        + " as timestamp(6) with time zone)) as \"at\" from \"t\"",
                                List.of("id"),
                                row -> row.getInt("id"))
                        .withLag("at", LAG);

        assertThat(Pieces.read(reading)).containsExactly(2);
    }

    private DataSource table(TestDatabase database, String type) throws Exception {
        DataSource source = database.open(directory);
        Pieces.execute(source, "create table \"t\" (\"id\" integer, \"at\" " + type + ")");
        return source;
    }

    private static void insert(DataSource source, int id, Object at) throws Exception {
        try (var connection = source.getConnection();
                var insert = connection.prepareStatement("insert into \"t\" values (?, ?)")) {
            insert.setInt(1, id);
            insert.setObject(2, at);
            insert.executeUpdate();
        }
    }

    private static JdbcSource<Integer> ids(DataSource source) {
        return JdbcSource.from(Database.of(source), "t", List.of("id"), row -> row.getInt("id"));
    }
}
