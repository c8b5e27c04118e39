package dev.waxwing.embedded;

import dev.waxwing.engine.site.Patience;
import dev.waxwing.engine.worker.Clock;
import dev.waxwing.plan.Plan;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.recovery.memory.MemoryDisk;
import dev.waxwing.recovery.memory.MemoryRecoveryStore;
import dev.waxwing.run.Execution;
import dev.waxwing.testing.CrashException;
import dev.waxwing.testing.operators.RunnerConformance;
import dev.waxwing.testing.operators.SpecMode;
import dev.waxwing.testing.operators.SpecRunner;
import dev.waxwing.testing.operators.SpecSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operator spec on the embedded runner, on real threads; with the real store for two workers,
 * which costs a disk's patience for every epoch, and one in memory for the others.
 */
final class EmbeddedConformanceTest extends RunnerConformance {

    @TempDir static Path temporary;

    @Override
    protected SpecRunner runner() {
        return new SpecRunner() {
            @Override
            public Set<SpecMode> modes() {
                return SpecMode.hostile(1, 2, 3);
            }

            @Override
            public SpecSession open(SpecMode mode) throws IOException {
                Path directory = Files.createTempDirectory(temporary, "spec");
                MemoryDisk disk = new MemoryDisk();
                return new Session(
                        mode,
                        directory,
                        mode.workers() == 2
                                ? EmbeddedRunner::open
                                : (location, name, options) ->
                                        MemoryRecoveryStore.open(disk, name, options));
            }
        };
    }

    /** Executions that share a directory. */
    private static final class Session implements SpecSession {

        private static final int CRASHES_MAX = 10_000;
        private static final Duration LIMIT = Duration.ofMinutes(1);

        private final SpecMode mode;
        private final Path directory;
        private final EmbeddedExecution.StoreOpener stores;
        private InstantSource wall = InstantSource.system();

        Session(SpecMode mode, Path directory, EmbeddedExecution.StoreOpener stores) {
            this.mode = mode;
            this.directory = directory;
            this.stores = stores;
        }

        @Override
        public InstantSource wallClock() {
            return wall;
        }

        @Override
        public void rest(Duration duration) {
            InstantSource before = wall;
            wall = () -> before.instant().plus(duration);
        }

        @Override
        public void run(Plan plan, int... workers) throws Exception {
            EmbeddedOptions options =
                    EmbeddedOptions.defaults()
                            .withItemsChecked()
                            .withChannelBatches(Math.max(2, mode.channelBatches()));
            if (mode.recovery()) {
                RecoveryOptions recovery = RecoveryOptions.in(directory);
                options =
                        options.withRecovery(
                                mode.epochAfterEachBatch()
                                        ? recovery.withEpochInterval(Duration.ZERO)
                                        : recovery);
            }
            for (int crashes = 0; crashes <= CRASHES_MAX; crashes++) {
                int count = workers[crashes % workers.length];
                if (completes(plan, options.withWorkers(count))) {
                    return;
                }
            }
            throw new AssertionError("no execution completed after " + CRASHES_MAX + " crashes");
        }

        private boolean completes(Plan plan, EmbeddedOptions options) throws Exception {
            int batchItems = mode.channelBatches() == 1 ? 1 : EmbeddedExecution.BATCH_ITEMS;
            EmbeddedExecution started =
                    new EmbeddedExecution(
                            plan, options, stores, batchItems, Patience::new, Clock.of(wall));
            started.start();
            try (Execution execution = started) {
                if (!execution.await(LIMIT)) {
                    throw new AssertionError("an execution has not ended within " + LIMIT);
                }
                return true;
            } catch (RuntimeException e) {
                for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                    if (cause instanceof CrashException) {
                        return false;
                    }
                }
                throw e;
            }
        }
    }
}
