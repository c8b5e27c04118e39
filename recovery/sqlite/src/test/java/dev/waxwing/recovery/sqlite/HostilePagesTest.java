package dev.waxwing.recovery.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody can do who writes to a store, with all checksums right: have it refused. */
final class HostilePagesTest {

    private static final boolean IS_SLOW = Boolean.getBoolean("waxwing.slow");

    @TempDir private Path directory;

    @Test
    void hostilePagesAreRefusedInBoundedMemoryAndLoadNoClass() throws Exception {
        long seed = new Random().nextLong();
        Path loaded = directory.resolve("loaded");
        Path output = directory.resolve("output");
        ProcessBuilder process =
                new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx64m",
                        "-Xlog:class+load:file=" + loaded,
                        "-cp",
                        System.getProperty("java.class.path"),
                        HostilePages.class.getName(),
                        directory.resolve("store").toString(),
                        Long.toString(seed),
                        IS_SLOW ? "200" : "1");

        int exit =
                process.redirectErrorStream(true)
                        .redirectOutput(new File(output.toString()))
                        .start()
                        .waitFor();

        assertThat(exit).as("seed %d: %s", seed, Files.readString(output)).isZero();
        assertThat(Files.readString(output)).matches("(?s).*refused \\d{3,}, read \\d{2,}\\s*");
        assertThat(Files.readString(loaded))
                .contains(HostilePages.Known.class.getName())
                .doesNotContain(HostilePages.Trap.class.getName())
                .doesNotContain("ScriptEngineManager");
    }
}
