package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.DataflowException;
import dev.waxwing.FailurePolicy;
import dev.waxwing.Stream;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.KeyedKernel;
import dev.waxwing.kernel.KeyedOutputs;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.kernel.Port;
import dev.waxwing.recovery.SqliteRecoveryStore;
import dev.waxwing.source.DynamicSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatelessSourcePartition;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import org.junit.jupiter.api.Test;

/**
 * Code of users that swallows whatever an emit throws, in front of exchanges that have no memory
 * for a batch: no JVM has room for an array of as many places.
 */
final class SwallowedErrorTest {

    private static final int TOO_MANY = Integer.MAX_VALUE;
    private static final Port<Integer> SIDE = Port.named("side");

    private final Dataflow flow = Dataflow.named("flow");

    @Test
    void sourceCannotSwallowIt() {
        flow.input("in", (DynamicSource<Integer>) (step, index, count) -> new Swallowing())
                .redistribute("exchange")
                .output("out", new TestSink<>());

        assertFails("flow.in");
    }

    @Test
    void kernelCannotSwallowIt() {
        swallowed().redistribute("exchange").output("out", new TestSink<>());

        assertFails("flow.swallow");
    }

    @Test
    void kernelCannotSwallowItAtASideOutput() {
        swallowed().side(SIDE).redistribute("exchange").output("out", new TestSink<>());

        assertFails("flow.swallow");
    }

    @Test
    void kernelCannotSwallowItBehindStepsOfOthers() {
        swallowed()
                .map("map", number -> number)
                .filter("filter", number -> true)
                .redistribute("exchange")
                .output("out", new TestSink<>());

        assertFails("flow.filter");
    }

    @Test
    void kernelCannotSwallowItBehindTwoOutputs() {
        Stream<Integer> both = swallowed();
        both.output("first", new TestSink<>());
        both.redistribute("exchange").output("out", new TestSink<>());

        assertFails("flow.swallow");
    }

    @Test
    void kernelCannotSwallowItAsItsOwnFailure() {
        numbers()
                .transform("swallow", new SwallowingKernel())
                .onFailure(FailurePolicy.deadLetter())
                .redistribute("exchange")
                .output("out", new TestSink<>());

        assertFails("flow.swallow");
    }

    @Test
    void keyedKernelCannotSwallowIt() {
        numbers()
                .keyOn("key", number -> number)
                .transform("swallow", new SwallowingKeyedKernel())
                .<Integer, Integer>statefulMap(
                        "last", (last, number) -> StateUpdate.keep(number, number))
                .output("out", new TestSink<>());

        assertFails("flow.swallow");
    }

    private Stream<Integer> numbers() {
        return flow.input("in", TestSource.of(1, 2, 3));
    }

    private Stream<Integer> swallowed() {
        return numbers().transform("swallow", new SwallowingKernel(), SIDE);
    }

    private void assertFails(String step) {
        EmbeddedExecution execution =
                new EmbeddedExecution(
                        flow.plan(),
                        EmbeddedOptions.defaults()
                                .withWorkers(2)
                                .withRestarts(RestartPolicy.upTo(1_000)),
                        SqliteRecoveryStore::open,
                        TOO_MANY);
        execution.start();
        assertThatThrownBy(() -> Runs.await(execution))
                .isInstanceOf(DataflowException.class)
                .hasMessageContaining(step)
                .hasRootCauseInstanceOf(OutOfMemoryError.class);
    }

    /** Ends at once. */
    private static final class Swallowing implements StatelessSourcePartition<Integer> {

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Integer> out) {
            try {
                out.emit(1);
            } catch (Throwable swallowed) {
                /* As users do. */
            }
            return SourceStatus.ENDED;
        }
    }

    private static final class SwallowingKernel implements Kernel<Integer, Integer> {

        private static final long serialVersionUID = 1L;

        @Override
        public void onItem(Integer item, Outputs<? super Integer> out) {
            try {
                out.emit(item);
            } catch (Throwable swallowed) {
                /* As users do. */
            }
            try {
                out.emit(SIDE, item);
            } catch (Throwable swallowed) {
                /* As users do. */
            }
        }
    }

    private static final class SwallowingKeyedKernel
            implements KeyedKernel<Integer, Integer, Integer> {

        private static final long serialVersionUID = 1L;

        @Override
        public void onItem(
                Integer key, Integer item, KeyedOutputs<Integer, ? super Integer> out) {
            try {
                out.emit(key, item);
            } catch (Throwable swallowed) {
                /* As users do. */
            }
        }
    }
}
