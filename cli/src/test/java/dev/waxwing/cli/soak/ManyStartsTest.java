package dev.waxwing.cli.soak;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Executions with keyed state, windows, a join, a table of a real server and files are started and
 * stopped again and again in one process, with a heap that is as large as it may be. What the
 * second half of them leaves behind must be no more than what the first has. Needs real time and a
 * real process.
 */
@EnabledOnOs(OS.LINUX) // where a process uses what is told by files
final class ManyStartsTest {

    private static final int STARTS = Boolean.getBoolean("waxwing.slow") ? 1_000 : 100;

    /** Of each half; the JVM has compiled most of what it will by then. */
    private static final int SAMPLED = 15;

    @TempDir Path directory;

    private final Series series = new Series(1);

    @Test
    void startsAndStopsLeaveNothingBehindInTheirProcess() throws Exception {
        try (ShopPlace place = new ShopPlace(directory);
                SoakChild child = place.start()) {
            series.beginProcess();
            for (int half = 1; half <= 2; half++) {
                series.beginExecution();
                for (int start = 1; start <= STARTS / 2; start++) {
                    child.restart();
                    if (start > STARTS / 2 - SAMPLED) {
                        series.add(child.sample());
                    }
                }
            }

            System.out.printf("%d starts, by half:%n%s", STARTS, series.table());
            series.checkOverExecutions(
                    Resource.HEAP,
                    Resource.METASPACE,
                    Resource.DIRECT_BUFFERS,
                    Resource.LOADED_CLASSES,
                    Resource.RESIDENT,
                    Resource.HANDLES,
                    Resource.THREADS);
        }
    }
}
