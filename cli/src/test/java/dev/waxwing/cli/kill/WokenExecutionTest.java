package dev.waxwing.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.cli.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An execution is suspended in each of its phases, another takes over, and the first is woken when
 * the other is in a phase of its own, or has ended. Needs real time and real processes.
 */
final class WokenExecutionTest {

    private static final boolean SLOW = Boolean.getBoolean("waxwing.slow");

    /* But those in which a connection is cut: one that is cut during a claim is why that start fails, and rightly so. */
    private static final List<Phase> ALL =
            Arrays.stream(Phase.values()).filter(phase -> phase.point() != null).toList();

    private static final int PHASES = SLOW ? ALL.size() : 4;
    private static final int ROUNDS_OF_A_PHASE = Integer.getInteger("waxwing.rounds", SLOW ? 5 : 1);
    private static final int LINES_OF_A_RUN = 200;
    private static final int FENCED = 5;
    private static final Duration EPOCH = Duration.ofMillis(20);

    @TempDir Path directory;

    private Random random;
    private PhaseTally tally;
    private Path store;
    private DeliveryPlace place;
    private int wokenDuring;
    private int wokenAfter;
    private int fenced;
    private int refused;

    @Test
    void executionThatWasTakenOverWritesNothingWhenItWakes() throws Exception {
        long seed = Long.getLong("waxwing.seed", new Random().nextLong());
        System.out.println("woken executions: seed " + seed);
        long begin = System.nanoTime();
        random = new Random(seed);
        List<Phase> phases = new ArrayList<>(ALL);
        Collections.shuffle(phases, random);
        tally = new PhaseTally(random, phases.subList(0, PHASES), ROUNDS_OF_A_PHASE);
        store = directory.resolve("store");
        try (DeliveryPlace delivered = new DeliveryPlace(directory, random)) {
            place = delivered;
            Phase phase;
            while ((phase = tally.next()) != null) {
                place.accounts().grow(LINES_OF_A_RUN);
                suspendIn(phase);
                try (ChildJvm last = place.start(store)) {
                    assertThat(last.exitCode()).as(last.err()).isZero();
                }
                place.checkAll();
            }
            System.out.printf(
                    "woken executions, by phase in which they were suspended:%n%swoken executions:"
                            + " %d runs, %d suspended, %d woken while the other ran and %d when it had"
                            + " ended, %d of them fenced, %d take-overs refused in the middle of a"
                            + " write; %d payments; %d s, seed %d%n",
                    tally.table(),
                    place.runs(),
                    tally.all(),
                    wokenDuring,
                    wokenAfter,
                    fenced,
                    refused,
                    place.accounts().expected().size(),
                    (System.nanoTime() - begin) / 1_000_000_000,
                    seed);
        }
    }

    private void suspendIn(Phase phase) throws Exception {
        try (Hold hold = place.hold(phase, tally.times(phase));
                ChildJvm older = place.start(store, EPOCH, hold.jvmOptions())) {
            if (!hold.isReachedBy(older) || !older.trySuspend()) {
                assertThat(older.exitCode()).as(older.err()).isZero();
                tally.missed(phase);
                return;
            }
            tally.during(phase);
            place.accounts().grow(LINES_OF_A_RUN);
            if (random.nextBoolean()) {
                wakeWhileAnotherRuns(older, hold);
            } else {
                wakeAfterAnother(older, hold);
            }
        }
    }

    private void wakeWhileAnotherRuns(ChildJvm older, Hold hold) throws Exception {
        Phase phase = ALL.get(random.nextInt(ALL.size()));
        try (Hold newerHold = place.hold(phase, 1 + random.nextInt(3));
                ChildJvm newer = newer(newerHold.jvmOptions())) {
            boolean isHeld = newerHold.isReachedBy(newer);
            wake(older, hold);
            wokenDuring++;
            if (isHeld) {
                newerHold.letGo();
            }
            checkEnd(newer);
            checkWoken(older);
        }
    }

    private void wakeAfterAnother(ChildJvm older, Hold hold) throws Exception {
        boolean isDone;
        try (ChildJvm newer = newer(List.of())) {
            isDone = checkEnd(newer);
        }
        List<Integer> before = place.sizes();
        wake(older, hold);
        wokenAfter++;
        checkWoken(older);
        if (isDone) {
            assertThat(place.sizes()).isEqualTo(before);
        }
    }

    private ChildJvm newer(List<String> jvmOptions) throws IOException {
        List<String> options = new ArrayList<>(jvmOptions);
        options.addAll(Deliveries.CLAIMING_ONCE);
        return place.start(store, EPOCH, options, "--take-over");
    }

    private static void wake(ChildJvm older, Hold hold) throws Exception {
        older.resume();
        hold.letGo();
    }

    /* Whether it has done all; it is refused if the other holds a lock of the store or of a marker. */
    private boolean checkEnd(ChildJvm newer) throws Exception {
        if (newer.exitCode() == 0) {
            return true;
        }
        assertThat(newer.err())
                .containsAnyOf("stopped in the middle of writing", "was locked by another session");
        refused++;
        return false;
    }

    /* One that was not taken over ends well, or finds the store in use. */
    private void checkWoken(ChildJvm older) throws Exception {
        if (older.exitCode() == FENCED) {
            assertThat(older.err())
                    .contains("was taken over by generation")
                    .contains("leave the work to it");
            fenced++;
        } else {
            assertThat(older.exitCode()).as(older.err()).isIn(0, 4);
        }
    }
}
