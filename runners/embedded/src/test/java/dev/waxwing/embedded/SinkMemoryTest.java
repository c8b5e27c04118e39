package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.OutputStep;
import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.StatelessSinkPartition;
import dev.waxwing.step.BatchOptions;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.TestSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How many items wait in front of a sink that is slower than what one source item becomes. */
final class SinkMemoryTest {

    private static final int ITEMS = 1_024;
    private static final int FAN_OUT = 150;

    private final AtomicInteger produced = new AtomicInteger();
    private final SlowSink sink = new SlowSink(produced);
    private final Dataflow flow = Dataflow.named("flow");

    @Test
    void boundIsOneOfItemsOfTheSinkAndNotOfTheSource() throws Exception {
        output();

        run();

        assertThat(sink.written).isEqualTo(ITEMS * FAN_OUT);
        assertThat(sink.aheadMax).isBetween(1, 8 * 1_024);
    }

    @Test
    void batchesBoundTheItemsThatWait() throws Exception {
        output().batched(BatchOptions.upTo(100, Duration.ofDays(1)));

        run();

        assertThat(sink.written).isEqualTo(ITEMS * FAN_OUT);
        assertThat(sink.aheadMax).isBetween(1, 8 * 100);
    }

    @Test
    void itemsWaitOutsideWhileABatchIsToBeTriedAgain() throws Exception {
        sink.failures = 2;

        output().onFailure(
                        FailurePolicy.retry(3)
                                .withBackOff(Duration.ofMillis(20), Duration.ofMillis(20)));

        run();

        assertThat(sink.written).isEqualTo(ITEMS * FAN_OUT);
        assertThat(sink.aheadMax).isBetween(1, 8 * 1_024);
    }

    private OutputStep output() {
        List<Integer> numbers = IntStream.range(0, ITEMS).boxed().toList();
        return flow.input("in", TestSource.<Integer>ofElements(numbers).withBatchItems(ITEMS))
                .<Integer>flatMap("many", this::many)
                .output("out", sink);
    }

    private Iterable<Integer> many(int number) {
        sink.worker = Thread.currentThread();
        return () ->
                IntStream.range(0, FAN_OUT).peek(each -> produced.incrementAndGet()).iterator();
    }

    private void run() throws InterruptedException {
        Waxwing.run(flow, EmbeddedOptions.defaults().withWorkers(1));
    }

    /** Writes when the worker has brought all that it brings meanwhile. */
    private static final class SlowSink implements DynamicSink<Integer> {

        private static final long serialVersionUID = 1L;

        private final AtomicInteger produced;
        private volatile @Nullable Thread worker;
        private int failures;
        private int written;
        private int aheadMax;

        SlowSink(AtomicInteger produced) {
            this.produced = produced;
        }

        @Override
        public StatelessSinkPartition<Integer> build(
                String stepId, int workerIndex, int workerCount) {
            return new Part();
        }

        private final class Part implements StatelessSinkPartition<Integer>, BlockingPartition {

            @Override
            public void writeBatch(List<Integer> items) throws IOException {
                while (isRunning(worker)) {
                    Thread.onSpinWait();
                }
                aheadMax = Math.max(aheadMax, produced.get() - written);
                if (failures > 0) {
                    failures--;
                    throw new IOException("not yet");
                }
                written += items.size();
            }

            private static boolean isRunning(@Nullable Thread thread) {
                Thread.State state = thread == null ? Thread.State.RUNNABLE : thread.getState();
                return state == Thread.State.RUNNABLE || state == Thread.State.BLOCKED;
            }
        }
    }
}
