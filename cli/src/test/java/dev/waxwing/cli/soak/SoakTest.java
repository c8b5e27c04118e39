package dev.waxwing.cli.soak;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A steady load goes through keyed state, windows and a join into a table of a real server, rolling
 * files and appended ones, an epoch a second, in executions that are stopped and started again in
 * their process, and in processes that are killed, in turn. What they use must stay the same. An
 * hour in the slow profile; needs real time and real processes.
 */
@EnabledOnOs(OS.LINUX) // where a process uses what is told by files
final class SoakTest {

    private static final boolean SLOW = Boolean.getBoolean("waxwing.slow");
    private static final int PROCESSES = SLOW ? 6 : 3;
    private static final int EXECUTIONS = 2;
    private static final Duration EXECUTION = SLOW ? Duration.ofMinutes(5) : Duration.ofSeconds(5);
    private static final Duration YOUNG = SLOW ? Duration.ofMinutes(1) : Duration.ofSeconds(1);
    private static final Duration PAUSE = SLOW ? Duration.ofSeconds(5) : Duration.ofMillis(250);
    private static final int REST_MILLIS = 1_000;

    private static final Resource[] FLAT_OVER_EXECUTIONS =
            SLOW
                    ? Resource.values()
                    : new Resource[] {
                        Resource.HEAP, Resource.DIRECT_BUFFERS, Resource.HANDLES, Resource.THREADS
                    };

    @TempDir Path directory;

    private final Series series = new Series(SLOW ? 1 : 4);

    @Test
    void steadyLoadUsesTheSameForAsLongAsItGoesOnAndLosesAndDoublesNothing() throws Exception {
        try (ShopPlace place = new ShopPlace(directory)) {
            long begin = System.nanoTime();
            for (int process = 1; process <= PROCESSES; process++) {
                try (SoakChild child = place.start()) {
                    watch(child);
                }
            }
            long endMillis = (System.nanoTime() - begin) / 1_000_000 + REST_MILLIS;
            try (SoakChild last = place.startUpTo(endMillis)) {
                last.awaitEnd();
            }

            System.out.print(series.table());
            place.check(endMillis);
            series.checkOverExecutions(FLAT_OVER_EXECUTIONS);
            series.checkOverProcesses(Resource.values());
        }
    }

    /* Leaves it running, for it to be killed. */
    private void watch(SoakChild child) throws Exception {
        series.beginProcess();
        for (int execution = 1; execution <= EXECUTIONS; execution++) {
            if (execution > 1) {
                child.restart();
            }
            long resumed = child.sample().doneEpoch();
            while (child.sample().doneEpoch() <= resumed) {
                child.goOnFor(PAUSE);
            }
            child.goOnFor(YOUNG);
            series.beginExecution();
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < EXECUTION.minus(YOUNG).toNanos()) {
                child.goOnFor(PAUSE);
                series.add(child.sample());
            }
            System.out.print(SLOW ? series.table() : "");
        }
    }
}
