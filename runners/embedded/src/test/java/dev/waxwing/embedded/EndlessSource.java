package dev.waxwing.embedded;

import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Emits 0, 1, 2, ... without end. Tests can hold it up within a read. */
final class EndlessSource implements FixedPartitionedSource<Integer, Integer> {

    private static final long serialVersionUID = 1L;

    /** Open when the first item has been emitted. */
    final transient CountDownLatch flowing = new CountDownLatch(1);

    final AtomicInteger closed = new AtomicInteger();
    final AtomicInteger emitted = new AtomicInteger();

    private transient volatile CountDownLatch start = new CountDownLatch(0);
    private transient volatile CountDownLatch hold = new CountDownLatch(0);
    private transient volatile CountDownLatch held = new CountDownLatch(0);
    private transient volatile boolean failing;

    /** Does not list its partition before that. */
    EndlessSource startingAfter(CountDownLatch mayStart) {
        start = mayStart;
        return this;
    }

    /** Stays in a read until {@link #release}; returns when it is in it. */
    void hold() throws InterruptedException {
        held = new CountDownLatch(1);
        hold = new CountDownLatch(1);
        Runs.await(held);
    }

    void release() {
        hold.countDown();
    }

    /** Lets the read that is held fail. */
    void fail() {
        failing = true;
        release();
    }

    /** Waits until so many items have been emitted in all. */
    void awaitRead(int items) throws InterruptedException {
        long until = System.nanoTime() + Runs.LIMIT.toNanos();
        synchronized (emitted) {
            while (emitted.get() < items) {
                if (System.nanoTime() > until) {
                    throw new AssertionError("only " + emitted + " items have been read");
                }
                emitted.wait(100);
            }
        }
    }

    @Override
    public List<String> listParts() throws InterruptedException {
        Runs.await(start);
        return List.of("numbers");
    }

    @Override
    public StatefulSourcePartition<Integer, Integer> buildPart(
            String stepId, String forPart, @Nullable Integer resumeState) {
        return new Partition(Objects.requireNonNullElse(resumeState, 0));
    }

    private final class Partition implements StatefulSourcePartition<Integer, Integer> {

        private int next;

        Partition(int next) {
            this.next = next;
        }

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Integer> out) throws Exception {
            out.emit(next++);
            flowing.countDown();
            synchronized (emitted) {
                emitted.set(next);
                emitted.notifyAll();
            }
            CountDownLatch holding = hold;
            if (holding.getCount() > 0) {
                held.countDown();
                Runs.await(holding);
            }
            if (failing) {
                throw new IOException("boom");
            }
            return SourceStatus.OPEN;
        }

        @Override
        public Integer snapshot() {
            return next;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
