package dev.waxwing.recovery.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.page.PageWriter;
import dev.waxwing.recovery.page.StateId;
import dev.waxwing.recovery.store.EpochSnapshot;
import dev.waxwing.recovery.store.RecoveryStore;
import dev.waxwing.recovery.store.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damage after which SQLite finds the file sound, and files that do not belong together. */
final class StoreSealTest {

    private static final StateId CART = new StateId("shop.cart", "state");
    private static final StoreOptions KEEPING =
            StoreOptions.defaults().withRetention(Duration.ofDays(1));

    @TempDir private Path temporary;
    private Path directory;

    @BeforeEach
    void fill() {
        directory = temporary.resolve("store");
        try (RecoveryStore store = open()) {
            for (int epoch = 1; epoch <= 4; epoch++) {
                decide(store, epoch);
                store.done(epoch);
            }
            store.rewindTo(3);
            decide(store, 5);
            store.segments().put("small", new byte[] {1, 2, 3});
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE state SET step = 'shop.cars'",
                "UPDATE schema SET text = '\"Strinh\"'",
                "UPDATE note SET text = 'q' WHERE epoch = 2",
                "UPDATE meta SET name = 'lineagf' WHERE name = 'lineage'",
                "UPDATE epoch SET done = 1 - done WHERE epoch = 5",
                "UPDATE generation SET token = token || 'x'",
                "UPDATE rewind SET highest = highest + 1",
                "UPDATE page SET epoch = 1 WHERE epoch = 5",
                "UPDATE page SET crc = crc + 1 WHERE epoch = 5",
                "UPDATE state SET base_page = base_page + 1",
                "UPDATE seal SET number = number + 1",
                "UPDATE small_segment SET content = x'010204'",
                "DROP TABLE seal"
            })
    void changedRowIsRefused(String change) throws SQLException {
        sql(change);

        assertRefused("is damaged");
    }

    static Stream<String> tables() {
        return Stream.concat(
                Stream.of("page", "seal"), Stream.of(StoreTable.values()).map(StoreTable::sqlName));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void lostRowIsRefused(String table) throws SQLException {
        sql(
                "DELETE FROM " + table + " WHERE rowid = (SELECT max(rowid) FROM " + table + ")",
                table);

        assertRefused("is damaged");
    }

    @Test
    void lostLogIsRefused() throws IOException {
        Path copy = temporary.resolve("copy");
        try (RecoveryStore store = open()) {
            decide(store, 6);
            copy(directory, copy);
        }
        directory = copy;
        Files.delete(copy.resolve("recovery.sqlite-wal"));

        assertRefused("what was decided last is missing");
    }

    @Test
    void fileOfYesterdayIsRefused() throws IOException {
        Path yesterday = copy(directory, temporary.resolve("yesterday"));
        try (RecoveryStore store = open()) {
            decide(store, 6);
        }
        Files.copy(
                yesterday.resolve("recovery.sqlite"),
                directory.resolve("recovery.sqlite"),
                StandardCopyOption.REPLACE_EXISTING);

        assertRefused("an older copy was put in the place of the file");
    }

    @Test
    void wholeCopyOfYesterdayIsTaken() throws IOException {
        Path yesterday = copy(directory, temporary.resolve("yesterday"));
        try (RecoveryStore store = open()) {
            decide(store, 6);
        }
        directory = yesterday;

        try (RecoveryStore store = open()) {
            assertThat(store.decidedEpoch()).isEqualTo(5);
        }
    }

    @Test
    void lostFileIsNotMadeAnew() throws IOException {
        Files.delete(directory.resolve("recovery.sqlite"));

        assertRefused("put the missing file back");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 5_000})
    void markThatWasCutIsRefused(int length) throws IOException {
        Path mark = directory.resolve("recovery.mark");
        Files.write(mark, List.of());
        Files.write(mark, new byte[length]);

        assertRefused("is damaged");
    }

    @Test
    void storeThatWasStoppedInTheMakingIsMade() throws IOException {
        directory = Files.createDirectories(temporary.resolve("new"));
        Files.createFile(directory.resolve("recovery.mark"));
        Files.createFile(directory.resolve("recovery.sqlite"));

        try (RecoveryStore store = open()) {
            assertThat(store.generation()).isEqualTo(1);
        }
    }

    private void assertRefused(String why) {
        assertThatThrownBy(() -> open().close())
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining(why);
        assertThatThrownBy(() -> SqliteRecoveryStore.read(directory).close())
                .isInstanceOf(RecoveryException.class);
    }

    private void sql(String change) throws SQLException {
        sql(change, "");
    }

    private void sql(String change, String table) throws SQLException {
        boolean hasRowIds = !List.of("meta", "note", "small_segment").contains(table);
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + directory.resolve("recovery.sqlite"));
                Statement statement = connection.createStatement()) {
            String key = table.equals("note") ? "epoch" : "name";
            statement.executeUpdate(hasRowIds ? change : change.replace("rowid", key));
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (String name : List.of("recovery.sqlite", "recovery.sqlite-wal", "recovery.mark")) {
            if (Files.exists(from.resolve(name))) {
                Files.copy(from.resolve(name), to.resolve(name));
            }
        }
        return to;
    }

    private RecoveryStore open() {
        return SqliteRecoveryStore.open(directory, "orders", KEEPING);
    }

    private static void decide(RecoveryStore store, long epoch) {
        int schema = store.schemaId("\"String\"");
        PageWriter page = new PageWriter(CART, schema, schema);
        page.add(("key" + epoch).getBytes(UTF_8), new byte[] {1});
        store.decide(new EpochSnapshot(epoch, List.of(page.toPage()), Map.of("parts", "p")));
    }
}
