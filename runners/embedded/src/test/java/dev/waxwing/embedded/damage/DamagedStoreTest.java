package dev.waxwing.embedded.damage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.embedded.damage.World.Target;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.run.Execution;
import dev.waxwing.step.DataflowException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Starts over damaged stores with open windows, outboxes, unfinished calls, several generations and
 * a step that was renamed. Each is right, or refused in words that say what to do.
 */
final class DamagedStoreTest {

    private static final boolean SLOW = Boolean.getBoolean("waxwing.slow");
    private static final int DAMAGES = SLOW ? 10_000 : 300;
    private static final int WAITS_MAX = 1_000;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir private Path temporary;

    private final List<Stopped> stores = new ArrayList<>();

    /** A store as an execution has left it, and what else there was then. */
    private record Stopped(String name, Path store, World world) {}

    @BeforeEach
    void makeStores() throws Exception {
        Path store = temporary.resolve("store");
        World first = new World(Target.UP, 20);
        try (Execution execution = start(store, first, "total", "")) {
            awaitDecided(execution, first, 10);
            execution.abort();
        }
        stores.add(stopped("stopped", store, first));

        World live = first.copy(Target.UP, 24);
        try (Execution execution = start(store, live, "sum", "total")) {
            awaitDecided(execution, live, 30);
            stores.add(stopped("in use", store, live));
            execution.abort();
        }

        World down = live.copy(Target.DOWN, 20);
        try (Execution execution = start(store, down, "sum", "total")) {
            assertThat(down.isAskedWithin(LIMIT)).as("asked").isTrue();
            execution.abort();
        }
        stores.add(stopped("with an outbox", store, down));

        World silent = down.copy(Target.SILENT, 10);
        try (Execution execution = start(store, silent, "sum", "")) {
            assertThat(silent.isAskedWithin(LIMIT)).as("asked").isTrue();
            stores.add(stopped("in use with outboxes", store, silent));
            execution.abort();
        }
    }

    @Test
    void soundStoresGoOn() throws Exception {
        assertThat(segments(stores.get(2))).isNotEmpty();
        assertThat(stores.get(3).store().resolve("recovery.sqlite-wal")).isNotEmptyFile();
        for (Stopped one : stores) {
            World world = one.world().copy(Target.UP, Integer.MAX_VALUE);
            finish(one.store(), world);
            assertThat(world.written()).as(one.name()).isEqualTo(DamageFlow.expected());
        }
    }

    @Test
    void startOverADamagedStoreIsRightOrRefused() throws Exception {
        long seed = Long.getLong("waxwing.seed", System.nanoTime());
        System.out.println("damages of stores: seed " + seed);
        Random random = new Random(seed);
        Map<String, Integer> outcomes = new TreeMap<>();
        for (int i = 0; i < DAMAGES; i++) {
            Stopped one = stores.get(random.nextInt(stores.size()));
            Stopped other = stores.get(random.nextInt(stores.size()));
            Path store = copy(one.store(), temporary.resolve("trial"));
            String damage = new StoreDamage(random, store, other.store()).inflict();
            String outcome =
                    outcome(
                            "seed " + seed + ", " + i + ", store " + one.name() + ", " + damage,
                            one,
                            store);
            outcomes.merge(outcome, 1, Integer::sum);
            delete(store);
        }
        System.out.println("damages of stores: " + outcomes);
        assertThat(outcomes).containsKeys("right", "refused");
    }

    private String outcome(String trial, Stopped one, Path store) throws Exception {
        World world = one.world().copy(Target.UP, Integer.MAX_VALUE);
        List<byte[]> before = contents(store);
        Throwable failure = null;
        try {
            finish(store, world);
        } catch (Throwable thrown) {
            failure = thrown;
        }
        if (failure == null) {
            assertThat(world.written()).as(trial).isEqualTo(DamageFlow.expected());
            return "right";
        }
        checkWords(trial, failure);
        List<String> more = new ArrayList<>(world.written());
        DamageFlow.expected().forEach(more::remove);
        assertThat(more).as(trial + ": written twice or wrongly").isEmpty();
        boolean isUntouched = String.valueOf(failure.getMessage()).contains("nothing was changed");
        if (isUntouched) {
            assertThat(Arrays.deepEquals(contents(store).toArray(), before.toArray()))
                    .as(trial + ": nothing was changed, says " + failure.getMessage())
                    .isTrue();
        }
        return isUntouched ? "refused" : "refused later";
    }

    private static void checkWords(String trial, Throwable failure) {
        assertThat(failure).as(trial).isInstanceOf(DataflowException.class);
        assertThat(failure.getMessage())
                .as(trial)
                .containsAnyOf("restore", "put the missing file back", "put back")
                .doesNotContain("Input length");
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(cause)
                    .as(trial)
                    .isInstanceOfAny(
                            DataflowException.class, SQLException.class, IOException.class);
        }
    }

    private static void finish(Path store, World world) throws InterruptedException {
        try (Execution execution = start(store, world, "sum", "total")) {
            assertThat(execution.await(LIMIT)).as("ended").isTrue();
        }
    }

    /* Each item becomes a line of the log; when calls are not answered any more, nothing moves. */
    private static void awaitDecided(Execution execution, World world, int lines)
            throws InterruptedException {
        for (int i = 0; i < WAITS_MAX && world.decided() < lines; i++) {
            assertThat(execution.await(Duration.ofMillis(5))).as("ended").isFalse();
        }
    }

    private static Execution start(Path store, World world, String sum, String former) {
        return Waxwing.start(
                DamageFlow.over(world, sum, former),
                EmbeddedOptions.defaults()
                        .withWorkers(1)
                        .withRecovery(
                                RecoveryOptions.in(store)
                                        .withEpochInterval(Duration.ofMillis(10))
                                        .withRetention(Duration.ofDays(1))));
    }

    private Stopped stopped(String name, Path store, World world) throws IOException {
        Path kept = temporary.resolve(name);
        List<byte[]> found;
        do {
            delete(kept);
            found = contents(copy(store, kept));
        } while (!Arrays.deepEquals(found.toArray(), contents(store).toArray()));
        return new Stopped(name, kept, world.copy(Target.UP, 0));
    }

    private static List<Path> segments(Stopped one) throws IOException {
        try (Stream<Path> files = Files.list(one.store().resolve("segments"))) {
            return files.toList();
        }
    }

    /* The lock is rewritten by each start, an empty log is none, and its index is made anew. */
    private static List<Path> files(Path store) throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(store)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = file.getFileName().toString();
                boolean isEmptyLog = name.endsWith("-wal") && Files.size(file) == 0;
                if (!name.equals("lock") && !name.endsWith("-shm") && !isEmptyLog) {
                    all.add(file);
                }
            }
        }
        return all;
    }

    private static List<byte[]> contents(Path store) throws IOException {
        List<byte[]> contents = new ArrayList<>();
        for (Path file : files(store)) {
            contents.add(store.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
            contents.add(Files.readAllBytes(file));
        }
        return contents;
    }

    private static Path copy(Path from, Path to) throws IOException {
        for (Path file : files(from)) {
            Path copy = to.resolve(from.relativize(file));
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
        return to;
    }

    private static void delete(@Nullable Path directory) throws IOException {
        if (directory == null || !Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
