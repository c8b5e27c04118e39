package dev.waxwing.recovery.sqlite;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.page.PageWriter;
import dev.waxwing.recovery.page.StateId;
import dev.waxwing.recovery.page.StatePage;
import dev.waxwing.recovery.store.EpochSnapshot;
import dev.waxwing.recovery.store.FaultHook;
import dev.waxwing.recovery.store.RecoveryStore;
import dev.waxwing.recovery.store.StateSummary;
import dev.waxwing.recovery.store.StoreOptions;
import dev.waxwing.recovery.store.StoreReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be wrong with the file or its directory, and what the user is told. */
final class SqliteStoreFileTest {

    private static final StateId CART = new StateId("shop.cart", "state");

    @TempDir private Path temporary;

    @Test
    void missingDirectoriesAreMade() {
        Path deep = temporary.resolve("a/b/c");

        open(deep).close();

        assertThat(deep.resolve("recovery.sqlite")).exists();
    }

    @Test
    void directoryThatIsAFileIsRefused() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "mine");

        refused(file).hasMessageContaining("must be a directory, but is a file");
        assertThat(file).hasContent("mine");
    }

    @Test
    void storeInUseTellsByWhom() {
        try (RecoveryStore store = open(temporary)) {
            refused(temporary)
                    .hasMessageContaining("is in use by process " + ProcessHandle.current().pid())
                    .hasMessageEndingWith(
                            "stop that execution first, or give this one a directory of its own");
            assertThat(store.generation()).isEqualTo(1);
        }
    }

    @Test
    void storeInUseIsFoundByAnotherPathToo() throws IOException {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), makeStore());

        try (RecoveryStore store = open(temporary.resolve("store"))) {
            refused(link).hasMessageContaining("is in use");
            assertThat(store.decidedEpoch()).isEqualTo(2);
        }
    }

    @Test
    void storeOfARenamedDataflowBelongsToItsNewNameWithTheNextEpoch() throws IOException {
        Path directory = makeStore();
        StoreOptions renamed = StoreOptions.defaults().withFormerName("orders");

        try (RecoveryStore store = SqliteRecoveryStore.open(directory, "payments", renamed)) {
            store.decide(new EpochSnapshot(3, List.of(), Map.of()));
        }

        SqliteRecoveryStore.open(directory, "payments", StoreOptions.defaults()).close();
        refused(directory)
                .hasMessageContaining("belongs to dataflow 'payments', but 'orders' was started")
                .hasMessageContaining("say formerly(\"payments\")");
    }

    @Test
    void storeOfARenamedDataflowBelongsToItsFormerNameIfNothingWasDecided() throws IOException {
        Path directory = makeStore();
        StoreOptions renamed = StoreOptions.defaults().withFormerName("orders");

        SqliteRecoveryStore.open(directory, "payments", renamed).close();

        open(directory).close();
    }

    @Test
    void abandonedStoreIsRemovedIfItIsNew() {
        Path directory = temporary.resolve("new");
        try (RecoveryStore store = open(directory)) {
            store.abandon();
        }

        assertThat(directory).doesNotExist();
    }

    @Test
    void abandonedStoreLeavesADirectoryThatWasThere() throws IOException {
        Path directory = Files.createDirectories(temporary.resolve("there"));
        try (RecoveryStore store = open(directory)) {
            store.abandon();
        }

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void abandonedStoreStaysIfItWasThere() throws IOException {
        Path directory = makeStore();
        try (RecoveryStore store = open(directory)) {
            store.abandon();
        }

        try (RecoveryStore store = open(directory)) {
            assertThat(store.decidedEpoch()).isEqualTo(2);
        }
    }

    @Test
    void abandonedStoreStaysIfAnEarlierExecutionMadeItAndDecidedNothing() {
        Path directory = temporary.resolve("new");
        open(directory).close();
        try (RecoveryStore store = open(directory)) {
            store.abandon();
        }

        try (RecoveryStore store = open(directory)) {
            assertThat(store.generation()).isEqualTo(3);
        }
    }

    @Test
    void abandonedStoreStaysIfSomethingWasDecided() {
        Path directory = temporary.resolve("new");
        try (RecoveryStore store = open(directory)) {
            store.abandon();
            store.decide(new EpochSnapshot(1, List.of(), Map.of()));
        }

        try (RecoveryStore store = open(directory)) {
            assertThat(store.decidedEpoch()).isEqualTo(1);
        }
    }

    @Test
    void storeOfAnotherProcessIsRefused() throws Exception {
        Path directory = makeStore();
        try (OtherProcess other = OtherProcess.holding(directory)) {
            refused(directory)
                    .hasMessageContaining("is in use by process " + other.pid())
                    .hasMessageContaining("to take the store over");
        }
        open(directory).close();
    }

    @Test
    void newerFormatIsRefused() throws Exception {
        Path directory = makeStore();
        raiseFormat(directory);

        refused(directory)
                .hasMessageContaining("has format 99, but this version of Waxwing reads format 3");
        refusedToRead(directory).hasMessageContaining("has format 99");
    }

    @Test
    void storeThatAnotherVersionOpensMeanwhileIsRefused() throws Exception {
        Path directory = makeStore();
        FaultHook otherVersion =
                point -> {
                    if (point.equals("open.verified")) {
                        raiseFormat(directory);
                    }
                };

        assertThatThrownBy(
                        () ->
                                SqliteRecoveryStore.open(
                                        directory, "orders", StoreOptions.defaults(), otherVersion))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("has format 99");
    }

    @Test
    void otherDatabasesAreRefusedAndNotChanged() throws Exception {
        Path directory = Files.createDirectories(temporary.resolve("other"));
        sql(directory, "CREATE TABLE mine(x)");
        byte[] before = Files.readAllBytes(directory.resolve("recovery.sqlite"));

        refused(directory).hasMessageContaining("is no recovery store");
        assertThat(directory.resolve("recovery.sqlite")).hasBinaryContent(before);
    }

    @Test
    void otherDatabaseBesideAnEmptyMarkIsRefusedAndNotChanged() throws Exception {
        Path directory = Files.createDirectories(temporary.resolve("other"));
        sql(directory, "CREATE TABLE mine(x)");
        Files.createFile(directory.resolve("recovery.mark"));
        byte[] before = Files.readAllBytes(directory.resolve("recovery.sqlite"));

        refused(directory).hasMessageContaining("is no recovery store");
        assertThat(directory.resolve("recovery.sqlite")).hasBinaryContent(before);
    }

    @Test
    void otherFilesAreRefusedAndNotChanged() throws IOException {
        for (String content : List.of("", "something that is not a database".repeat(100))) {
            Path directory = Files.createDirectories(temporary.resolve("other" + content.length()));
            Path file = Files.writeString(directory.resolve("recovery.sqlite"), content);

            refused(directory).hasMessageContaining("damaged");
            assertThat(file).hasContent(content);
        }
    }

    @Test
    void truncatedFileIsRefusedAndNotChanged() throws IOException {
        Path directory = makeStore();
        Path file = directory.resolve("recovery.sqlite");
        byte[] whole = Files.readAllBytes(file);
        for (int length : List.of(0, 50, 5_000, whole.length / 2, whole.length - 8192)) {
            Files.write(file, Arrays.copyOf(whole, length));

            refused(directory).hasMessageContaining("damaged");
            assertThat(file).hasSize(length);
        }
    }

    @Test
    void lostFileWithItsLogStillThereIsRefused() throws IOException {
        Path directory = makeStore();
        Files.delete(directory.resolve("recovery.sqlite"));
        Files.writeString(directory.resolve("recovery.sqlite-wal"), "log");

        refused(directory).hasMessageContaining("put the missing file back");
    }

    @Test
    void damagedPageIsFoundWhenItIsReadAndByCheck() throws IOException {
        Path directory = makeStore();
        damage(directory, "a cart that is long enough to be found");

        try (RecoveryStore store = open(directory)) {
            assertThatThrownBy(() -> store.restore(2, page -> {}))
                    .isInstanceOf(RecoveryException.class)
                    .hasMessageContaining("state 'state' of step 'shop.cart' is damaged")
                    .hasMessageContaining("restore the directory from a copy");
        }
        try (StoreReader reader = SqliteRecoveryStore.read(directory)) {
            assertThat(reader.check()).hasSize(1).first().asString().contains("checksum");
        }
    }

    @Test
    void chainOfFilePagesThatIsCutIsRefused() throws IOException {
        Path directory = makeStore();
        Path file = directory.resolve("recovery.sqlite");
        int text = Files.readString(file, ISO_8859_1).indexOf("a cart that is long enough");
        int inTheMiddle = (text / 8192 + 2) * 8192;
        try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
            channel.position(inTheMiddle).write(ByteBuffer.allocate(4));
        }

        refused(directory).hasMessageContaining("is damaged, says SQLite's check");
    }

    @Test
    void soundStoreHasNoProblems() throws IOException {
        try (StoreReader reader = SqliteRecoveryStore.read(makeStore())) {
            assertThat(reader.check()).isEmpty();
        }
    }

    @Test
    void fullDiskLeavesTheDecidedEpochAndTheStoreUsable() throws Exception {
        Path directory = makeStore();
        try (RecoveryStore store = open(directory)) {
            List<StatePage> much = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                much.add(page("big" + i, "x".repeat(100_000)));
            }
            EpochSnapshot tooMuch = new EpochSnapshot(3, much, Map.of());
            limit(store, 50);

            assertThatThrownBy(() -> store.decide(tooMuch))
                    .isInstanceOf(RecoveryException.class)
                    .hasMessageContaining("deciding epoch 3: the disk is full")
                    .hasMessageContaining("free some space and try again")
                    .matches(failure -> ((RecoveryException) failure).mayPass());
            assertThat(store.decidedEpoch()).isEqualTo(2);
            assertThat(count(store, 2)).isEqualTo(1);

            limit(store, 1_000_000);
            store.decide(tooMuch);
            assertThat(count(store, 3)).isEqualTo(21);
        }
        try (RecoveryStore store = open(directory)) {
            assertThat(count(store, 3)).isEqualTo(21);
        }
    }

    @Test
    void copyOfTheLogIsPartOfTheStore() throws IOException {
        Path copy = Files.createDirectories(temporary.resolve("copy"));
        try (RecoveryStore store = open(temporary.resolve("original"))) {
            store.decide(EpochSnapshot.of(1, page("a", "1")));
            for (String name : List.of("recovery.sqlite", "recovery.sqlite-wal", "recovery.mark")) {
                Files.copy(temporary.resolve("original").resolve(name), copy.resolve(name));
            }
        }

        try (RecoveryStore store = open(copy)) {
            assertThat(count(store, 1)).isEqualTo(1);
        }
    }

    @Test
    void logThatALossOfPowerHasTornEndsWithTheLastWholeEpoch() throws IOException {
        Path copy = Files.createDirectories(temporary.resolve("copy"));
        try (RecoveryStore store = open(temporary.resolve("original"))) {
            store.decide(EpochSnapshot.of(1, page("a", "1")));
            Files.copy(temporary.resolve("original/recovery.mark"), copy.resolve("recovery.mark"));
            store.decide(EpochSnapshot.of(2, page("b", "2".repeat(50_000))));
            Path log = temporary.resolve("original/recovery.sqlite-wal");
            byte[] torn = Arrays.copyOf(Files.readAllBytes(log), (int) Files.size(log) - 5_000);
            Files.write(copy.resolve("recovery.sqlite-wal"), torn);
            Files.copy(
                    temporary.resolve("original/recovery.sqlite"), copy.resolve("recovery.sqlite"));
        }

        try (RecoveryStore store = open(copy)) {
            assertThat(store.decidedEpoch()).isEqualTo(1);
            assertThat(count(store, 1)).isEqualTo(1);
        }
    }

    @Test
    void readerSeesTheStoreAsItWasWhileAnExecutionWrites() {
        try (RecoveryStore store = open(temporary)) {
            store.decide(EpochSnapshot.of(1, page("a", "1")));
            try (StoreReader reader = SqliteRecoveryStore.read(temporary)) {
                for (int epoch = 2; epoch < 100; epoch++) {
                    store.decide(EpochSnapshot.of(epoch, page("b" + epoch, "2")));
                    store.done(epoch);
                }

                assertThat(reader.dataflowName()).isEqualTo("orders");
                assertThat(reader.lineage()).isEqualTo(store.lineage());
                assertThat(reader.decidedEpoch()).isEqualTo(1);
                assertThat(reader.states(1)).extracting(StateSummary::keys).containsExactly(1L);
            }
            assertThat(count(store, 99)).isEqualTo(99);
        }
    }

    @Test
    void readingWhatIsNotThereIsRefused() {
        refusedToRead(temporary.resolve("nothing"))
                .hasMessageContaining("there is no recovery store");
        assertThat(temporary.resolve("nothing")).doesNotExist();
    }

    @Test
    void storedEntriesStayWithinTwiceTheLiveOnesAndAFew() throws SQLException {
        try (RecoveryStore store = open(temporary)) {
            for (int epoch = 1; epoch <= 300; epoch++) {
                PageWriter page = new PageWriter(CART, 1, 1);
                for (int i = 0; i < 100; i++) {
                    page.add(("k" + (epoch * 37 + i) % 2_000).getBytes(UTF_8), new byte[100]);
                }
                store.decide(EpochSnapshot.of(epoch, page.toPage()));
                store.done(epoch);
            }
            assertThat(count(store, 300)).isEqualTo(2_000);
        }
        assertThat(number(temporary, "SELECT sum(entries) FROM page")).isLessThan(6_000);
    }

    @Test
    void spaceIsGivenBack() throws IOException {
        try (RecoveryStore store = open(temporary)) {
            List<StatePage> much = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                much.add(page("big" + i, "x".repeat(100_000)));
            }
            store.decide(new EpochSnapshot(1, much, Map.of()));
            store.done(1);
            store.decide(EpochSnapshot.of(2, StatePage.clearing(CART), page("a", "1")));
            store.done(2);
            while (store.collect()) {
                assertThat(store.decidedEpoch()).isEqualTo(2);
            }
            for (int i = 0; i < 20; i++) {
                store.collect();
            }
        }
        assertThat(Files.size(temporary.resolve("recovery.sqlite"))).isLessThan(20_000_000);
    }

    private Path makeStore() throws IOException {
        Path directory = Files.createDirectories(temporary.resolve("store"));
        try (RecoveryStore store = open(directory)) {
            store.decide(
                    EpochSnapshot.of(
                            1, page("a", "a cart that is long enough to be found".repeat(1_000))));
            store.decide(EpochSnapshot.of(2));
        }
        return directory;
    }

    private static void raiseFormat(Path directory) {
        try {
            sql(directory, "PRAGMA user_version=99");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void damage(Path directory, String text) throws IOException {
        Path file = directory.resolve("recovery.sqlite");
        String content = Files.readString(file, ISO_8859_1);
        int at = content.indexOf(text);
        try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
            channel.position(at).write(ByteBuffer.wrap(new byte[] {'X'}));
        }
    }

    private static StatePage page(String key, String value) {
        PageWriter writer = new PageWriter(CART, 1, 1);
        writer.add(key.getBytes(UTF_8), value.getBytes(UTF_8));
        return writer.toPage();
    }

    private static long count(RecoveryStore store, long epoch) {
        long[] count = {0};
        store.restore(epoch, page -> count[0] += page.entries());
        return count[0];
    }

    private static void limit(RecoveryStore store, int pages) throws SQLException {
        ((SqliteRecoveryStore) store).limitPages(pages);
    }

    private static void sql(Path directory, String sql) throws SQLException {
        try (Connection connection = connect(directory);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void errorAtAnyPointOfMakingAndOpeningLeavesTheStoreToTheNext() {
        List<String> making = new ArrayList<>();
        open(temporary.resolve("first"), making::add).close();
        List<String> opening = new ArrayList<>();
        open(temporary.resolve("first"), opening::add).close();
        assertThat(making).contains("make.begun", "begin.locked", "open.done");
        assertThat(opening).contains("open.connected", "begin.committed");

        for (int i = 0; i < making.size(); i++) {
            failAndOpen(temporary.resolve("made-" + i), making.get(i));
        }
        for (String point : opening) {
            failAndOpen(temporary.resolve("first"), point);
        }
    }

    private static void failAndOpen(Path directory, String point) {
        FaultHook failing =
                reached -> {
                    if (reached.equals(point)) {
                        throw new OutOfMemoryError("planted");
                    }
                };
        assertThatThrownBy(() -> open(directory, failing))
                .as(point)
                .isInstanceOf(OutOfMemoryError.class);
        open(directory, FaultHook.NONE).close();
    }

    private static RecoveryStore open(Path directory, FaultHook faults) {
        return SqliteRecoveryStore.open(directory, "orders", StoreOptions.defaults(), faults);
    }

    private static long number(Path directory, String sql) throws SQLException {
        try (Connection connection = connect(directory);
                Statement statement = connection.createStatement()) {
            return statement.executeQuery(sql).getLong(1);
        }
    }

    private static Connection connect(Path directory) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("recovery.sqlite"));
    }

    private static RecoveryStore open(Path directory) {
        RecoveryStore store =
                SqliteRecoveryStore.open(directory, "orders", StoreOptions.defaults());
        store.schemaId("\"String\"");
        return store;
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(Path directory) {
        return assertThatThrownBy(() -> open(directory))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining(directory.toString());
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refusedToRead(Path directory) {
        return assertThatThrownBy(() -> SqliteRecoveryStore.read(directory))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining(directory.toString());
    }
}
