package dev.waxwing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.waxwing.function.TypeRef;
import dev.waxwing.sink.RejectedItemsException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values come back as they were, or are refused: each line of {@link ValueTable}. */
final class ValueTableTest {

    private static final List<String> ZONES =
            List.of("America/New_York", "Asia/Kolkata", "Australia/Lord_Howe");

    /** One with digits of its own, one with letters of its own. */
    private static final List<Locale> LOCALES =
            List.of(Locale.forLanguageTag("ar-EG-u-nu-arab"), Locale.forLanguageTag("tr-TR"));

    private static final TypeRef<Integer> INDEX = TypeRef.of(Integer.class);

    @TempDir private Path directory;

    @ParameterizedTest
    @EnumSource
    void valuesComeBackAsTheyWereOrAreRefused(ValueTable.Kind kind) throws Exception {
        for (String zone : ZONES) {
            for (Locale locale : LOCALES) {
                for (TestDatabase database : kind.databases()) {
                    try (var defaults = Defaults.of(zone, locale)) {
                        check(kind, database);
                    }
                }
            }
        }
    }

    @Test
    void pageOfTheConnectorHasTheTable() throws Exception {
        String page = Files.readString(Path.of("../../docs/connectors/jdbc.md"));

        assertThat(page).contains("\n\n" + ValueTable.markdown() + "\n");
    }

    private void check(ValueTable.Kind kind, TestDatabase database) throws Exception {
        DataSource source = database.open(directory);
        Pieces.execute(
                source,
                "create table \"t\" (\"k\" integer primary key, \"v\" "
                        + kind.type(database)
                        + ")");
        List<ValueTable.Line> lines = ValueTable.lines();
        List<Integer> kept = indexes(kind, true);
        List<Integer> refused = indexes(kind, false);
        JdbcSink<Integer> sink =
                JdbcSink.into(Database.of(source), "t", INDEX)
                        .withOnMissingMarkerTable(OnMissing.CREATE)
                        .withColumn("k", k -> k)
                        .withColumn("v", k -> ValueTable.lines().get(k % 1_000).value());

        write(sink, kept);
        write(sink.withKeys("k"), kept.stream().map(k -> 1_000 + k).toList());

        JdbcSource<Object[]> reading =
                JdbcSource.from(
                        Database.of(source),
                        "t",
                        List.of("k"),
                        row -> new Object[] {row.getInt("k"), value(row, kind)});
        List<Object[]> read = Pieces.read(reading);
        assertThat(read).hasSize(2 * kept.size());
        for (Object[] row : read) {
            ValueTable.Line line = lines.get((int) row[0] % 1_000);
            assertThat(plain(row[1]))
                    .as("%s into %s of %s", line.shown(), kind, database)
                    .isEqualTo(plain(line.kept().get(kind)));
        }
        checkOrder(source, kind);
        checkRefused(sink, refused, kind, database);
    }

    private static void write(JdbcSink<Integer> sink, List<Integer> items) throws Exception {
        try (var writing = Writing.of(sink)) {
            writing.apply(items);
        }
    }

    private static void checkRefused(
            JdbcSink<Integer> sink,
            List<Integer> refused,
            ValueTable.Kind kind,
            TestDatabase database)
            throws Exception {
        if (refused.isEmpty()) {
            return;
        }
        RejectedItemsException rejected =
                catchThrowableOfType(
                        RejectedItemsException.class,
                        () -> write(sink, refused.stream().map(k -> 2_000 + k).toList()));

        assertThat(rejected).as("%s of %s", kind, database).isNotNull();
        assertThat(rejected.reasons().keySet())
                .as("%s of %s", kind, database)
                .containsExactlyElementsOf(IntStream.range(0, refused.size()).boxed().toList());
        assertThat(rejected.reasons().values())
                .allSatisfy(reason -> assertThat(reason).isNotBlank());
    }

    /* A page that ends between any two rows loses none. */
    private static void checkOrder(DataSource source, ValueTable.Kind kind) throws Exception {
        JdbcSource<Integer> reading =
                JdbcSource.from(Database.of(source), "t", List.of("v", "k"), row -> row.getInt("k"))
                        .withBatchItems(3);
        List<Integer> ordered =
                Schema.rows(source, "select \"k\" from \"t\" order by \"v\", \"k\"").stream()
                        .map(Integer::valueOf)
                        .toList();

        assertThat(Pieces.read(reading)).as("%s", kind).isEqualTo(ordered);
    }

    private static List<Integer> indexes(ValueTable.Kind kind, boolean kept) {
        List<ValueTable.Line> lines = ValueTable.lines();
        List<Integer> indexes = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).kept().containsKey(kind) == kept) {
                indexes.add(i);
            }
        }
        return indexes;
    }

    private static Object value(ResultSet row, ValueTable.Kind kind) throws SQLException {
        if (kind.readAs == byte[].class) {
            return row.getBytes("v");
        }
        return kind == ValueTable.Kind.SQLITE
                ? row.getString("v")
                : row.getObject("v", kind.readAs);
    }

    /* What is the same for this test: 1.0 and 1.00, 10:00+02:00 and 08:00Z, bytes and their list. */
    private static Object plain(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.stripTrailingZeros();
        }
        if (value instanceof OffsetDateTime time) {
            return time.toInstant();
        }
        if (value instanceof byte[] bytes) {
            return java.util.Arrays.toString(bytes);
        }
        return Objects.requireNonNull(value);
    }
}
