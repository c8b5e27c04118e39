package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.Stream;
import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.engine.site.Watch;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.StatelessSinkPartition;
import dev.waxwing.source.DynamicSource;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import dev.waxwing.source.StatelessSourcePartition;
import dev.waxwing.step.AsyncOptions;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Filter;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who waits for a call that does not return, though nobody asks for an end, learns whose it is. */
final class StuckCallTest {

    private final StuckCall call = new StuckCall();
    private final Dataflow flow = Dataflow.named("flow");

    @AfterEach
    void release() {
        call.close();
    }

    @Test
    void functionIsNamed() throws Exception {
        numbers()
                .map("before", n -> n + 1)
                .map("slow", this::stay)
                .map("behind", n -> n + 1)
                .output("out", new TestSink<>());

        assertNamed("step 'flow.slow'", EmbeddedOptions.defaults());
    }

    @Test
    void functionIsNamedWhereItemsAreChecked() throws Exception {
        numbers()
                .map("before", n -> n + 1)
                .branch("slow", n -> stay(n) > 0)
                .trues()
                .map("behind", n -> n + 1)
                .output("out", new TestSink<>());

        assertNamed("step 'flow.slow'", EmbeddedOptions.defaults().withItemsChecked());
    }

    @Test
    void functionBehindAnExchangeIsNamed() throws Exception {
        numbers()
                .keyOn("key", n -> n)
                .mapValue("before", n -> n + 1)
                .reduceFinal("sum", Integer::sum)
                .mapValue("slow", this::stay)
                .output("out", new TestSink<Integer>());

        assertNamed("step 'flow.slow'", EmbeddedOptions.defaults().withWorkers(2));
    }

    @Test
    void functionWithAPolicyIsNamed() throws Exception {
        numbers()
                .map("first", n -> n)
                .onFailure(FailurePolicy.retry(2))
                .map("slow", this::stay)
                .onFailure(FailurePolicy.retry(2))
                .map("last", n -> n)
                .onFailure(FailurePolicy.retry(2))
                .output("out", new TestSink<>());

        assertNamed("step 'flow.slow'", EmbeddedOptions.defaults());
    }

    @Test
    void callThatIsToCompleteElsewhereIsNamed() throws Exception {
        numbers()
                .mapAsync(
                        "fine", n -> CompletableFuture.completedFuture(n), AsyncOptions.defaults())
                .mapAsync(
                        "slow",
                        n -> CompletableFuture.completedFuture(stay(n)),
                        AsyncOptions.defaults())
                .output("out", new TestSink<>());

        assertNamed("step 'flow.slow'", EmbeddedOptions.defaults());
    }

    @Test
    void logicIsNamedAtTheEndOfInput() throws Exception {
        numbers()
                .keyOn("key", n -> n)
                .reduceFinal("fine", Integer::sum)
                .foldFinal("slow", () -> stay(0), Integer::sum)
                .foldFinal("last", () -> 0, Integer::sum)
                .output("out", new TestSink<Integer>());

        assertNamed("step 'flow.slow'", EmbeddedOptions.defaults());
    }

    @Test
    void sinkIsNamed() throws Exception {
        DynamicSink<Integer> sink = (step, index, count) -> items -> stay(0);
        Stream<Integer> numbers = numbers();
        numbers.output("fine", new TestSink<>());
        numbers.output("slow", sink);

        assertNamed("step 'flow.slow'", EmbeddedOptions.defaults());
    }

    @Test
    void sinkOnAThreadOfItsOwnIsNamed() throws Exception {
        DynamicSink<Integer> sink = (step, index, count) -> new BlockingWriter();
        numbers().output("slow", sink);

        assertNamed("step 'flow.slow'", EmbeddedOptions.defaults());
    }

    @Test
    void sourceIsNamed() throws Exception {
        DynamicSource<Integer> slow = (step, index, count) -> new Reader();
        numbers()
                .merge("all", flow.input("slow", slow).map("behind", n -> n))
                .output("out", new TestSink<>());

        assertNamed("step 'flow.slow'", EmbeddedOptions.defaults());
    }

    @Test
    void sourceThatListsItsPartitionsIsNamed() throws Exception {
        numbers().merge("all", flow.input("slow", new Listing())).output("out", new TestSink<>());

        assertNamed("step 'flow.slow'", EmbeddedOptions.defaults());
    }

    @Test
    void sourceThatMayWaitIsNotNamed() throws Exception {
        DynamicSource<Integer> waiting = (step, index, count) -> new WaitingReader();
        flow.input("waiting", waiting).output("out", new TestSink<>());

        assertThat(warnings(EmbeddedOptions.defaults(), 61, 3_600)).isEmpty();
    }

    @Test
    void wordsBecomeRarer() throws Exception {
        numbers().map("slow", this::stay).output("out", new TestSink<>());

        assertThat(warnings(EmbeddedOptions.defaults(), 59, 61, 62, 119, 121, 239, 241))
                .hasSize(3)
                .allMatch(text -> text.contains("step 'flow.slow'"));
    }

    @Test
    void logThatFailsDoesNotEndTheWatch() throws Exception {
        numbers().map("slow", this::stay).output("out", new TestSink<>());
        Logger logger = Logger.getLogger(Watch.class.getName());
        Filter failing =
                entry -> {
                    throw new IllegalStateException("the log is full");
                };
        logger.setFilter(failing);
        try {
            assertThat(warnings(EmbeddedOptions.defaults(), 61, 121)).isEmpty();
        } finally {
            logger.setFilter(null);
        }
    }

    @Test
    void stackTellsWhereTheCallIs() throws Exception {
        numbers().map("slow", this::stay).output("out", new TestSink<>());

        assertThat(warnings(EmbeddedOptions.defaults(), 61))
                .singleElement()
                .asString()
                .contains("has not returned for 61 s on thread 'waxwing flow worker 0'")
                .contains("StuckCall.stay(");
    }

    private Stream<Integer> numbers() {
        return flow.input("in", TestSource.of(1));
    }

    private void assertNamed(String step, EmbeddedOptions options) throws Exception {
        assertThat(warnings(options, 61)).singleElement().asString().startsWith(step + ": a call");
    }

    private List<String> warnings(EmbeddedOptions options, long... seconds) throws Exception {
        return call.warnings(flow, options, seconds);
    }

    private int stay(int number) {
        return call.stay(number);
    }

    private final class Reader implements StatelessSourcePartition<Integer> {
        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Integer> out) {
            stay(0);
            return SourceStatus.ENDED;
        }
    }

    private final class WaitingReader
            implements StatelessSourcePartition<Integer>, BlockingPartition {
        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Integer> out) {
            stay(0);
            return SourceStatus.ENDED;
        }
    }

    private final class BlockingWriter
            implements StatelessSinkPartition<Integer>, BlockingPartition {
        @Override
        public void writeBatch(List<Integer> items) {
            stay(0);
        }
    }

    private final class Listing implements FixedPartitionedSource<Integer, Integer> {
        @Override
        public List<String> listParts() {
            stay(0);
            return List.of("part");
        }

        @Override
        public StatefulSourcePartition<Integer, Integer> buildPart(
                String step, String part, @Nullable Integer position) {
            throw new IllegalStateException("not reached");
        }
    }
}
