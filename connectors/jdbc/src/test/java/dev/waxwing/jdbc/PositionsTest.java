package dev.waxwing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.testing.PartitionReader;
import dev.waxwing.testing.TestSink;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where reading goes on, on each database. */
final class PositionsTest {

    /** The last one changes its clock by half an hour. */
    private static final List<String> ZONES =
            List.of("America/New_York", "Europe/Berlin", "Australia/Lord_Howe");

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @TempDir private Path directory;

    @ParameterizedTest
    @EnumSource
    void timestampsAroundBothChangesOfTheClockAreReadOnce(TestDatabase database) throws Exception {
        for (String zone : ZONES) {
            List<String> values = new ArrayList<>();
            for (LocalDate day : changes(zone)) {
                for (LocalDateTime time = day.atStartOfDay();
                        time.getHour() < 4;
                        time = time.plusMinutes(10)) {
                    values.add(time.plusNanos(999_999_000).toString().replace('T', ' '));
                    values.add(
                            time.plusNanos(1_000_000_000).toLocalDate()
                                    + " "
                                    + time.plusNanos(1_000_001_000).toLocalTime());
                }
            }

            try (var defaults = Defaults.of(zone)) {
                readsAll(database, "timestamp(6)", values);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void timestampsWithZoneAroundBothChangesOfTheClockAreReadOnce(TestDatabase database)
            throws Exception {
        for (String zone : ZONES) {
            List<String> values = new ArrayList<>();
            for (LocalDate day : changes(zone)) {
                Instant first = day.atStartOfDay(ZoneId.of(zone)).toInstant();
                for (int minutes = 0; minutes < 300; minutes += 10) {
                    var time = first.plusSeconds(minutes * 60L).atOffset(ZoneOffset.UTC);
                    values.add(time.toLocalDate() + " " + time.toLocalTime() + ":00.000001+00:00");
                    values.add(time.toLocalDate() + " " + time.toLocalTime() + ":00.000002+00:00");
                }
            }

            try (var defaults = Defaults.of(zone)) {
                readsAll(database, "timestamp(6) with time zone", values);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void datesAndTimesAreReadOnce(TestDatabase database) throws Exception {
        for (String zone : ZONES) {
            List<String> dates = new ArrayList<>();
            List<String> times = new ArrayList<>();
            for (LocalDate day : changes(zone)) {
                dates.add(day.minusDays(1).toString());
                dates.add(day.toString());
                dates.add(day.plusDays(1).toString());
            }
            for (int minutes = 0; minutes < 1440; minutes += 35) {
                times.add(LocalTime.ofSecondOfDay(minutes * 60L) + ":00.000001");
                times.add(LocalTime.ofSecondOfDay(minutes * 60L) + ":00.000002");
            }

            try (var defaults = Defaults.of(zone)) {
                readsAll(database, "date", dates);
                readsAll(database, "time(6)", times);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POSTGRESQL | numeric | 1.0 | 1.00",
                "POSTGRESQL | double precision | '-0' | '0'",
                "POSTGRESQL | interval | '1 month' | '30 days'",
                "POSTGRESQL | jsonb | '1.0' | '1.00'",
                "H2 | varchar_ignorecase | 'a' | 'A'",
                "H2 | timestamp(9) with time zone | timestamp with time zone '2026-01-01"
                        + " 01:00:00+01:00' | timestamp with time zone '2026-01-01 00:00:00Z'",
                "HSQLDB | varchar_ignorecase(9) | 'a' | 'A'",
                "SQLITE | text collate nocase | 'a' | 'A'",
                "SQLITE | | 1 | 1.0"
            },
            quoteCharacter = '~')
    void rowsThatOnlyTheDatabaseTakesForEqualAreReadOnce(
            TestDatabase database, String type, String one, String other) throws Exception {
        DataSource source = table(database, type == null ? "" : type);
        Pieces.execute(
                source,
                "insert into \"t\" values (1, " + one + ")",
                "insert into \"t\" values (2, " + other + ")");

        for (int page : new int[] {1, 2, 3}) {
            assertThat(Pieces.read(ids(source, "v").withBatchItems(page)))
                    .containsExactlyInAnyOrder(1, 2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void groupOfRowsThatAreEqualMayBeCutAnywhere(int page) throws Exception {
        DataSource source = table(TestDatabase.H2, "varchar_ignorecase");
        List<String> texts = List.of("abc", "ABC", "Abc", "abC", "aBc", "b", "B", "c");
        for (int i = 0; i < texts.size(); i++) {
            Pieces.execute(source, "insert into \"t\" values (" + i + ", '" + texts.get(i) + "')");
        }

        assertThat(Pieces.read(ids(source, "v").withBatchItems(page)))
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void rowThatComesLaterAndIsEqualToThePositionForTheDatabaseAloneIsRead() throws Exception {
        DataSource source = table(TestDatabase.POSTGRESQL, "numeric");
        Pieces.execute(source, "insert into \"t\" values (1, 1.0), (2, 1.00)");
        try (var partition = ids(source, "v").buildPart("flow.in", "t", null)) {
            var reader = new PartitionReader<>(partition);
            assertThat(reader.readOnce()).containsExactlyInAnyOrder(1, 2);
            Pieces.execute(source, "insert into \"t\" values (3, 1.000), (4, 2)");

            assertThat(Pieces.read(ids(source, "v"), partition.snapshot())).containsExactly(3, 4);
        }
    }

    @Test
    void rowOfThePositionIsKnownThoughTheSessionOrTheTypeShowsItsValueDifferently()
            throws Exception {
        DataSource source = table(TestDatabase.POSTGRESQL, "timestamptz");
        Pieces.execute(source, "insert into \"t\" values (1, now())");
        JdbcPosition position;
        try (var defaults = Defaults.of("America/New_York")) {
            position = new JdbcPosition(List.of("v"), List.of(read(source)));
        }
        try (var defaults = Defaults.of("Asia/Tokyo")) {
            assertThat(Pieces.read(ids(source, "v"), position)).isEmpty();
        }

        DataSource numbers = table(TestDatabase.H2, "integer");
        Pieces.execute(numbers, "insert into \"t\" values (1, 7)");
        position = new JdbcPosition(List.of("v"), List.of(read(numbers)));
        Pieces.execute(numbers, "alter table \"t\" alter column \"v\" bigint");
        assertThat(Pieces.read(ids(numbers, "v"), position)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void rowsWhoseValuesAreTheSameStopTheReadWhereverAPageEnds(int page) throws Exception {
        DataSource source = table(TestDatabase.H2, "decfloat");
        // H2 keeps both as 1.
        Pieces.execute(source, "insert into \"t\" values (1, 1.0), (2, 1.00), (3, 2)");

        assertThatThrownBy(() -> Pieces.read(ids(source, "v").withBatchItems(page)))
                .hasMessageContaining("partition 't' has two rows with [1] in the columns [v]")
                .hasMessageContaining("add a column by which they differ");
        assertThat(Pieces.read(ids(source, "v", "id").withBatchItems(page)))
                .containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @EnumSource
    void rowThatComesLaterWithTheValuesOfThePositionIsNoticed(TestDatabase database)
            throws Exception {
        DataSource source = table(database, "integer");
        Pieces.execute(source, "insert into \"t\" values (1, 7)");
        try (var partition = ids(source, "v").buildPart("flow.in", "t", null)) {
            partition.nextBatch(new Ignoring<>());
            Pieces.execute(source, "insert into \"t\" values (2, 7)");

            assertThatThrownBy(() -> partition.nextBatch(new Ignoring<>()))
                    .hasMessageContaining("partition 't' has two rows with [7]");
        }
    }

    @ParameterizedTest
    @EnumSource
    void rowThatIsNullInAGrowingColumnStopsTheReadWhenItComes(TestDatabase database)
            throws Exception {
        DataSource source = table(database, "integer");
        Pieces.execute(source, "insert into \"t\" values (1, 7)");
        JdbcSource<Integer> polling =
                ids(source, "v", "id").withPolling(Duration.ofSeconds(1), () -> Instant.EPOCH);
        try (var partition = polling.buildPart("flow.in", "t", null)) {
            var reader = new PartitionReader<>(partition);
            assertThat(reader.readOnce()).containsExactly(1);
            Pieces.execute(source, "insert into \"t\" values (2, null)");

            assertThatThrownBy(reader::readOnce)
                    .hasMessageContaining("partition 't' has a row that is null in [v]")
                    .hasMessageContaining("the condition 'v is not null'");
        }
        assertThatThrownBy(() -> polling.buildPart("flow.in", "t", null))
                .hasMessageContaining("partition 't' has a row that is null in [v]");
    }

    @ParameterizedTest
    @EnumSource
    void rowThatIsNullInAGrowingColumnMayBeLeftOutOrGivenAPlace(TestDatabase database)
            throws Exception {
        DataSource source = table(database, "integer");
        Pieces.execute(
                source,
                "insert into \"t\" values (1, 7)",
                "insert into \"t\" values (2, null)",
                "insert into \"t\" values (3, 6)");
        String query = "select \"id\", coalesce(\"v\", 0) as \"v\" from \"t\" -- with a place";
        JdbcSource<Integer> placed =
                JdbcSource.ofQuery(
                        Database.of(source), query, List.of("v"), row -> row.getInt("id"));

        assertThat(Pieces.read(ids(source, "v").withPart("known", "\"v\" is not null -- known")))
                .containsExactly(3, 1);
        assertThat(Pieces.read(placed)).containsExactly(2, 3, 1);
    }

    @ParameterizedTest
    @EnumSource
    void readingGoesOnBehindARowThatIsGone(TestDatabase database) throws Exception {
        DataSource source = table(database, "integer");
        Pieces.execute(source, "insert into \"t\" values (1, 7)");
        var position = new JdbcPosition(List.of("v"), List.of(read(source)));
        Pieces.execute(
                source,
                "delete from \"t\"",
                "insert into \"t\" values (2, 6)",
                "insert into \"t\" values (3, 8)",
                "insert into \"t\" values (4, 9)");

        assertThat(Pieces.read(ids(source, "v").withBatchItems(1), position)).containsExactly(3, 4);
    }

    @Test
    void valuesThatNoPositionCanKeepAreRefused() throws Exception {
        DataSource source = table(TestDatabase.H2, "interval day");
        Pieces.execute(source, "insert into \"t\" values (1, interval '1' day)");

        assertThatThrownBy(() -> Pieces.read(ids(source, "v")))
                .hasMessageContaining("column 'v' of type INTERVAL DAY cannot be read by")
                .hasMessageContaining("read a query");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "date | date '2026-03-08' | date '2026-03-09'",
                "time(9) | time '02:30:00.123456788' | time '02:30:00.123456789'",
                "timestamp(9) | timestamp '2026-03-08 02:30:00' | timestamp '2026-03-08"
                        + " 02:30:00.1'",
                "varbinary(2) | X'7f' | X'ff'",
                "uuid | uuid '70000000-0000-0000-0000-000000000000' | uuid"
                        + " 'f0000000-0000-0000-0000-000000000000'",
                "decimal(30, 9) | 12345678901234567890.000000001 | 12345678901234567890.000000002"
            })
    void positionsAreKeptInARecoveryStore(String type, String one, String other) throws Exception {
        DataSource source = table(TestDatabase.H2, type);
        Path store = directory.resolve(UUID.randomUUID().toString());
        var sink = new TestSink<Integer>();
        Pieces.execute(source, "insert into \"t\" values (1, " + one + ")");
        run(source, sink, store);
        Pieces.execute(source, "insert into \"t\" values (2, " + other + ")");
        run(source, sink, store);

        assertThat(sink.committed()).containsExactly(1, 2);
    }

    private static void run(DataSource source, TestSink<Integer> sink, Path store)
            throws InterruptedException {
        var flow = Dataflow.named("flow");
        flow.input("in", ids(source, "v")).output("out", sink);
        Waxwing.run(flow, EmbeddedOptions.defaults().withRecovery(RecoveryOptions.in(store)));
    }

    /* Values in ascending order. */
    private void readsAll(TestDatabase database, String type, List<String> values)
            throws Exception {
        boolean hasTypes = database != TestDatabase.SQLITE;
        DataSource source = table(database, hasTypes ? type : "text");
        try (var connection = source.getConnection();
                var insert = connection.createStatement()) {
            for (int i = 0; i < values.size(); i++) {
                String literal = "'" + values.get(i) + "'";
                insert.execute(
                        "insert into \"t\" values ("
                                + i
                                + ", "
                                + (hasTypes ? "cast(" + literal + " as " + type + ")" : literal)
                                + ")");
            }
        }
        List<Integer> all =
                Schema.rows(source, "select \"id\" from \"t\" order by \"v\"").stream()
                        .map(Integer::valueOf)
                        .toList();

        assertThat(all).hasSameSizeAs(values);
        assertThat(Pieces.read(ids(source, "v").withBatchItems(7)))
                .as(database + " " + type)
                .isEqualTo(all);
        try (var rowByRow = ids(source, "v").withBatchItems(1).buildPart("flow.in", "t", null)) {
            assertThat(new PartitionReader<>(rowByRow).readAll(TIMEOUT))
                    .as(database + " " + type)
                    .isEqualTo(all);
        }
    }

    private DataSource table(TestDatabase database, String type) throws Exception {
        DataSource source = database.open(directory);
        Pieces.execute(source, "create table \"t\" (\"id\" integer, \"v\" " + type + ")");
        return source;
    }

    private static JdbcSource<Integer> ids(DataSource source, String... growing) {
        return JdbcSource.from(Database.of(source), "t", List.of(growing), row -> row.getInt("id"));
    }

    private static Object read(DataSource source) throws Exception {
        try (var partition = ids(source, "v").buildPart("flow.in", "t", null)) {
            partition.nextBatch(new Ignoring<>());
            return partition.snapshot().values().get(0);
        }
    }

    /* The two days of a year on which the clock of a zone changes. */
    private static List<LocalDate> changes(String zone) {
        List<LocalDate> days = new ArrayList<>();
        var rules = ZoneId.of(zone).getRules();
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        for (int i = 0; i < 2; i++) {
            var change = rules.nextTransition(from);
            days.add(change.getDateTimeBefore().toLocalDate());
            from = change.getInstant();
        }
        return days;
    }

    /** Forgets what it takes. */
    private static final class Ignoring<T> implements SourceEmitter<T> {

        @Override
        public void emit(T item) {}

        @Override
        public void reject(Object raw, Exception cause) {
            throw new AssertionError(cause);
        }
    }
}
