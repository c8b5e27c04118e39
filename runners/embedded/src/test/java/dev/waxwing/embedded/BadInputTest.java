package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.Stream;
import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.StatefulSourcePartition;
import dev.waxwing.step.AsyncOptions;
import dev.waxwing.step.CacheOptions;
import dev.waxwing.step.CollectOptions;
import dev.waxwing.step.DataflowException;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.step.InvalidDataflowException;
import dev.waxwing.step.StateOptions;
import dev.waxwing.step.StepFailedException;
import dev.waxwing.step.WatermarkOptions;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import dev.waxwing.testing.Warnings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings, dataflows, items and keys that make no sense. */
final class BadInputTest {

    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();
    private static final Duration NEGATIVE = Duration.ofNanos(-1);

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_025, Integer.MIN_VALUE})
    void numberOfWorkersIsChecked(int workers) {
        refused(() -> EmbeddedOptions.defaults().withWorkers(workers), "workers must be 1 to 1024");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 0, -1})
    void numberOfChannelBatchesIsChecked(int batches) {
        refused(
                () -> EmbeddedOptions.defaults().withChannelBatches(batches),
                "channelBatches must be 2 or more, but was " + batches + "; ");
    }

    @Test
    void timesOfRecoveryAreChecked() {
        RecoveryOptions options = RecoveryOptions.in(directory);

        refused(() -> options.withEpochInterval(NEGATIVE), "epochInterval must be zero or longer");
        refused(() -> options.withRetention(NEGATIVE), "retention must be zero or longer");
        refused(() -> RecoveryOptions.Resume.replay(0), "a replay needs a kept epoch, 1 or more");
    }

    @Test
    @SuppressWarnings("NullAway") // that is the point
    void nullsInOptionsAreRefusedByName() {
        RecoveryOptions options = RecoveryOptions.in(directory);

        missing(() -> RecoveryOptions.in(null), "directory");
        missing(() -> options.withEpochInterval(null), "epochInterval");
        missing(() -> options.withRetention(null), "retention");
        missing(() -> options.withResume(null), "resume");
        missing(() -> RecoveryOptions.Resume.newest().withDropped(null), "stepId");
        missing(() -> options.withClasses((CodecRegistry) null), "classes");
        missing(() -> EmbeddedOptions.defaults().withRestarts(null), "restarts");
    }

    @Test
    void settingsOfStepsAreChecked() {
        AsyncOptions async = AsyncOptions.defaults();
        refused(() -> async.withInFlightMax(0), "inFlightMax must be 1 or more, but was 0");
        refused(() -> async.withTimeout(Duration.ZERO), "timeout must be longer than zero");
        refused(() -> CollectOptions.upTo(0, Runs.LIMIT), "but was 0");
        refused(() -> CollectOptions.upTo(1, NEGATIVE), "timeout must be");
        refused(() -> CacheOptions.entries(0), "but was 0");
        refused(() -> StateOptions.expireAfter(Duration.ZERO), "timeToLive must be");
        refused(() -> WatermarkOptions.outOfOrderBy(NEGATIVE), "must be zero or longer");
        refused(() -> FailurePolicy.retry(0), "but was 0");
    }

    @Test
    void timesForEverAreNoLimit() throws Exception {
        TestSink<Integer> out = new TestSink<>();
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", TestSource.of(1, 2))
                .mapAsync(
                        "async",
                        number -> CompletableFuture.completedFuture(number),
                        AsyncOptions.defaults().withTimeout(FOREVER))
                .watermark(
                        "time",
                        java.time.Instant::ofEpochSecond,
                        WatermarkOptions.outOfOrderBy(FOREVER).withIdleTimeout(FOREVER))
                .output("out", out);

        Runs.run(
                flow,
                EmbeddedOptions.defaults()
                        .withRestarts(RestartPolicy.upTo(1).withBackOff(Duration.ZERO, FOREVER))
                        .withRecovery(
                                RecoveryOptions.in(directory)
                                        .withEpochInterval(FOREVER)
                                        .withRetention(FOREVER)));

        assertThat(out.committed()).containsExactly(1, 2);
    }

    @Test
    void dataflowWithoutInputOrOutputIsRefusedBeforeItStarts() {
        Dataflow empty = Dataflow.named("flow");
        assertThatThrownBy(() -> Waxwing.start(empty, EmbeddedOptions.defaults()))
                .isInstanceOf(InvalidDataflowException.class)
                .hasMessageContaining("input");

        Dataflow open = Dataflow.named("flow");
        open.input("in", TestSource.of(1));
        assertThatThrownBy(() -> Waxwing.start(open, EmbeddedOptions.defaults()))
                .isInstanceOf(InvalidDataflowException.class)
                .hasMessageContaining("output");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void nullItemNamesTheStepThatEmittedIt(int workers) {
        Stream<Integer> stream = numbers().map("nothing", number -> null);

        assertThat(failure(stream, workers).stepId()).isEqualTo("flow.nothing");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void nullKeyNamesStepAndItem(int workers) {
        Stream<Integer> stream = numbers().<String>keyOn("key", number -> null).dropKey("values");

        assertThat(failure(stream, workers))
                .hasMessageContaining("step 'flow.key'")
                .hasMessageContaining("gave item 1 a null key");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void keyWithoutEqualityOfItsOwnIsRefused(int workers) {
        Stream<Integer> stream =
                numbers().keyOn("key", number -> new int[] {number}).dropKey("values");

        assertThat(failure(stream, workers))
                .hasMessageContaining("step 'flow.key'")
                .hasMessageContaining("keys of int[] have no equals and hashCode of their own");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void keyWhoseHashFailsNamesTheStepThatMadeIt(int workers) {
        Stream<Integer> stream =
                numbers()
                        .keyOn("key", number -> new BadKey(number))
                        .countFinal("count")
                        .map("values", (key, count) -> 1);

        DataflowException failure = failure(stream, workers);

        assertThat(failure).isInstanceOf(StepFailedException.class).cause().hasMessage("no hash");
    }

    @Test
    void sourceThatMayListNothingAndDoesIsWarnedOf() throws Exception {
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", new NoParts()).output("out", new TestSink<>());

        List<String> warnings =
                Warnings.of(
                        "dev.waxwing.engine.resume.Parts",
                        () -> Runs.run(flow, EmbeddedOptions.defaults()));

        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("step 'flow.in': the source lists no partitions, so nothing is read");
    }

    private static Stream<Integer> numbers() {
        return Dataflow.named("flow").input("in", TestSource.of(1));
    }

    private static DataflowException failure(Stream<Integer> stream, int workers) {
        stream.output(
                "out", (DynamicSink<Integer>) (step, index, count) -> (List<Integer> items) -> {});
        return Runs.failure(stream.flow(), EmbeddedOptions.defaults().withWorkers(workers));
    }

    private static void refused(ThrowingCallable setting, String message) {
        assertThatThrownBy(setting)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static void missing(ThrowingCallable setting, String name) {
        assertThatThrownBy(setting)
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining(name);
    }

    private record NoParts() implements FixedPartitionedSource<Integer, Integer> {
        @Override
        public List<String> listParts() {
            return List.of();
        }

        @Override
        public boolean mayListNothing() {
            return true;
        }

        @Override
        public StatefulSourcePartition<Integer, Integer> buildPart(
                String stepId, String forPart, Integer resumeState) {
            throw new AssertionError("there is no partition '" + forPart + "'");
        }
    }

    private record BadKey(int number) {
        @Override
        public int hashCode() {
            throw new IllegalStateException("no hash");
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof BadKey key && key.number == number;
        }
    }
}
