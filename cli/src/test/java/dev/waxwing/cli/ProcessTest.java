package dev.waxwing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run as a process: what it writes and what it costs. Needs real processes and real time. */
final class ProcessTest {

    private static final String FLOWS = Flows.class.getName();
    private static final int WARM_UP_MILLIS = 3_000;
    private static final int MEASURED_MILLIS = 5_000;

    @TempDir Path directory;

    @Test
    void quietRunWritesNothing() throws Exception {
        Path in = Files.write(directory.resolve("in"), List.of("a"));
        String out = directory.resolve("out").toString();
        try (ChildJvm child = start("--quiet", FLOWS + ":copy", in.toString(), out)) {
            assertThat(child.exitCode()).isZero();
            assertThat(child.err()).isEmpty();
            assertThat(child.out()).isEmpty();
        }
    }

    @Test
    void restartIsToldInALine() throws Exception {
        Path in = Files.write(directory.resolve("in"), List.of("bad"));
        String out = directory.resolve("out").toString();
        try (ChildJvm child = start("--restarts=1", FLOWS + ":failing", in.toString(), out)) {
            assertThat(child.exitCode()).isEqualTo(ExitCodes.FAILED);
            assertThat(child.err())
                    .isEqualTo(
                            "WARNING dev.waxwing.embedded.EmbeddedExecution: dataflow 'failing'"
                                    + " failed and starts again in 100 ms: step 'failing.check':"
                                    + " the function threw java.lang.IllegalArgumentException:"
                                    + " boom for item bad\n"
                                    + "waxwing: step 'failing.check': the function threw"
                                    + " java.lang.IllegalArgumentException: boom for item bad\n");
        }
    }

    @Test
    void x17_idleRunUsesLessThanAHundredthOfACore() throws Exception {
        Path out = directory.resolve("out");
        String store = directory.resolve("store").toString();
        try (ChildJvm child = start("-r", store, FLOWS + ":idle", out.toString())) {
            child.awaitGrowth(out);
            assertThat(child.endsWithin(WARM_UP_MILLIS)).isFalse();
            Duration most = Duration.ofMillis(MEASURED_MILLIS / 100);
            Duration used = most;
            /* The compiler and the collector have work left at first, more so on a slow machine. */
            for (int windows = 0; windows < 4 && used.compareTo(most) >= 0; windows++) {
                Duration before = child.cpuTime();
                assertThat(child.endsWithin(MEASURED_MILLIS)).isFalse();
                used = child.cpuTime().minus(before);
            }
            assertThat(used).isLessThan(most);
            /* What a library of the tests says that finds no logger is not ours. */
            assertThat(child.err().lines().filter(line -> !line.startsWith("SLF4J: ")))
                    .as("a status line in a file")
                    .isEmpty();
        }
    }

    private ChildJvm start(String... args) throws Exception {
        List<String> all = new ArrayList<>(List.of(args));
        all.add(0, "run");
        return ChildJvm.start(directory, all);
    }
}
