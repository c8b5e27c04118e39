package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.KeyedStream;
import dev.waxwing.Stream;
import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.sink.StatefulSinkPartition;
import dev.waxwing.source.AcknowledgingPartition;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import dev.waxwing.state.LogicContext;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import dev.waxwing.testing.TransactionalTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A call that does not return is named also where no item is under way: at the end of an epoch, of
 * the input, and of the execution.
 */
final class StuckEpochTest {

    private static final EmbeddedOptions OPTIONS =
            EmbeddedOptions.defaults()
                    .withRecovery(
                            RecoveryOptions.in(Path.of("in-memory"))
                                    .withEpochInterval(Duration.ZERO));

    private final StuckCall call = new StuckCall();
    private final Dataflow flow = Dataflow.named("flow");

    @AfterEach
    void release() {
        call.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "listParts",
                "buildPart",
                "snapshot",
                "force",
                "check",
                "onDecided",
                "onEndOfInput",
                "close"
            })
    void sinkByPositionIsNamed(String method) throws Exception {
        Stream<Integer> numbers = numbers();
        numbers.output("fine", new ListSink("nothing"));
        numbers.output("slow", new ListSink(method));
        numbers.output("last", new ListSink("nothing"));

        assertSlowIsNamed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshot", "onEndOfInput", "close"})
    void sinkByPositionOnAThreadOfItsOwnIsNamed(String method) throws Exception {
        Stream<Integer> numbers = numbers();
        numbers.output("fine", new BlockingListSink("nothing"));
        numbers.output("slow", new BlockingListSink(method));
        numbers.output("last", new BlockingListSink("nothing"));

        assertSlowIsNamed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"look.before", "claim.before", "apply.before"})
    void sinkThatCommitsEpochsIsNamed(String point) throws Exception {
        Stream<Integer> numbers = numbers();
        numbers.output("fine", new TransactionalTarget<Integer>("a"));
        numbers.output("slow", stayingAt(point));
        numbers.output("last", new TransactionalTarget<Integer>("a"));

        assertSlowIsNamed();
    }

    @Test
    void sinkThatIsToGiveBackItsClaimIsNamed() throws Exception {
        Stream<Integer> numbers = flow.input("in", new UnopenedSource());
        numbers.output("fine", new TransactionalTarget<Integer>("a"));
        numbers.output("slow", stayingAt("release.before"));

        assertSlowIsNamed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"buildPart", "snapshot", "acknowledge", "close"})
    void sourceIsNamed(String method) throws Exception {
        numbers()
                .merge("all", flow.input("slow", new CountingSource(method)))
                .merge("both", flow.input("last", new CountingSource("nothing")))
                .output("out", new TestSink<>());

        assertSlowIsNamed();
    }

    @Test
    void snapshotOfALogicIsNamed() throws Exception {
        KeyedStream<String, Integer> keyed = numbers().keyOn("key", n -> "all");
        keyed.statefulMap("fine", (Integer before, Integer n) -> StateUpdate.keep(n, n))
                .stateful("slow", (LogicContext<String> context, List<Integer> kept) -> new Slow())
                .statefulMap("last", (Integer before, Integer n) -> StateUpdate.keep(n, n))
                .output("out", new TestSink<>());

        assertSlowIsNamed();
    }

    private Stream<Integer> numbers() {
        return flow.input("in", TestSource.of(1, 2));
    }

    private void assertSlowIsNamed() throws Exception {
        assertThat(call.warnings(flow, OPTIONS, 61))
                .filteredOn(text -> text.contains("StuckCall.stay("))
                .singleElement()
                .asString()
                .startsWith("step 'flow.slow': a call");
    }

    private void stayAt(String method, String asked) {
        if (method.equals(asked)) {
            call.stay(0);
        }
    }

    private EpochSink<Integer> stayingAt(String asked) {
        return new TransactionalTarget<Integer>("a").withFaults(point -> stayAt(point, asked));
    }

    /** A file of numbers. */
    private class ListSink implements FixedPartitionedSink<Object, Integer, Integer> {

        private final String slow;

        ListSink(String slow) {
            this.slow = slow;
        }

        @Override
        public List<String> listParts() {
            stayAt("listParts", slow);
            return List.of("part");
        }

        @Override
        public StatefulSinkPartition<Integer, Integer> buildPart(
                String stepId, String forPart, @Nullable Integer resumeState) {
            stayAt("buildPart", slow);
            return new ListPart(slow);
        }
    }

    private final class BlockingListSink extends ListSink {

        private final String slow;

        BlockingListSink(String slow) {
            super("nothing");
            this.slow = slow;
        }

        @Override
        public StatefulSinkPartition<Integer, Integer> buildPart(
                String stepId, String forPart, @Nullable Integer resumeState) {
            return new BlockingListPart(slow);
        }
    }

    private class ListPart implements StatefulSinkPartition<Integer, Integer> {

        private final String slow;
        private int written;

        ListPart(String slow) {
            this.slow = slow;
        }

        @Override
        public void writeBatch(List<Integer> values) {
            written += values.size();
        }

        @Override
        public Integer snapshot() {
            stayAt("snapshot", slow);
            return written;
        }

        @Override
        public void force() {
            stayAt("force", slow);
        }

        @Override
        public void check() {
            stayAt("check", slow);
        }

        @Override
        public void onDecided(Integer position) {
            stayAt("onDecided", slow);
        }

        @Override
        public void onEndOfInput() {
            stayAt("onEndOfInput", slow);
        }

        @Override
        public void close() {
            stayAt("close", slow);
        }
    }

    private final class BlockingListPart extends ListPart implements BlockingPartition {
        BlockingListPart(String slow) {
            super(slow);
        }
    }

    private final class CountingSource implements FixedPartitionedSource<Integer, Integer> {

        private final String slow;

        CountingSource(String slow) {
            this.slow = slow;
        }

        @Override
        public List<String> listParts() {
            return List.of("part");
        }

        @Override
        public StatefulSourcePartition<Integer, Integer> buildPart(
                String stepId, String forPart, @Nullable Integer resumeState) {
            stayAt("buildPart", slow);
            return new CountingPart(slow);
        }
    }

    private final class CountingPart
            implements StatefulSourcePartition<Integer, Integer>, AcknowledgingPartition<Integer> {

        private final String slow;
        private int read;

        CountingPart(String slow) {
            this.slow = slow;
        }

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Integer> out) {
            if (read == 2) {
                return SourceStatus.ENDED;
            }
            out.emit(read++);
            return SourceStatus.OPEN;
        }

        @Override
        public Integer snapshot() {
            stayAt("snapshot", slow);
            return read;
        }

        @Override
        public void acknowledge(Integer upTo) {
            stayAt("acknowledge", slow);
        }

        @Override
        public void close() {
            stayAt("close", slow);
        }
    }

    /** Has state that is made anew for each snapshot. */
    private final class Slow implements StatefulLogic<Integer, Integer, List<Integer>> {
        @Override
        public Retain onItem(Integer value, Outputs<? super Integer> out) {
            out.emit(value);
            return Retain.KEEP;
        }

        @Override
        public List<Integer> snapshot() {
            return List.of(call.stay(0));
        }
    }

    private static final class UnopenedSource implements FixedPartitionedSource<Integer, Integer> {
        @Override
        public List<String> listParts() {
            return List.of("part");
        }

        @Override
        public StatefulSourcePartition<Integer, Integer> buildPart(
                String stepId, String forPart, @Nullable Integer resumeState) throws IOException {
            throw new IOException("no such file");
        }
    }
}
