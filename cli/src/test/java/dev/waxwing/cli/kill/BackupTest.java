package dev.waxwing.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.cli.ChildJvm;
import dev.waxwing.recovery.sqlite.StoreBackup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Executions over backups that were taken while their dataflow ran, into tables of a real server,
 * files and an endpoint. Needs real time and real processes.
 */
final class BackupTest {

    private static final boolean SLOW = Boolean.getBoolean("waxwing.slow");
    private static final int ROUNDS = SLOW ? 40 : 2;
    private static final int ROUNDS_MAX = 5 * ROUNDS;
    private static final int LINES_OF_A_RUN = 400;
    private static final int SOON_MILLIS = 400;
    private static final int FENCED = 5;

    @TempDir Path directory;

    private Random random;
    private Path store;

    @BeforeEach
    void printSeed() {
        long seed = Long.getLong("waxwing.seed", new Random().nextLong());
        System.out.println("backups: seed " + seed);
        random = new Random(seed);
        store = directory.resolve("store");
    }

    @Test
    void backupOfTheMomentOfACrashIsAsGoodAsTheStoreThatIsLost() throws Exception {
        try (DeliveryPlace place = new DeliveryPlace(directory, random)) {
            place.accounts().grow(LINES_OF_A_RUN);
            runToTheEnd(place);
            int undone = 0;
            int restored = 0;
            for (int round = 0; restored < ROUNDS; round++) {
                assertThat(round).as("rounds").isLessThan(ROUNDS_MAX);
                place.accounts().grow(LINES_OF_A_RUN);
                try (ChildJvm run = place.start(store)) {
                    place.awaitDelivery(run);
                    if (run.endsWithin(random.nextInt(SOON_MILLIS)) || !run.trySuspend()) {
                        assertThat(run.exitCode()).as(run.err()).isZero();
                        continue;
                    }
                    Path copy = directory.resolve("copy-" + round);
                    StoreBackup backup = StoreBackup.take(store, copy);
                    undone += backup.decidedEpoch() > backup.doneEpoch() ? 1 : 0;
                    run.kill();
                    delete(store);
                    store = copy;
                    restored++;
                }
                runToTheEnd(place);
                place.checkAll();
            }
            System.out.printf(
                    "backups: %d restored, %d of them with epochs to be committed%n",
                    restored, undone);
        }
    }

    @Test
    void backupThatTargetsAreAheadOfIsRefusedAndRightOnceTheyAreTakenBackToIt() throws Exception {
        try (DeliveryPlace place = new DeliveryPlace(directory, random)) {
            Path copy = directory.resolve("copy");
            StoreBackup backup = backUpAndGoOn(place, copy);
            List<Integer> before = place.sizes();

            for (int start = 1; start <= 2; start++) {
                try (ChildJvm wrong = place.start(copy)) {
                    assertThat(wrong.exitCode()).as(wrong.err()).isEqualTo(FENCED);
                    assertThat(wrong.err()).contains("the recovery store was copied", "adopt");
                }
            }
            assertThat(place.sizes()).isEqualTo(before);

            place.removeAfter(backup.decidedEpoch());
            assertThat(place.sizes()).isNotEqualTo(before);
            try (ChildJvm adopting = place.start(copy, "--adopt")) {
                assertThat(adopting.exitCode()).as(adopting.err()).isZero();
            }
            place.checkTablesAndFiles();
        }
    }

    /* Takes it in the middle of a run; another one goes on, and dies at any moment. */
    private StoreBackup backUpAndGoOn(DeliveryPlace place, Path copy) throws Exception {
        place.accounts().grow(LINES_OF_A_RUN);
        StoreBackup backup;
        try (ChildJvm killed = place.start(store)) {
            place.awaitDelivery(killed);
            backup = StoreBackup.take(store, copy);
            killed.kill();
        }
        place.accounts().grow(LINES_OF_A_RUN);
        try (ChildJvm killed = place.start(store)) {
            while (place.table().newestEpoch() <= backup.decidedEpoch()) {
                assertThat(killed.endsWithin(random.nextInt(SOON_MILLIS))).isFalse();
            }
        }
        return backup;
    }

    private void runToTheEnd(DeliveryPlace place) throws Exception {
        try (ChildJvm run = place.start(store)) {
            assertThat(run.exitCode()).as(run.err()).isZero();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
