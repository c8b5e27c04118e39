package dev.waxwing.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.cli.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Payments go from files that grow through keyed state and windows into tables of a real server,
 * into rolling files, to the ends of files, to an endpoint that fails in every way and to standard
 * output, in a process that is killed in each phase of an execution, while the server is started
 * anew or crashes and its connections are cut. Needs real time and real processes.
 *
 * <p>System properties: {@code waxwing.phase} for one phase only, {@code waxwing.kills} for how
 * many kills in each, {@code waxwing.seed}.
 */
final class DeliveryKillTest {

    private static final boolean SLOW = Boolean.getBoolean("waxwing.slow");
    private static final String ONLY = System.getProperty("waxwing.phase");
    private static final List<Phase> PHASES =
            ONLY == null ? List.of(Phase.values()) : List.of(Phase.valueOf(ONLY));
    private static final int KILLS_OF_A_PHASE = Integer.getInteger("waxwing.kills", SLOW ? 20 : 1);
    private static final int RESTARTS = SLOW ? 40 : 4;
    private static final int LINES_OF_A_RUN = 200;
    private static final int OTHERS_MILLIS_MAX = 100;
    private static final int SOON_MILLIS_MAX = 30;
    private static final int KILLS_OF_A_REPORT = 50;
    private static final int FAULTS_MAX = 6;
    private static final List<Duration> EPOCHS =
            List.of(Duration.ZERO, Duration.ofMillis(10), Duration.ofMillis(50));

    /* Runs are short: what a second compiler would bring comes too late. */
    private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

    @TempDir Path directory;

    private Random random;
    private PhaseTally tally;
    private Path store;
    private DeliveryPlace place;
    private FilesReader files;
    private StoredPositions stored;
    private int restarts;
    private int crashes;
    private int killsAfterADecision;
    private int killsBeforeDone;

    @Test
    void eachTargetHasEachPaymentOnceInWhateverPhaseRunsAreKilled() throws Exception {
        long seed = Long.getLong("waxwing.seed", new Random().nextLong());
        System.out.println("delivery kill test: seed " + seed);
        long begin = System.nanoTime();
        random = new Random(seed);
        tally = new PhaseTally(random, PHASES, KILLS_OF_A_PHASE);
        store = directory.resolve("store");
        try (DeliveryPlace delivered = new DeliveryPlace(directory, random);
                TableReader reader = new TableReader(delivered.table().source())) {
            place = delivered;
            files = place.filesReader();
            stored = storedPositions();
            Phase phase;
            while ((phase = tally.next()) != null) {
                place.accounts().grow(LINES_OF_A_RUN);
                place.faults().storm(random.nextInt(3) == 0 ? random.nextInt(FAULTS_MAX) : 0);
                CompletableFuture<Void> restarted =
                        random.nextBoolean()
                                ? restartIfDue()
                                : CompletableFuture.completedFuture(null);
                int before = tally.all();
                killIn(phase);
                restarted.join();
                compare(tally.all() > before);
                if (tally.all() / KILLS_OF_A_REPORT > before / KILLS_OF_A_REPORT) {
                    System.out.print(report(seed, begin, reader));
                }
            }
            place.faults().storm(0);
            try (ChildJvm run = place.start(store)) {
                assertThat(run.exitCode()).as(run.err()).isZero();
            }

            System.out.print(report(seed, begin, reader));
            files.lookAtAll();
            place.checkAll();
            assertThat(reader.changes()).isEmpty();
        }
    }

    private void killIn(Phase phase) throws Exception {
        try (Hold hold = place.hold(phase, tally.times(phase));
                ChildJvm run = start(hold.jvmOptions())) {
            if (hold.isReachedBy(run)) {
                kill(run, phase, hold);
            } else {
                missed(run, phase);
            }
        }
    }

    /* Mostly where it is, the other threads before or after it; sometimes when it has gone on. */
    private void kill(ChildJvm run, Phase phase, Hold hold) throws Exception {
        if (random.nextInt(6) == 0) {
            hold.letGo();
            if (run.endsWithin(random.nextInt(SOON_MILLIS_MAX))) {
                missed(run, phase);
            } else {
                run.kill();
                tally.soonAfter(phase);
            }
            return;
        }
        files.look();
        CompletableFuture<Void> restarted = restartIfDue();
        if (random.nextBoolean()) {
            assertThat(run.endsWithin(random.nextInt(OTHERS_MILLIS_MAX))).isFalse();
        }
        run.kill();
        tally.during(phase);
        restarted.join();
    }

    private void missed(ChildJvm run, Phase phase) throws Exception {
        assertThat(run.exitCode()).as(run.err()).isZero();
        tally.missed(phase);
    }

    private ChildJvm start(List<String> jvmOptions) throws IOException {
        Duration epochs = EPOCHS.get(random.nextInt(EPOCHS.size()));
        List<String> options = new ArrayList<>(jvmOptions);
        options.add(QUICK_START);
        return place.start(store, epochs, options, "--restarts=1000");
    }

    /* Spread over all kills; at the same time as whatever else happens. */
    private CompletableFuture<Void> restartIfDue() {
        int due = RESTARTS * tally.all() / (KILLS_OF_A_PHASE * PHASES.size());
        if (restarts + crashes >= Math.min(RESTARTS, due)) {
            return CompletableFuture.completedFuture(null);
        }
        boolean isCrash = random.nextBoolean();
        crashes += isCrash ? 1 : 0;
        restarts += isCrash ? 0 : 1;
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        if (isCrash) {
                            place.table().crash();
                        } else {
                            place.table().restart();
                        }
                    } catch (IOException | InterruptedException e) {
                        throw new AssertionError(e);
                    }
                });
    }

    /* What is there after a kill goes no further than what is decided, and the next run begins there. */
    private void compare(boolean isKilled) throws Exception {
        StoredPositions before = stored;
        long newestRow = place.table().newestEpoch();
        files.look();
        stored = storedPositions();
        assertThat(newestRow).isLessThanOrEqualTo(stored.epoch());
        assertThat(files.newestEpoch()).isLessThanOrEqualTo(stored.epoch());
        assertThat(stored.epoch()).isGreaterThanOrEqualTo(before.epoch());
        killsAfterADecision += isKilled && stored.epoch() > before.epoch() ? 1 : 0;
        killsBeforeDone += isKilled && stored.done() < stored.epoch() ? 1 : 0;
        for (Map.Entry<String, Long> part : stored.lines().entrySet()) {
            Witness witness = Witness.open(place.runDirectory(), part.getKey());
            if (witness.isStarted()) {
                assertThat(part.getValue())
                        .as(part.getKey())
                        .isBetween(witness.acknowledged(), witness.emitted());
            }
        }
    }

    private StoredPositions storedPositions() {
        return StoredPositions.in(store, Deliveries.LINES, Deliveries.APPENDED);
    }

    private String report(long seed, long begin, TableReader reader) {
        return "delivery kill test, by phase:%n%s".formatted(tally.table())
                + """
                delivery kill test: %d runs, %d kills, %d of them after a decision of that run, %d with epochs \
                decided and not done; %d restarts and %d crashes of the server, %d of %d connections to it cut, \
                %d commits whose answer was lost, %d delays; %d payments, %d windows, %d looks at the tables, \
                %d at the files, %d faults of the endpoint and %d requests that it knew; %d s, seed %d
                """
                        .formatted(
                                place.runs(),
                                tally.all(),
                                killsAfterADecision,
                                killsBeforeDone,
                                restarts,
                                crashes,
                                place.proxy().cut(),
                                place.proxy().accepted(),
                                place.faults().unanswered(),
                                place.faults().delays(),
                                place.accounts().expected().size(),
                                place.accounts().expectedWindows().size(),
                                reader.looks(),
                                files.looks(),
                                place.endpoint().faults(),
                                place.endpoint().repetitions(),
                                (System.nanoTime() - begin) / 1_000_000_000,
                                seed);
    }
}
