package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.OutputStep;
import dev.waxwing.Stream;
import dev.waxwing.function.AsyncMapper;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.recovery.RecoveryOptions.Resume;
import dev.waxwing.recovery.sqlite.SqliteRecoveryStore;
import dev.waxwing.recovery.store.StoreReader;
import dev.waxwing.run.Execution;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.StatelessSinkPartition;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import dev.waxwing.step.AsyncOptions;
import dev.waxwing.step.DeadLetter;
import dev.waxwing.step.DeliveryException;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.TransactionalTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Items that the store has when an execution is stopped, and that the next dataflow has no step,
 * partition or policy for: rejected rows that are no dead letters yet, and calls that are not
 * finished.
 */
final class LeftBehindTest {

    private static final List<Integer> NUMBERS = IntStream.range(0, 20).boxed().toList();

    private static final Duration LONG = Duration.ofDays(100_000);

    @TempDir private Path directory;

    private final Queue<Object> letters = new ConcurrentLinkedQueue<>();
    private final TransactionalTarget<Integer> target =
            new TransactionalTarget<Integer>("a", "b").rejecting(n -> n < 10);

    @Test
    void rejectedRowsAreNotLeftBehindWithThePolicyOfTheStep() throws Exception {
        stopWithRejectedRows();

        assertThatThrownBy(() -> run(writing("out", target), Resume.newest()))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("step 'flow.out' has no dead letters any more")
                .hasMessageContaining("that the target of partition '")
                .hasMessageContaining("rejected and that are yet to become its dead letters")
                .hasMessageContaining("run the dataflow with the step and its dead letters")
                .hasMessageContaining("adopt");

        run(writing("out", target).withLetters(letters), Resume.newest());
        assertThat(letters).containsExactlyInAnyOrderElementsOf(NUMBERS.subList(0, 10));
    }

    @Test
    void rejectedRowsAreNotLeftBehindWithTheStep() throws Exception {
        stopWithRejectedRows();
        var other = new TransactionalTarget<Integer>("a");

        assertThatThrownBy(() -> run(writing("other", other), Resume.newest()))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("step 'flow.out' is not in the dataflow")
                .hasMessageContaining("yet to become its dead letters")
                .hasMessageContaining("say formerly(...) if the step was renamed");
    }

    @Test
    void rejectedRowsOfAnyPartitionAreNotLeftBehindWithTheStep() throws Exception {
        Path top = directory;
        for (int key = 0; key < 4; key++) {
            int rejected = key;
            directory = top.resolve("rejecting " + key);
            var some = new TransactionalTarget<Integer>("a", "b").rejecting(n -> n == rejected);
            stopWhenAllAreRead(writing("out", some).withLetters(letters));
            var other = new TransactionalTarget<Integer>("a");

            assertThatThrownBy(() -> run(writing("other", other), Resume.newest()))
                    .as("row %s", key)
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("yet to become its dead letters");
        }
    }

    @Test
    void rejectedRowsAreStillThereIfTheStartThatGivesThemUpFails() throws Exception {
        stopWithRejectedRows();
        Flow failing = writing("other", new TransactionalTarget<>("a"));
        failing.in
                .map(
                        "fails",
                        n -> {
                            throw new IllegalStateException("not today");
                        })
                .output("nowhere", new Kept(letters));
        failing.source.again = true;

        assertThatThrownBy(() -> run(failing, Resume.newest().withDropped("flow.out")))
                .hasMessageContaining("not today");

        run(writing("out", target).withLetters(letters), Resume.newest());
        assertThat(letters).containsExactlyInAnyOrderElementsOf(NUMBERS.subList(0, 10));
    }

    @Test
    void rejectedRowsAreNotLeftBehindIfTheSinkCommitsNoEpochsAnyMore() throws Exception {
        stopWithRejectedRows();

        assertThatThrownBy(() -> run(called("call", NUMBERS_LATER), Resume.newest()))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("not with a sink that commits epochs");
    }

    @Test
    void rejectedRowsOfARenamedStepBecomeItsDeadLetters() throws Exception {
        stopWithRejectedRows();

        run(writing("better", target).formerly("out").withLetters(letters), Resume.newest());

        assertThat(letters).containsExactlyInAnyOrderElementsOf(NUMBERS.subList(0, 10));
    }

    @Test
    void rejectedRowsOfAPartitionThatIsGoneBecomeDeadLettersOfTheStep() throws Exception {
        stopWithRejectedRows();
        var fewer = new TransactionalTarget<Integer>("a");
        fewer.restore("a", target.marker("a"));

        run(writing("out", fewer).withLetters(letters), Resume.newest().withChangedParts());

        assertThat(letters).containsExactlyInAnyOrderElementsOf(NUMBERS.subList(0, 10));
        assertThatNothingIsLeft();
    }

    @Test
    void rejectedRowsAreGivenUpIfTheUserSaysSo() throws Exception {
        stopWithRejectedRows();

        run(writing("out", target.rejecting(n -> false)), Resume.newest().withAdoption());

        assertThat(target.rows()).containsExactlyInAnyOrderElementsOf(NUMBERS.subList(10, 20));
        run(writing("out", target), Resume.newest());
        assertThatNothingIsLeft();
    }

    @Test
    void stepIsForgottenWithItsRejectedRowsIfTheUserSaysSo() throws Exception {
        stopWithRejectedRows();
        var other = new TransactionalTarget<Integer>("a");

        run(writing("other", other), Resume.newest().withDropped("flow.out"));

        run(writing("other", other), Resume.newest());
        assertThatNothingIsLeft();
    }

    @Test
    void unfinishedCallsAreNotLeftBehindWithTheirStep() throws Exception {
        stopWithOpenCalls();

        assertThatThrownBy(() -> run(called("other", NUMBERS_LATER), Resume.newest()))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("step 'flow.call' makes no calls any more")
                .hasMessageContaining("items for which a call of it was not finished")
                .hasMessageContaining("say formerly(...) if the step was renamed");

        run(called("call", NUMBERS_LATER), Resume.newest());
        assertThat(letters).containsExactlyElementsOf(NUMBERS);
    }

    @Test
    void unfinishedCallsAreGivenUpIfTheUserSaysSo() throws Exception {
        stopWithOpenCalls();

        run(called("other", NUMBERS_LATER), Resume.newest().withDropped("flow.call"));
        run(called("other", NUMBERS_LATER), Resume.newest());

        assertThat(letters).isEmpty();
    }

    private static final AsyncMapper<Integer, Integer> NUMBERS_LATER =
            CompletableFuture::completedFuture;

    private void stopWithOpenCalls() throws InterruptedException {
        stopWhenAllAreRead(called("call", n -> new CompletableFuture<>()));
    }

    private Flow called(String step, AsyncMapper<Integer, Integer> mapper) {
        var flow = new Flow();
        flow.in.mapAsync(step, mapper, AsyncOptions.defaults()).output("out", new Kept(letters));
        return flow;
    }

    private void stopWithRejectedRows() throws InterruptedException {
        Flow flow = writing("out", target);
        stopWhenAllAreRead(flow.withLetters(letters));
        assertThat(letters).isEmpty();
    }

    private void stopWhenAllAreRead(Flow flow) throws InterruptedException {
        flow.source.stays = true;
        try (Execution execution = Waxwing.start(flow.flow, options(Resume.newest()))) {
            Runs.await(flow.source.read);
            execution.stop(Runs.LIMIT);
            Runs.await(execution);
        }
    }

    private void run(Flow flow, Resume resume) throws InterruptedException {
        Runs.run(flow.flow, options(resume));
    }

    private EmbeddedOptions options(Resume resume) {
        return EmbeddedOptions.defaults()
                .withWorkers(2)
                .withRecovery(
                        RecoveryOptions.in(directory)
                                .withEpochInterval(Duration.ofHours(1))
                                .withResume(resume));
    }

    private static Flow writing(String step, EpochSink<Integer> sink) {
        var flow = new Flow();
        flow.out = flow.in.keyOn("key", n -> n % 4).output(step, sink);
        return flow;
    }

    private void assertThatNothingIsLeft() throws Exception {
        try (StoreReader store = SqliteRecoveryStore.read(directory)) {
            store.restore(
                    store.decidedEpoch(),
                    page ->
                            assertThat(page.state().stateName())
                                    .isNotIn("deliveries", "unfinished calls"));
        }
        try (var segments = Files.list(directory.resolve("segments"))) {
            assertThat(segments).isEmpty();
        }
    }

    /** A dataflow that reads the numbers. */
    private static final class Flow {

        private final Dataflow flow = Dataflow.named("flow");
        private final NumbersSource source = new NumbersSource();
        private final Stream<Integer> in = flow.input("in", source);
        private @Nullable OutputStep out;

        Flow withLetters(Queue<Object> letters) {
            Objects.requireNonNull(out)
                    .onFailure(FailurePolicy.deadLetter())
                    .deadLetters()
                    .map("item", DeadLetter::item)
                    .output("letters", new Kept(letters));
            return this;
        }

        Flow formerly(String name) {
            out = Objects.requireNonNull(out).formerly(name);
            return this;
        }
    }

    /** Reads the numbers, and then ends, or has nothing for a long time. */
    private static final class NumbersSource implements FixedPartitionedSource<Integer, Integer> {

        private static final long serialVersionUID = 1L;

        private final transient CountDownLatch read = new CountDownLatch(1);
        private boolean stays;
        private boolean again;

        @Override
        public List<String> listParts() {
            return List.of("numbers");
        }

        @Override
        public StatefulSourcePartition<Integer, Integer> buildPart(
                String stepId, String part, @Nullable Integer resumed) {
            return new StatefulSourcePartition<>() {
                private int next = again ? 0 : Objects.requireNonNullElse(resumed, 0);

                @Override
                public SourceStatus nextBatch(SourceEmitter<? super Integer> out) {
                    if (next < NUMBERS.size()) {
                        out.emit(NUMBERS.get(next++));
                        return SourceStatus.OPEN;
                    }
                    read.countDown();
                    return stays ? SourceStatus.OPEN : SourceStatus.ENDED;
                }

                @Override
                public @Nullable Instant nextAwake() {
                    return read.getCount() == 0 ? Instant.EPOCH.plus(LONG) : null;
                }

                @Override
                public Integer snapshot() {
                    return next;
                }
            };
        }
    }

    private record Kept(Queue<Object> items) implements DynamicSink<Object> {

        @Override
        public StatelessSinkPartition<Object> build(String stepId, int worker, int workers) {
            return items::addAll;
        }
    }
}
