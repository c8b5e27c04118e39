package dev.waxwing.benchmarks;

import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.run.Execution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Does a load once, one way or the other, in this JVM. */
final class Runs {

    private final Path stores;

    /**
     * @param stores where recovery stores are made, used and deleted
     */
    Runs(Path stores) {
        this.stores = stores;
    }

    /** Where recovery stores are made. */
    Path stores() {
        return stores;
    }

    /** Does the load over the run's positions. */
    Sample run(Load load, Way way, Run run) throws Exception {
        System.gc();
        return switch (way) {
            case HAND -> byHand(load, run);
            case FLOW -> flow(load, run, EmbeddedOptions.defaults());
            case RECOVERING -> recovering(load, run);
        };
    }

    private static Sample byHand(Load load, Run run) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (Lap lap : run.laps()) {
            threads.add(new Thread(() -> load.byHand(lap), "by hand " + lap.index()));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        run.finish();
        return sample(load, run, 0);
    }

    private static Sample flow(Load load, Run run, EmbeddedOptions options)
            throws InterruptedException {
        long epochs;
        try (Execution execution =
                Waxwing.start(load.flow(run), options.withWorkers(run.threads()))) {
            execution.await();
            run.finish();
            epochs = options.recovery() == null ? 0 : execution.counters().decidedEpoch();
        }
        return sample(load, run, epochs);
    }

    private Sample recovering(Load load, Run run) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(stores, "store");
        try {
            RecoveryOptions recovery = RecoveryOptions.in(directory);
            return flow(load, run, EmbeddedOptions.defaults().withRecovery(recovery));
        } finally {
            delete(directory);
        }
    }

    private static Sample sample(Load load, Run run, long epochs) {
        int items = load.itemsPerPosition();
        return new Sample(
                run.positionsPerSecond() * items,
                run.cpuNanosPerPosition() / items,
                run.bytesPerPosition() / items,
                run.longestGapMillis(),
                epochs,
                dirtyKeys(load, run));
    }

    private static int dirtyKeys(Load load, Run run) {
        Set<String> keys = new HashSet<>();
        for (Lap lap : run.laps()) {
            List<Long> ends = lap.snapshots();
            int last = ends.size() - 1;
            for (long i = last < 2 ? 0 : ends.get(last - 2);
                    last > 1 && i < ends.get(last - 1);
                    i++) {
                keys.addAll(load.keysAt(i));
            }
        }
        return keys.size();
    }

    /** Deletes a directory and what is in it. */
    static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder())
                    .forEach(
                            path -> {
                                try {
                                    Files.delete(path);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
        }
    }
}
