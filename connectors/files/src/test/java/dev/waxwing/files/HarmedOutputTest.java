package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.run.Execution;
import dev.waxwing.sink.Sink;
import dev.waxwing.source.DynamicSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatelessSourcePartition;
import dev.waxwing.step.StepFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real files that something else takes away while an execution writes them. */
final class HarmedOutputTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration NEVER = Duration.ofHours(1);

    @TempDir private Path directory;

    private final Feed feed = new Feed();
    private Path file = Path.of("unset");
    private Path parts = Path.of("unset");

    @BeforeEach
    void namePaths() throws IOException {
        file = directory.resolve("out.txt");
        parts = Files.createDirectory(directory.resolve("parts"));
    }

    @ParameterizedTest
    @EnumSource(Harm.class)
    void executionFailsWithinAnEpochThoughNothingComes(Harm harm) throws Exception {
        Execution execution = appending(Duration.ofMillis(20));
        awaitDecided(execution, 1);

        harm.to(file);

        expectFailure(execution, harm);
        if (harm == Harm.DELETED) {
            assertThat(file).doesNotExist();
        }
    }

    @ParameterizedTest
    @EnumSource(Harm.class)
    void executionWhoseEpochsEndWithEachBatchFailsThoughNothingComes(Harm harm) throws Exception {
        Execution execution = appending(Duration.ZERO);
        awaitDecided(execution, 1);

        harm.to(file);

        expectFailure(execution, harm);
    }

    @ParameterizedTest
    @EnumSource(Harm.class)
    void epochInWhichMoreIsWrittenIsNotDecided(Harm harm) throws Exception {
        Execution execution = appending(NEVER);
        awaitContent("a\n");

        harm.to(file);
        feed.items.add("b");
        feed.awaitTaken();
        execution.stop(LIMIT);

        expectFailure(execution, harm);
        assertThat(execution.counters().decidedEpoch()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Harm.class)
    void executionWithoutAStoreFailsToo(Harm harm) throws Exception {
        Execution execution = Waxwing.start(flow(TextFiles.append(file)), options());
        awaitContent("a\n");

        harm.to(file);

        expectFailure(execution, harm);
    }

    @Test
    void fileThatSomethingElseWritesToIsNoticed() throws Exception {
        Execution execution = appending(Duration.ofMillis(20));
        awaitDecided(execution, 1);

        Files.writeString(file, "theirs\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> execution.await(LIMIT))
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining("it has 9 bytes, of which 2 are ours");
    }

    @Test
    void linkIsFollowedAndOneThatLeadsElsewhereIsNoticed() throws Exception {
        Path real = directory.resolve("real.txt");
        Files.createSymbolicLink(file, Files.createFile(real));
        Execution execution = appending(Duration.ofMillis(20));
        awaitDecided(execution, 1);
        assertThat(real).hasContent("a\n");

        Files.delete(file);
        Files.createSymbolicLink(file, Files.copy(real, directory.resolve("other.txt")));

        expectFailure(execution, Harm.REPLACED);
    }

    @Test
    void executionGoesOnWhereItWasWhenTheFileIsBroughtBack() throws Exception {
        Execution execution = appending(Duration.ofMillis(20));
        awaitDecided(execution, 1);
        Path away = Files.move(file, directory.resolve("out.txt.1"));
        expectFailure(execution, Harm.DELETED);

        Files.move(away, file);
        feed.items.add("b");
        try (Execution next = appending(Duration.ofMillis(20))) {
            awaitDecided(next, 2);
        }

        assertThat(file).hasContent("a\nb\na\n");
    }

    @ParameterizedTest
    @EnumSource(Harm.class)
    void openPartThatIsHarmedIsNotDecided(Harm harm) throws Exception {
        Execution execution = rolling(NEVER);
        Path open = awaitWrittenPart();

        harm.to(open);
        execution.stop(LIMIT);

        assertThatThrownBy(() -> execution.await(LIMIT))
                .hasMessageContaining("step 'flow.out'")
                .hasMessageContaining("part '" + open + "'")
                .hasMessageContaining(harm.words)
                .hasMessageContaining("start again");
        assertThat(execution.counters().decidedEpoch()).isZero();
        assertThat(files()).noneMatch(name -> name.endsWith(".txt"));
    }

    @Test
    void openPartThatALinkLeadsToIsNotDecided() throws Exception {
        Execution execution = rolling(NEVER);
        Path open = awaitWrittenPart();

        Files.createSymbolicLink(open, Files.move(open, directory.resolve("elsewhere")));
        execution.stop(LIMIT);

        assertThatThrownBy(() -> execution.await(LIMIT))
                .hasMessageContaining("part '" + open + "'")
                .hasMessageContaining(Harm.LINKED.words);
        assertThat(execution.counters().decidedEpoch()).isZero();
    }

    @Test
    void visiblePartsAreTheirReadersToTake() throws Exception {
        try (Execution execution = rolling(Duration.ofMillis(20))) {
            Files.delete(awaitPart(".txt"));
            awaitDecided(execution, 1);
            feed.items.add("b");

            assertThat(awaitPart(".txt")).hasContent("b\n");
        }
    }

    private void expectFailure(Execution execution, Harm harm) {
        assertThatThrownBy(() -> execution.await(LIMIT))
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining("step 'flow.out'")
                .hasMessageContaining("output file '" + file + "'")
                .hasMessageContaining(harm.words)
                .hasMessageContaining("nothing more is decided")
                .hasMessageContaining("Bring it back");
    }

    private Execution appending(Duration interval) {
        return Waxwing.start(
                flow(TextFiles.append(file).withOnExisting(OnExisting.TRUNCATE)),
                recovering(interval));
    }

    private Execution rolling(Duration interval) {
        return Waxwing.start(flow(TextFiles.rolling(parts)), recovering(interval));
    }

    private Dataflow flow(Sink<? super String> sink) {
        feed.items.add("a");
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", feed).output("out", sink);
        return flow;
    }

    private static EmbeddedOptions options() {
        return EmbeddedOptions.defaults();
    }

    private EmbeddedOptions recovering(Duration interval) {
        return options()
                .withRecovery(
                        RecoveryOptions.in(directory.resolve("store")).withEpochInterval(interval));
    }

    private static void awaitDecided(Execution execution, long epoch) {
        await(() -> execution.counters().decidedEpoch() >= epoch);
    }

    private void awaitContent(String content) {
        await(() -> Files.exists(file) && Files.readString(file).equals(content));
    }

    private Path awaitPart(String end) {
        await(() -> files().stream().anyMatch(name -> name.endsWith(end)));
        return parts.resolve(
                files().stream().filter(name -> name.endsWith(end)).findFirst().orElseThrow());
    }

    /* It is there before it is known which file it is. */
    private Path awaitWrittenPart() {
        Path open = awaitPart(".waxwing-open");
        await(() -> Files.size(open) > 0);
        return open;
    }

    private List<String> files() {
        try (Stream<Path> all = Files.list(parts)) {
            return all.map(each -> each.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /* The execution is a thread of its own. */
    private static void await(Condition condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        try {
            while (!condition.holds()) {
                assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    /** Emits what a test adds, and never ends. */
    private static final class Feed implements DynamicSource<String> {

        private static final long serialVersionUID = 1L;

        private final transient Queue<String> items = new ConcurrentLinkedQueue<>();

        void awaitTaken() {
            await(items::isEmpty);
        }

        @Override
        public StatelessSourcePartition<String> build(
                String stepId, int workerIndex, int workerCount) {
            return new StatelessSourcePartition<>() {
                @Override
                public SourceStatus nextBatch(SourceEmitter<? super String> out) {
                    String next = items.poll();
                    if (next != null) {
                        out.emit(next);
                    }
                    return SourceStatus.OPEN;
                }
            };
        }
    }
}
