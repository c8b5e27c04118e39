package dev.waxwing.embedded;

import dev.waxwing.Dataflow;
import dev.waxwing.Stream;
import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.recovery.RecoveryOptions.Resume;
import dev.waxwing.run.Execution;
import dev.waxwing.sink.Commit;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.FencedException;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.TransactionalPartition;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.step.AsyncOptions;
import dev.waxwing.step.DataflowException;
import dev.waxwing.step.FailurePolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A process whose memory is filled at some place of a dataflow, and stays full until the execution
 * has ended.
 */
final class OutOfMemory {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final String place;
    private final CountDownLatch reached = new CountDownLatch(1);
    private volatile int items;
    private volatile @Nullable Execution running;
    private volatile long decided;
    private volatile @Nullable Marker marker;

    private OutOfMemory(String place) {
        this.place = place;
    }

    /**
     * @param arguments the directory of the store, and the place; {@code anywhere} for a thread
     *     that has nothing to do with the dataflow, {@code nowhere} to go on from the store for a
     *     while
     */
    public static void main(String[] arguments) throws Exception {
        new OutOfMemory(arguments[1]).run(Path.of(arguments[0]));
    }

    private void run(Path directory) throws InterruptedException {
        boolean fails = !place.equals("nowhere");
        Resume resume = fails ? Resume.newest() : Resume.newest().withAdoption();
        Execution execution =
                Waxwing.start(
                        flow(),
                        EmbeddedOptions.defaults()
                                .withWorkers(2)
                                .withRestarts(RestartPolicy.upTo(1_000))
                                .withRecovery(
                                        RecoveryOptions.in(directory)
                                                .withEpochInterval(Duration.ofMillis(20))
                                                .withResume(resume)));
        running = execution;
        if (fails) {
            fail(execution);
        } else {
            goOn(execution);
        }
        Runtime.getRuntime().halt(0);
    }

    private static void goOn(Execution execution) throws InterruptedException {
        while (execution.counters().decidedEpoch() < execution.counters().resumeEpoch() + 2) {
            if (execution.await(Duration.ofMillis(10))) {
                break;
            }
        }
        System.out.println(execution.counters().resumeEpoch());
    }

    private void fail(Execution execution) throws InterruptedException {
        Thread hog = new Thread(this::fillAnywhere);
        hog.setDaemon(true);
        hog.start();
        boolean ended = false;
        DataflowException failure = null;
        try {
            /* How long the dataflow takes to come there is not the question. */
            reached.await();
            ended = execution.await(LIMIT);
        } catch (DataflowException thrown) {
            failure = thrown;
        }
        MemoryHog.letGo();
        MemoryHog.letGo();
        System.out.println(
                failure == null
                        ? "ended " + ended + ", " + execution.status()
                        : execution.status() + " by " + rootOf(failure));
        System.out.println(decided);
    }

    private void noteReached() {
        Execution execution = running;
        if (execution != null) {
            decided = execution.counters().decidedEpoch();
        }
        reached.countDown();
    }

    private void fillAnywhere() {
        if (place.equals("anywhere")) {
            while (items < 2_000) {
                Thread.onSpinWait();
            }
            noteReached();
            MemoryHog.keepFull();
        }
    }

    private static String rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName();
    }

    /** Each item reaches each place; the memory is filled with the thousandth item. */
    private Dataflow flow() {
        Dataflow flow = Dataflow.named("flow");
        Stream<Integer> waiting = flow.input("waiting", new Numbers(true));
        flow.input("in", new Numbers(false))
                .onFailure(FailurePolicy.retry(1_000))
                .merge("both", waiting)
                .map("map", number -> at("map", number))
                .onFailure(FailurePolicy.retry(1_000))
                .mapAsync("async", this::call, AsyncOptions.defaults())
                .keyOn("key", number -> number % 100)
                .<Integer, Integer>statefulMap(
                        "last",
                        (last, number) -> {
                            at("state", number);
                            return StateUpdate.keep(number, number);
                        })
                .dropKey("values")
                .output("out", new Applied())
                .onFailure(FailurePolicy.retry(1_000));
        return flow;
    }

    private int at(String where, int number) {
        if (where.equals(place) && number == 1_000) {
            noteReached();
            MemoryHog.fill();
        }
        if (where.equals("map")) {
            items = number;
        }
        return number;
    }

    /* As users do; only where that is what fails. */
    private void swallow(Runnable call) {
        try {
            call.run();
        } catch (Throwable thrown) {
            if (!place.startsWith("swallowed")) {
                throw thrown;
            }
        }
    }

    private CompletableFuture<Integer> call(Integer number) {
        at("call", number);
        return CompletableFuture.supplyAsync(() -> at("completion", number));
    }

    /** 0, 1, 2, ... in a partition that has a thread of its own or not. */
    private final class Numbers implements FixedPartitionedSource<Integer, Integer> {

        private static final long serialVersionUID = 1L;

        private final boolean blocking;

        Numbers(boolean blocking) {
            this.blocking = blocking;
        }

        @Override
        public List<String> listParts() {
            return List.of(blocking ? "blocking" : "plain");
        }

        @Override
        public StatefulSourcePartition<Integer, Integer> buildPart(
                String stepId, String forPart, @Nullable Integer resumeState) {
            int first = resumeState == null ? 0 : resumeState;
            return blocking ? new BlockingNumbers(first) : new PlainNumbers("source", first);
        }
    }

    private class PlainNumbers implements StatefulSourcePartition<Integer, Integer> {

        private final String name;
        private int next;

        PlainNumbers(String name, int first) {
            this.name = name;
            this.next = first;
        }

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Integer> out) {
            swallow(() -> at("swallowed " + name, next));
            int item = at(name, next++);
            swallow(() -> out.emit(item));
            return SourceStatus.OPEN;
        }

        @Override
        public Integer snapshot() {
            return next;
        }

        @Override
        public void close() {}
    }

    private final class BlockingNumbers extends PlainNumbers implements BlockingPartition {

        BlockingNumbers(int first) {
            super("blocking", first);
        }
    }

    /** A target that takes everything. */
    private final class Applied implements EpochSink<Integer> {

        private static final long serialVersionUID = 1L;

        @Override
        public List<String> listParts() {
            return List.of("a");
        }

        @Override
        public TransactionalPartition<Integer> buildPart(String stepId, String forPart) {
            return new TransactionalPartition<>() {
                @Override
                public @Nullable Marker claim(Owner owner) throws FencedException {
                    Marker before = marker;
                    marker = owner.takeOver(before);
                    return before;
                }

                @Override
                public void apply(Commit commit, List<Integer> rows) {
                    long sum = 0;
                    for (int row : rows) {
                        sum += row;
                    }
                    if (sum > 0 && commit.epoch() > 2) {
                        at("commit", 1_000);
                    }
                    marker = commit.marker();
                }
            };
        }
    }
}
