package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.sink.StatefulSinkPartition;
import dev.waxwing.source.AcknowledgingPartition;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Partitions that block, or that want to hear what is done. */
final class BlockingPartitionTest {

    @TempDir private Path directory;

    @Test
    void blockingSourceKeepsOrderAndResumesBehindWhatWasHandedOver() throws Exception {
        var queue = new Queue(IntStream.range(0, 5_000).boxed().toList());
        var out = new TestSink<Integer>();
        var failures = new AtomicInteger();
        var flow = Dataflow.named("flow");
        flow.input("in", queue)
                .map(
                        "fail once",
                        i -> {
                            if (i == 3_000 && failures.incrementAndGet() == 1) {
                                throw new IllegalStateException("boom");
                            }
                            return i;
                        })
                .output("out", out);

        assertThatThrownBy(() -> run(flow)).hasMessageContaining("boom");
        run(flow);

        assertThat(out.committed()).isEqualTo(IntStream.range(0, 5_000).boxed().toList());
        assertThat(queue.threads).noneMatch(name -> name.contains("worker"));
    }

    @Test
    void acknowledgedIsWhatIsDoneAndNothingElse() throws Exception {
        var queue = new Queue(IntStream.range(0, 100).boxed().toList());
        var out = new TestSink<Integer>();
        var flow = Dataflow.named("flow");
        flow.input("in", queue)
                .map(
                        "fail",
                        i -> {
                            if (i == 50) {
                                throw new IllegalStateException("boom");
                            }
                            return i;
                        })
                .output("out", out);

        assertThatThrownBy(() -> run(flow)).hasMessageContaining("boom");

        assertThat(queue.acknowledged).isSorted().allMatch(upTo -> upTo <= 50);
    }

    @Test
    void stopInterruptsABlockedRead() throws Exception {
        var queue = new Queue(List.of());
        queue.neverEnds = true;
        var flow = Dataflow.named("flow");
        flow.input("in", queue).output("out", new TestSink<Integer>());

        var execution = Waxwing.start(flow, options());
        queue.reading.poll(30, TimeUnit.SECONDS);
        execution.stop(Duration.ofSeconds(30));

        assertThat(execution.await(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void blockingSinkGetsEverythingInOrderAndIsTriedAgain() throws Exception {
        var sink = new SlowSink(3);
        var flow = Dataflow.named("flow");
        var items = IntStream.range(0, 20_000).boxed().toList();
        flow.input("in", TestSource.<Integer>ofElements(items).withBatchItems(100))
                .output("out", sink)
                .onFailure(FailurePolicy.retry(10).withBackOff(Duration.ZERO, Duration.ZERO));

        run(flow);

        assertThat(sink.written).isEqualTo(items);
        assertThat(sink.closed).hasValue(1);
        assertThat(sink.threads).noneMatch(name -> name.contains("worker"));
    }

    @Test
    void failureOfABlockingSinkStopsTheExecution() {
        var flow = Dataflow.named("flow");
        flow.input("in", TestSource.of(1, 2)).output("out", new SlowSink(1));

        assertThatThrownBy(() -> run(flow))
                .hasMessageContaining("step 'flow.out'")
                .hasRootCauseMessage("not now");
    }

    private void run(Dataflow flow) throws InterruptedException {
        Waxwing.run(flow, options());
    }

    private EmbeddedOptions options() {
        return EmbeddedOptions.defaults()
                .withRecovery(
                        RecoveryOptions.in(directory).withEpochInterval(Duration.ofMillis(5)));
    }

    /** A queue whose reads block, and which remembers what was acknowledged. */
    private static final class Queue implements FixedPartitionedSource<Integer, Integer> {

        private static final long serialVersionUID = 1L;

        final transient List<Integer> items;
        final transient List<Integer> acknowledged =
                Collections.synchronizedList(new ArrayList<>());
        final transient List<String> threads = Collections.synchronizedList(new ArrayList<>());
        final transient BlockingQueue<Boolean> reading = new LinkedBlockingQueue<>();
        boolean neverEnds;

        Queue(List<Integer> items) {
            this.items = items;
        }

        @Override
        public List<String> listParts() {
            return List.of("queue");
        }

        @Override
        public StatefulSourcePartition<Integer, Integer> buildPart(
                String stepId, String forPart, @Nullable Integer resumeState) {
            return new Reader(resumeState == null ? 0 : resumeState);
        }

        private final class Reader
                implements StatefulSourcePartition<Integer, Integer>,
                        BlockingPartition,
                        AcknowledgingPartition<Integer> {

            private int next;

            Reader(int next) {
                this.next = next;
            }

            @Override
            public SourceStatus nextBatch(SourceEmitter<? super Integer> out) throws Exception {
                threads.add(Thread.currentThread().getName());
                if (next == items.size()) {
                    reading.add(true);
                    if (neverEnds) {
                        new LinkedBlockingQueue<Integer>().take();
                    }
                    return SourceStatus.ENDED;
                }
                for (int end = Math.min(items.size(), next + 7); next < end; next++) {
                    out.emit(items.get(next));
                }
                return SourceStatus.OPEN;
            }

            @Override
            public Integer snapshot() {
                return next;
            }

            @Override
            public void acknowledge(Integer upTo) {
                acknowledged.add(upTo);
            }
        }
    }

    /** A sink that blocks and fails every few writes. */
    private static final class SlowSink implements FixedPartitionedSink<Object, Integer, Integer> {

        private static final long serialVersionUID = 1L;

        final transient List<Integer> written = Collections.synchronizedList(new ArrayList<>());
        final transient List<String> threads = Collections.synchronizedList(new ArrayList<>());
        final transient AtomicInteger closed = new AtomicInteger();
        private final int failEvery;

        SlowSink(int failEvery) {
            this.failEvery = failEvery;
        }

        @Override
        public List<String> listParts() {
            return List.of("slow");
        }

        @Override
        public StatefulSinkPartition<Integer, Integer> buildPart(
                String stepId, String forPart, @Nullable Integer resumeState) {
            return new Writer();
        }

        private final class Writer
                implements StatefulSinkPartition<Integer, Integer>, BlockingPartition {

            private int writes;

            @Override
            public void writeBatch(List<Integer> values) throws IOException {
                threads.add(Thread.currentThread().getName());
                if (++writes % failEvery == 0) {
                    throw new IOException("not now");
                }
                written.addAll(values);
            }

            @Override
            public Integer snapshot() {
                return written.size();
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        }
    }
}
