package dev.waxwing.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.cli.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two executions of one dataflow at the same time: one over a copy of the store, and one without
 * the store. Needs real time and real processes.
 */
final class TwoExecutionsTest {

    private static final boolean SLOW = Boolean.getBoolean("waxwing.slow");
    private static final int ROUNDS = SLOW ? 40 : 3;
    private static final int ROUNDS_MAX = 5 * ROUNDS;
    private static final int LINES_OF_A_RUN = 1_500;
    private static final int RUN_MILLIS = 2_500;
    private static final int SOON_MILLIS = 400;
    private static final int FENCED = 5;
    private static final Duration EPOCH = Duration.ofMillis(50);

    /* Of a copy: by an appended file, by a marker, by a table that the other was stopped writing to. */
    private static final Pattern REFUSAL =
            Pattern.compile(
                    "is being written to by another execution"
                            + "|the recovery store was copied"
                            + "|was locked by another session");

    /* Of the other, after a copy has claimed a target: at its next commit, or at its start. */
    private static final Pattern FENCING =
            Pattern.compile("was taken over by generation|the recovery store was copied");

    @TempDir Path directory;

    private Random random;
    private Path store;
    private int copies;

    @BeforeEach
    void printSeed() {
        long seed = Long.getLong("waxwing.seed", new Random().nextLong());
        System.out.println("two executions: seed " + seed);
        random = new Random(seed);
        store = directory.resolve("store");
    }

    @Test
    void copyOfTheStoreThatWasLeftBehindIsRefused() throws Exception {
        try (DeliveryPlace place = new DeliveryPlace(directory, random)) {
            place.accounts().grow(LINES_OF_A_RUN);
            try (ChildJvm killed = place.start(store)) {
                place.awaitDelivery(killed);
                killed.kill();
            }
            Path copy = copyOf(store);
            try (ChildJvm original = place.start(store)) {
                assertThat(original.exitCode()).as(original.err()).isZero();
            }
            List<Integer> before = place.sizes();

            for (int start = 1; start <= 2; start++) {
                try (ChildJvm wrong = place.start(copy)) {
                    assertThat(wrong.exitCode()).as(wrong.err()).isEqualTo(FENCED);
                    assertThat(wrong.err()).contains("the recovery store was copied", "adopt");
                }
            }

            assertThat(place.sizes()).isEqualTo(before);
            place.checkAll();
        }
    }

    @Test
    void copyOfAStoreInUseDoublesNothing() throws Exception {
        try (DeliveryPlace place = new DeliveryPlace(directory, random)) {
            /* A copy of a store that is not made yet would be another store. */
            place.accounts().grow(LINES_OF_A_RUN);
            try (ChildJvm first = place.start(store)) {
                assertThat(first.exitCode()).as(first.err()).isZero();
            }
            int refused = 0;
            int fenced = 0;
            int rounds = 0;
            while (refused < ROUNDS) {
                assertThat(rounds++).as("rounds").isLessThan(ROUNDS_MAX);
                place.accounts().grow(LINES_OF_A_RUN);
                try (ChildJvm original = place.start(store)) {
                    if (!isSuspendedAtAnyMoment(original, place)) {
                        assertThat(original.exitCode()).as(original.err()).isZero();
                        continue;
                    }
                    Path copy = copyOf(store);
                    boolean isRefused;
                    try (ChildJvm second = place.start(copy, EPOCH, Deliveries.CLAIMING_ONCE)) {
                        isRefused = second.exitCode() != 0;
                        if (isRefused) {
                            assertThat(second.err()).containsPattern(REFUSAL);
                            refused++;
                        }
                    }
                    original.resume();
                    if (original.exitCode() != 0) {
                        assertThat(original.exitCode()).as(original.err()).isEqualTo(FENCED);
                        assertThat(original.err()).containsPattern(FENCING);
                        fenced++;
                    }
                    store = isRefused ? store : copy;
                }
                goOnWithTheStore(place);
                place.checkAll();
            }
            System.out.printf(
                    "copies of stores in use: %d rounds, %d copies refused, %d originals fenced,"
                            + " %d payments%n",
                    rounds, refused, fenced, place.accounts().expected().size());
        }
    }

    @Test
    void deletedStoreIsMissed() throws Exception {
        try (DeliveryPlace place = new DeliveryPlace(directory, random)) {
            place.accounts().grow(LINES_OF_A_RUN);
            try (ChildJvm killed = place.start(store)) {
                place.awaitDelivery(killed);
                killed.kill();
            }
            List<Integer> before = place.sizes();
            Path elsewhere = Files.move(store, directory.resolve("elsewhere"));

            try (ChildJvm refused = place.start(store)) {
                assertThat(refused.exitCode()).as(refused.err()).isEqualTo(FENCED);
                assertThat(refused.err())
                        .contains("was written from another recovery store")
                        .contains("the store was deleted or exchanged")
                        .contains("bring the store back, start over")
                        .contains("adopt");
            }
            assertThat(place.sizes()).isEqualTo(before);
            try (ChildJvm restored = place.start(elsewhere)) {
                assertThat(restored.exitCode()).as(restored.err()).isZero();
            }
            place.checkAll();
        }
    }

    /* At any moment of a run, or soon after something of it was delivered; false if it ends before. */
    private boolean isSuspendedAtAnyMoment(ChildJvm run, DeliveryPlace place) throws Exception {
        int millis = RUN_MILLIS;
        if (random.nextInt(4) > 0) {
            place.awaitDelivery(run);
            millis = SOON_MILLIS;
        }
        return !run.endsWithin(random.nextInt(millis)) && run.trySuspend();
    }

    /* If a copy has claimed a target and gone no further, a person has to say so. */
    private void goOnWithTheStore(DeliveryPlace place) throws Exception {
        try (ChildJvm next = place.start(store)) {
            if (next.exitCode() == 0) {
                return;
            }
            assertThat(next.exitCode()).as(next.err()).isEqualTo(FENCED);
            assertThat(next.err()).contains("the recovery store was copied", "adopt");
        }
        try (ChildJvm adopting = place.start(store, "--adopt")) {
            assertThat(adopting.exitCode()).as(adopting.err()).isZero();
        }
    }

    private Path copyOf(Path from) throws IOException {
        Path copy = directory.resolve("copy-" + copies++);
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Files.copy(each, copy.resolve(from.relativize(each)));
            }
        }
        return copy;
    }
}
