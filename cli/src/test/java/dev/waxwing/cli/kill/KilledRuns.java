package dev.waxwing.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.cli.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Executions of {@link RunningCounts} in processes of their own, one after the other, of which all
 * but the last are killed. Compares after each what it said that it did with what is stored.
 */
final class KilledRuns {

    /* A poll of mapped memory; the wait in between is for the end of the process. */
    private static final long POLL_MILLIS = 2;
    private static final long FIRST_EPOCH_MILLIS_MAX = 60_000;

    private final Path directory;
    private final Random random;
    private final List<String> parts;
    private final long lines;
    private StoredPositions stored;
    private int runs;
    private int kills;
    private int killsAfterAnEpoch;
    private long linesReadAgain;

    KilledRuns(Path directory, Random random, List<String> parts, long lines) throws IOException {
        this.directory = directory;
        this.random = random;
        this.parts = parts;
        this.lines = lines;
        Files.createDirectory(store());
        Files.createDirectory(counts());
        stored = StoredPositions.in(store(), RunningCounts.LINES, RunningCounts.COUNTS);
    }

    Path texts() {
        return directory.resolve("texts");
    }

    Path counts() {
        return directory.resolve("counts");
    }

    int runs() {
        return runs;
    }

    int kills() {
        return kills;
    }

    int killsAfterAnEpoch() {
        return killsAfterAnEpoch;
    }

    long linesReadAgain() {
        return linesReadAgain;
    }

    /** Runs and kills it at a moment after its first decided epoch. */
    void killAfterAnEpoch(int killsLeft) throws Exception {
        try (ChildJvm run = start()) {
            long linesMax = linesOfThisRunMax(killsLeft);
            long waited = 0;
            while (!isAnyDone()) {
                assertThat(run.endsWithin(POLL_MILLIS)).as(run::toString).isFalse();
                assertThat(waited += POLL_MILLIS).isLessThan(FIRST_EPOCH_MILLIS_MAX);
            }
            /* Mostly soon, for a run is slow at first; sometimes when it has become fast. */
            int millis = random.nextInt(random.nextInt(5) == 0 ? 1_500 : 300);
            waitWhileBelow(run, millis, linesMax);
            kill(run);
        }
    }

    /** Runs and kills it at any moment, also before it has opened anything. */
    void killAtAnyMoment(int killsLeft) throws Exception {
        try (ChildJvm run = start()) {
            waitWhileBelow(run, random.nextInt(1_500), linesOfThisRunMax(killsLeft));
            kill(run);
        }
    }

    /** Runs to the end. */
    void complete() throws Exception {
        try (ChildJvm run = start()) {
            assertThat(run.exitCode()).as(run.err()).isZero();
        }
        compare();
    }

    private ChildJvm start() throws IOException {
        runs++;
        Files.createDirectory(runDirectory());
        int workers = 1 + random.nextInt(3);
        return ChildJvm.start(
                runDirectory(),
                List.of(
                        "run",
                        "--workers=" + workers,
                        "--recovery-directory=" + store(),
                        "--epoch-interval=50ms",
                        RunningCounts.class.getName(),
                        texts().toString(),
                        counts().toString(),
                        "4",
                        runDirectory().toString()));
    }

    /* So that there is something left for the runs to come. */
    private long linesOfThisRunMax(int killsLeft) {
        return (lines - stored.linesInAll()) / (killsLeft + 1);
    }

    private void waitWhileBelow(ChildJvm run, int millis, long linesMax) throws Exception {
        for (int i = 0; i < millis / POLL_MILLIS && linesOfThisRun() < linesMax; i++) {
            assertThat(run.endsWithin(POLL_MILLIS)).as("run " + runs + " ended early").isFalse();
        }
    }

    private void kill(ChildJvm run) throws Exception {
        assertThat(run.isAlive()).as(run.err()).isTrue();
        run.kill();
        kills++;
        compare();
    }

    private void compare() throws IOException {
        StoredPositions before = stored;
        stored = StoredPositions.in(store(), RunningCounts.LINES, RunningCounts.COUNTS);
        killsAfterAnEpoch += stored.epoch() > before.epoch() ? 1 : 0;
        for (Map.Entry<String, Witness> entry : witnesses().entrySet()) {
            String part = entry.getKey();
            Witness witness = entry.getValue();
            long resumed = stored.linesOf(part);
            String where = "run %d, partition %s".formatted(runs, part);
            assertThat(resumed).as(where).isGreaterThanOrEqualTo(before.linesOf(part));
            if (!witness.isStarted()) {
                assertThat(resumed).as(where).isEqualTo(before.linesOf(part));
                continue;
            }
            assertThat(witness.start()).as(where).isEqualTo(before.linesOf(part));
            assertThat(resumed).as(where).isLessThanOrEqualTo(witness.emitted());
            assertUndecidedEpochsAtMostOne(where, witness, resumed);
            linesReadAgain += witness.emitted() - resumed;
        }
        for (Map.Entry<String, Long> part : stored.bytes().entrySet()) {
            assertThat(Files.size(counts().resolve(part.getKey())))
                    .isGreaterThanOrEqualTo(part.getValue());
        }
        assertThat(stored.linesInAll()).as("where the next run begins").isPositive();
    }

    /* What is read again begins at one of the last two barriers: that of the open epoch or before. */
    private static void assertUndecidedEpochsAtMostOne(
            String where, Witness witness, long resumed) {
        List<Long> barriers = new ArrayList<>(witness.lastSnapshots());
        if (barriers.isEmpty() || barriers.get(0) != witness.start()) {
            barriers.add(0, witness.start());
        }
        int last = barriers.size() - 1;
        assertThat(barriers.subList(Math.max(0, last - 1), last + 1)).as(where).contains(resumed);
    }

    private Map<String, Witness> witnesses() throws IOException {
        Map<String, Witness> witnesses = new TreeMap<>();
        for (String part : parts) {
            witnesses.put(part, Witness.open(runDirectory(), part));
        }
        return witnesses;
    }

    private boolean isAnyDone() throws IOException {
        for (Witness witness : witnesses().values()) {
            if (witness.isAnyDone()) {
                return true;
            }
        }
        return false;
    }

    private long linesOfThisRun() throws IOException {
        long sum = 0;
        for (Witness witness : witnesses().values()) {
            sum += witness.emitted() - witness.start();
        }
        return sum;
    }

    private Path store() {
        return directory.resolve("store");
    }

    private Path runDirectory() {
        return directory.resolve("run-" + runs);
    }
}
