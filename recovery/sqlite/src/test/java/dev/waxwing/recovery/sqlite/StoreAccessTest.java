package dev.waxwing.recovery.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.codec.ByteOutput;
import dev.waxwing.recovery.page.PageWriter;
import dev.waxwing.recovery.page.StateId;
import dev.waxwing.recovery.segment.SegmentWriter;
import dev.waxwing.recovery.store.EpochSnapshot;
import dev.waxwing.recovery.store.RecoveryStore;
import dev.waxwing.recovery.store.StoreOptions;
import dev.waxwing.run.FileAccess;
import dev.waxwing.run.file.OwnFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may read what a store makes, and what it makes nothing of. */
final class StoreAccessTest {

    /** Of files and directories. */
    private static final Set<String> OWNERS = Set.of("rw-------", "rwx------");

    @TempDir private Path temporary;

    @Test
    void everythingIsForItsOwnerAlone() throws IOException {
        Path directory = temporary.resolve("made/store");
        try (RecoveryStore store = open(directory, StoreOptions.defaults())) {
            fill(store);

            assertThat(permissions(directory))
                    .containsExactly(
                            Map.entry("", "rwx------"),
                            Map.entry("lock", "rw-------"),
                            Map.entry("recovery.mark", "rw-------"),
                            Map.entry("recovery.sqlite", "rw-------"),
                            Map.entry("recovery.sqlite-shm", "rw-------"),
                            Map.entry("recovery.sqlite-wal", "rw-------"),
                            Map.entry("segments", "rwx------"),
                            Map.entry("segments/outbox-1", "rw-------"));
        }
    }

    @Test
    void everythingIsAsTheUmaskSaysByChoice() throws IOException {
        Path directory = temporary.resolve("store");
        String file = of(Files.createFile(temporary.resolve("file")));
        String folder = of(Files.createDirectory(temporary.resolve("folder")));
        try (RecoveryStore store =
                open(directory, StoreOptions.defaults().withAccess(FileAccess.UMASK))) {
            fill(store);

            assertThat(permissions(directory))
                    .containsExactly(
                            Map.entry("", folder),
                            Map.entry("lock", file),
                            Map.entry("recovery.mark", file),
                            Map.entry("recovery.sqlite", file),
                            Map.entry("recovery.sqlite-shm", file),
                            Map.entry("recovery.sqlite-wal", file),
                            Map.entry("segments", folder),
                            Map.entry("segments/outbox-1", file));
        }
    }

    @Test
    void backupIsForItsOwnerAloneWhoeverMayReadTheStoreAndSoIsWhatIsRestored() throws IOException {
        Path directory = temporary.resolve("store");
        Path copy = temporary.resolve("made/backup");
        try (RecoveryStore store =
                open(directory, StoreOptions.defaults().withAccess(FileAccess.UMASK))) {
            fill(store);
            StoreBackup.take(
                    directory,
                    copy,
                    point -> assertThat(permissions(copy).values()).allMatch(OWNERS::contains));
        }

        assertThat(permissions(copy))
                .containsExactly(
                        Map.entry("", "rwx------"),
                        Map.entry("recovery.mark", "rw-------"),
                        Map.entry("recovery.sqlite", "rw-------"),
                        Map.entry("segments", "rwx------"),
                        Map.entry("segments/outbox-1", "rw-------"));
        try (RecoveryStore restored = open(copy, StoreOptions.defaults())) {
            restored.schemaId("another schema");
            assertThat(permissions(copy))
                    .containsKeys("lock", "recovery.sqlite-shm", "recovery.sqlite-wal")
                    .allSatisfy((name, found) -> assertThat(OWNERS).contains(found));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"000", "077"})
    void storeAndBackupAreForTheirOwnerAloneWhateverTheUmask(String umask) throws IOException {
        Path directory = temporary.resolve("store");
        Path copy = temporary.resolve("backup");
        try (OtherProcess other = OtherProcess.withUmask(umask, directory)) {
            assertThat(other.does("decide")).isEqualTo("done: decide");
            assertThat(other.does("back up")).isEqualTo("done: back up");
            assertThat(other.does("restore")).isEqualTo("done: restore");

            assertThat(permissions(directory))
                    .containsKey("recovery.sqlite-wal")
                    .allSatisfy((name, found) -> assertThat(OWNERS).contains(found));
            assertThat(permissions(copy))
                    .containsKey("recovery.sqlite-wal")
                    .allSatisfy((name, found) -> assertThat(OWNERS).contains(found));
        }
    }

    @Test
    void backupTakesNothingThatALinkAmongOutboxesLeadsTo() throws IOException {
        Path directory = temporary.resolve("store");
        Path secret = Files.writeString(temporary.resolve("secret"), "mine");
        try (RecoveryStore store = open(directory, StoreOptions.defaults())) {
            fill(store);
            Files.createSymbolicLink(directory.resolve("segments/outbox-2"), secret);

            assertThatThrownBy(() -> StoreBackup.take(directory, temporary.resolve("backup")))
                    .isInstanceOf(RecoveryException.class)
                    .hasMessageContaining(
                            "outbox-2: must be a regular file, but is a symbolic link, which is not"
                                    + " followed");
        }
        assertThat(temporary.resolve("backup/segments/outbox-2")).doesNotExist();
    }

    @Test
    void directoryThatIsThereKeepsItsPermissionsAndParentsAreMadeAsTheUmaskSays()
            throws IOException {
        Path there = Files.createDirectory(temporary.resolve("there"));
        String folder = of(there);

        open(there, StoreOptions.defaults()).close();
        open(temporary.resolve("parent/store"), StoreOptions.defaults()).close();

        assertThat(of(there)).isEqualTo(folder);
        assertThat(of(there.resolve("recovery.sqlite"))).isEqualTo("rw-------");
        assertThat(of(temporary.resolve("parent"))).isEqualTo(folder);
        assertThat(of(temporary.resolve("parent/store"))).isEqualTo("rwx------");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "recovery.sqlite",
                "recovery.sqlite-wal",
                "recovery.sqlite-shm",
                "recovery.sqlite-journal",
                "recovery.mark",
                "lock",
                "lock.new",
                "segments"
            })
    void linkInPlaceOfAFileIsRefusedAndWhatItLeadsToIsNotTouched(String name) throws IOException {
        Path victim = Files.writeString(temporary.resolve("victim"), "mine");
        Path link = Files.createSymbolicLink(temporary.resolve(name), victim);

        for (String text : List.of("mine", "")) {
            Files.writeString(victim, text);
            assertThatThrownBy(() -> open(temporary, StoreOptions.defaults().withTakeOver()))
                    .isInstanceOf(RecoveryException.class)
                    .hasMessageContaining("'" + name + "' in it must be no symbolic link")
                    .hasMessageContaining("leads to '" + victim + "'");
            assertThatThrownBy(() -> SqliteRecoveryStore.read(temporary))
                    .hasMessageContaining("no symbolic link");
            assertThat(victim).hasContent(text);
        }
        assertThat(link).isSymbolicLink();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "recovery.sqlite",
                "recovery.sqlite-wal",
                "recovery.sqlite-shm",
                "recovery.sqlite-journal",
                "recovery.mark",
                "lock",
                "lock.new",
                "segments"
            })
    @Timeout(60)
    void pipeInPlaceOfAFileIsRefusedAndNotWaitedFor(String name) throws Exception {
        open(temporary, StoreOptions.defaults()).close();
        Files.deleteIfExists(temporary.resolve(name));
        makePipe(temporary.resolve(name));

        assertThatThrownBy(() -> open(temporary, StoreOptions.defaults()))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("'" + name + "' in it must be a ")
                .hasMessageContaining("but is none, and was not opened");
        assertThatThrownBy(() -> SqliteRecoveryStore.read(temporary))
                .hasMessageContaining("but is none, and was not opened");
    }

    @Test
    @Timeout(60)
    void pipeAmongOutboxesIsNotWaitedForByABackup() throws Exception {
        Path directory = temporary.resolve("store");
        try (RecoveryStore store = open(directory, StoreOptions.defaults())) {
            fill(store);
            makePipe(directory.resolve("segments/outbox-2"));

            assertThatThrownBy(() -> StoreBackup.take(directory, temporary.resolve("backup")))
                    .isInstanceOf(RecoveryException.class)
                    .hasMessageContaining(
                            "outbox-2: must be a regular file, but is none, and is not opened");
        }
    }

    @Test
    void linkThatLeadsNowhereIsRefusedAndNothingIsMadeThere() throws IOException {
        Path nowhere = temporary.resolve("nowhere");
        Files.createSymbolicLink(temporary.resolve("lock"), nowhere);

        assertThatThrownBy(() -> open(temporary, StoreOptions.defaults()))
                .hasMessageContaining("no symbolic link");
        assertThat(nowhere).doesNotExist();
    }

    @Test
    void outboxIsNotMadeOverALinkThatHasTakenThePlaceOfTheirDirectory() throws IOException {
        Path directory = temporary.resolve("store");
        Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
        try (RecoveryStore store = open(directory, StoreOptions.defaults())) {
            Files.createSymbolicLink(directory.resolve("segments"), elsewhere);

            assertThatThrownBy(() -> store.segments().create("outbox-1"))
                    .isInstanceOf(RecoveryException.class)
                    .hasMessageContaining("'" + directory.resolve("segments") + "'")
                    .hasMessageContaining("was replaced by another file");
        }
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void filesAreNotOpenedOverALinkThatComesAfterTheCheck() throws IOException {
        Path victim = Files.writeString(temporary.resolve("victim"), "mine");
        Path link = Files.createSymbolicLink(temporary.resolve("lock"), victim);

        assertThatThrownBy(
                        () ->
                                OwnFiles.open(
                                        link,
                                        FileAccess.OWNER,
                                        StandardOpenOption.CREATE,
                                        StandardOpenOption.WRITE))
                .isInstanceOf(IOException.class);
        assertThat(victim).hasContent("mine");
    }

    @Test
    void directoryThatIsReachedOverLinksIsUsed() throws IOException {
        Path real = Files.createDirectory(temporary.resolve("real"));
        Path link = Files.createSymbolicLink(temporary.resolve("link"), real);

        try (RecoveryStore store = open(link.resolve("store"), StoreOptions.defaults())) {
            fill(store);
        }
        try (RecoveryStore store = open(link.resolve("store"), StoreOptions.defaults())) {
            assertThat(store.decidedEpoch()).isEqualTo(1);
        }
        Path whole = Files.createSymbolicLink(temporary.resolve("whole"), real.resolve("store"));
        open(whole, StoreOptions.defaults()).close();
        assertThat(real.resolve("store/recovery.sqlite")).isRegularFile();
    }

    private static void makePipe(Path path) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
    }

    private static void fill(RecoveryStore store) {
        store.schemaId("schema");
        PageWriter writer = new PageWriter(new StateId("shop.cart", "state"), 1, 1);
        writer.add("key".getBytes(UTF_8), "value".getBytes(UTF_8));
        store.decide(EpochSnapshot.of(1, writer.toPage()));
        try (SegmentWriter segment = store.segments().create("outbox-1")) {
            segment.add(new ByteOutput());
            segment.finish();
        }
    }

    private static RecoveryStore open(Path directory, StoreOptions options) {
        return SqliteRecoveryStore.open(directory, "orders", options);
    }

    private static Map<String, String> permissions(Path directory) {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.toList()) {
                found.put(directory.relativize(each).toString(), of(each));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static String of(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
