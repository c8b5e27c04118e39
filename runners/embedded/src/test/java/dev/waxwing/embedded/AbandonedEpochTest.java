package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.recovery.RecoveryOptions.Resume;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestSource;
import dev.waxwing.testing.TransactionalTarget;
import dev.waxwing.testing.TwoPhaseTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an execution leaves of an epoch that counts no more, and what the next start does with it.
 */
final class AbandonedEpochTest {

    @TempDir private Path directory;

    private final TransactionalTarget<Integer> rows = new TransactionalTarget<>("a");
    private final TwoPhaseTarget<Integer> files = new TwoPhaseTarget<>("a");
    private final AtomicBoolean failing = new AtomicBoolean();
    private final TestSource<Integer> source =
            TestSource.ofElements(
                    List.of(1, 2, TestItems.endOfInput(), 3, TestItems.endOfInput(), 4));

    @Test
    void whatWasStagedForAnEpochThatWasNotDecidedIsTakenAway() throws Exception {
        failPreparing();
        assertThat(files.staged()).hasSize(1);

        run(Resume.newest());

        assertThat(files.staged()).isEmpty();
        assertThat(files.items()).startsWith(1, 2).doesNotHaveDuplicates();
    }

    @Test
    void outboxOfAnEpochThatWasNotDecidedIsDeleted() throws Exception {
        failPreparing();
        assertThat(segments()).hasSize(1);

        run(Resume.newest());

        assertThat(segments()).isEmpty();
        assertThat(rows.rows()).startsWith(1, 2).doesNotHaveDuplicates();
    }

    @Test
    void replayThatWasClaimedStandsThoughNothingWasDecidedSince() throws Exception {
        run(Resume.newest());
        run(Resume.newest());
        failing.set(true);
        assertThatThrownBy(() -> run(Resume.replay(1))).hasMessageContaining("not now");
        failing.set(false);

        run(Resume.newest());

        assertThat(rows.rows()).containsExactly(1, 2, 3, 3);
    }

    /* Both sinks have put aside what the epoch has for them; it fails before it is decided. */
    private void failPreparing() {
        var broken =
                files.withFaults(
                        point -> {
                            if (point.equals("prepare.after")) {
                                throw new IOException("lost contact");
                            }
                        });
        assertThatThrownBy(() -> run(Resume.newest(), broken)).hasMessageContaining("lost contact");
    }

    private void run(Resume resume) throws InterruptedException {
        run(resume, files);
    }

    private void run(Resume resume, TwoPhaseTarget<Integer> staged) throws InterruptedException {
        var flow = Dataflow.named("flow");
        var in = flow.input("in", source).map("now", this::now);
        in.output("rows", rows);
        in.output("files", staged);
        Runs.run(
                flow,
                EmbeddedOptions.defaults()
                        .withRecovery(
                                RecoveryOptions.in(directory)
                                        .withRetention(Duration.ofDays(1))
                                        .withResume(resume)));
    }

    private Integer now(Integer number) throws IOException {
        if (failing.get()) {
            throw new IOException("not now");
        }
        return number;
    }

    private List<Path> segments() throws IOException {
        try (var segments = Files.list(directory.resolve("segments"))) {
            return segments.toList();
        }
    }
}
