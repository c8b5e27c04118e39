package dev.waxwing.embedded.worker;

import dev.waxwing.embedded.channel.Signal;
import dev.waxwing.embedded.link.PartitionThread;
import dev.waxwing.source.AcknowledgingPartition;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourcePartition;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A partition that may block, read by a thread of its own. What it emits in a call is handed over
 * together with the position after it, and that position is what a snapshot takes.
 *
 * <p>Confined to the worker but for what says otherwise.
 */
final class HandedPartition implements StatefulSourcePartition<Object, Object> {

    private static final int HANDOVERS_MAX = 4;

    private final SourcePartition<Object> inner;
    private final Signal worker;
    private final PartitionThread thread;
    private final ConcurrentLinkedQueue<Handover> ready = new ConcurrentLinkedQueue<>();
    private final AtomicInteger outstanding = new AtomicInteger();
    private @Nullable Object position;
    private boolean started;

    HandedPartition(String name, SourcePartition<Object> inner, Signal worker) {
        this.inner = inner;
        this.worker = worker;
        this.position =
                inner instanceof StatefulSourcePartition<Object, ?> stateful
                        ? stateful.snapshot()
                        : null;
        this.thread = new PartitionThread("waxwing partition " + name);
    }

    boolean hasPosition() {
        return inner instanceof StatefulSourcePartition<?, ?>;
    }

    boolean wantsAcknowledgements() {
        return inner instanceof AcknowledgingPartition;
    }

    boolean isReady() {
        return !started || !ready.isEmpty();
    }

    @Override
    public SourceStatus nextBatch(SourceEmitter<? super Object> out) throws Exception {
        if (!started) {
            started = true;
            request();
        }
        Handover handover = ready.poll();
        if (handover == null) {
            return SourceStatus.OPEN;
        }
        int before = outstanding.getAndDecrement();
        for (Read read : handover.reads) {
            if (read.cause == null) {
                out.emit(read.item);
            } else {
                out.reject(read.item, read.cause);
            }
        }
        position = handover.position;
        if (handover.failure != null) {
            request();
            throw handover.failure;
        }
        if (before == HANDOVERS_MAX) {
            request();
        }
        return handover.status;
    }

    @Override
    public @Nullable Instant nextAwake() {
        return isReady() ? null : Instant.MAX;
    }

    @Override
    public Object snapshot() {
        return Objects.requireNonNull(position, "asked only of partitions with a position");
    }

    @SuppressWarnings("unchecked") // the position came from this partition
    void acknowledge(Object upTo, Consumer<Exception> failed) {
        thread.run(
                () -> {
                    try {
                        ((AcknowledgingPartition<Object>) inner).acknowledge(upTo);
                    } catch (Exception e) {
                        failed.accept(e);
                    }
                });
    }

    @Override
    public void close() throws Exception {
        List<Exception> failures = new ArrayList<>();
        thread.close(
                () -> {
                    try {
                        inner.close();
                    } catch (Exception e) {
                        failures.add(e);
                    }
                });
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    private void request() {
        thread.run(this::read);
    }

    /* On the partition's thread: reads once, hands over, and goes on while there is room. */
    private void read() {
        Collector collector = new Collector();
        SourceStatus status = SourceStatus.OPEN;
        Exception failure = null;
        Instant awake = null;
        try {
            status = inner.nextBatch(collector);
            awake = status == SourceStatus.OPEN ? inner.nextAwake() : null;
        } catch (Exception e) {
            failure = e;
        }
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        boolean more = failure == null && status == SourceStatus.OPEN;
        if (!more || !collector.reads.isEmpty()) {
            Object after =
                    inner instanceof StatefulSourcePartition<Object, ?> stateful
                            ? stateful.snapshot()
                            : null;
            int count = outstanding.incrementAndGet();
            ready.add(new Handover(collector.reads, after, status, failure));
            worker.wake();
            more &= count < HANDOVERS_MAX;
        }
        if (more) {
            rest(awake, collector.reads.isEmpty());
            request();
        }
    }

    private static void rest(@Nullable Instant awake, boolean empty) {
        long nanos =
                awake == null
                        ? (empty ? 1_000_000 : 0)
                        : Math.max(0, Duration.between(Instant.now(), awake).toMillis())
                                * 1_000_000;
        if (nanos > 0) {
            LockSupport.parkNanos(nanos);
        }
    }

    private record Read(Object item, @Nullable Exception cause) {}

    private record Handover(
            List<Read> reads,
            @Nullable Object position,
            SourceStatus status,
            @Nullable Exception failure) {}

    private static final class Collector implements SourceEmitter<Object> {

        private final List<Read> reads = new ArrayList<>();

        @Override
        public void emit(Object item) {
            reads.add(new Read(item, null));
        }

        @Override
        public void reject(Object raw, Exception cause) {
            reads.add(new Read(raw, cause));
        }
    }
}
