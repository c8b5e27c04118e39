package dev.waxwing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a run says that finds its store or its file in use, or taken over. Needs real processes and
 * real time.
 */
final class TakeOverTest {

    @TempDir Path directory;

    private int runs;

    @Test
    void storeOfARunThatHangsIsTakenOverOnRequestOnly() throws Exception {
        Path out = directory.resolve("out");
        try (ChildJvm older = start("--restarts=3")) {
            older.awaitGrowth(out);
            assertThat(older.trySuspend()).isTrue();
            try (ChildJvm refused = start()) {
                assertThat(refused.exitCode()).isEqualTo(ExitCodes.STORE_REFUSED);
                assertThat(refused.err())
                        .contains("is in use by process " + older.pid() + " on host ")
                        .contains("stop that execution first")
                        .contains("If that one hangs and is not to go on")
                        .contains("to take the store over");
            }
            try (ChildJvm newer = start("--take-over")) {
                newer.awaitGrowth(out);
                older.resume();

                assertThat(older.exitCode()).as(older.err()).isEqualTo(ExitCodes.FENCED);
                assertThat(older.err())
                        .contains("was taken over by generation 2, process " + newer.pid())
                        .contains("leave the work to it")
                        .doesNotContain("starts again");
                newer.signal("TERM");
                assertThat(newer.exitCode()).as(newer.err()).isEqualTo(ExitCodes.OK);
            }
        }
        List<String> lines = Files.readAllLines(out);
        assertThat(lines)
                .isEqualTo(
                        LongStream.rangeClosed(1, lines.size()).mapToObj(Long::toString).toList());
    }

    @Test
    void fileThatARunWritesToIsRefusedToOneOverAnotherStore() throws Exception {
        Path out = directory.resolve("out");
        try (ChildJvm first = start()) {
            first.awaitGrowth(out);

            try (ChildJvm second = startOver("other")) {
                assertThat(second.exitCode()).isEqualTo(ExitCodes.FAILED);
                assertThat(second.err())
                        .contains("is being written to by another execution")
                        .contains("stop one of the two");
            }
        }
    }

    private ChildJvm start(String... options) throws Exception {
        return startOver("store", options);
    }

    private ChildJvm startOver(String store, String... options) throws Exception {
        List<String> args = new ArrayList<>(List.of("run", "-r", directory.resolve(store) + ""));
        args.addAll(List.of(options));
        args.add(Flows.class.getName() + ":endless");
        args.add(directory.resolve("out").toString());
        return ChildJvm.start(Files.createDirectory(directory.resolve("run-" + runs++)), args);
    }
}
