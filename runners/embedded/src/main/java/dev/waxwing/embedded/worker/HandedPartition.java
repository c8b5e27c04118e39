package dev.waxwing.embedded.worker;

import dev.waxwing.embedded.channel.Signal;
import dev.waxwing.embedded.delivery.Lane;
import dev.waxwing.embedded.delivery.Lanes;
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
import java.util.concurrent.atomic.AtomicReference;
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
    private static final Duration IDLE = Duration.ofMillis(1);
    private static final Duration REST_MAX = Duration.ofHours(1);

    private final SourcePartition<Object> inner;
    private final Signal worker;
    private final Lane thread;
    private final ConcurrentLinkedQueue<Handover> ready = new ConcurrentLinkedQueue<>();
    private final AtomicInteger outstanding = new AtomicInteger();
    private final AtomicReference<@Nullable Owed> owed = new AtomicReference<>();
    private @Nullable Object position;
    private boolean started;
    private long itemsRead;

    // written by the partition's thread
    private long readInAll;

    HandedPartition(String name, SourcePartition<Object> inner, Signal worker, Lanes lanes) {
        this.inner = inner;
        this.worker = worker;
        this.position =
                inner instanceof StatefulSourcePartition<Object, ?> stateful
                        ? stateful.snapshot()
                        : null;
        this.thread = lanes.open("waxwing partition " + name);
    }

    boolean hasPosition() {
        return inner instanceof StatefulSourcePartition<?, ?>;
    }

    boolean wantsAcknowledgements() {
        return inner instanceof AcknowledgingPartition;
    }

    /** How many items the thread had read, and rejected, when it handed over what came last. */
    long itemsRead() {
        return itemsRead;
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
        itemsRead = handover.readInAll;
        if (handover.failure != null) {
            request();
            if (handover.failure instanceof Error error) {
                throw error;
            }
            throw (Exception) handover.failure;
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

    void acknowledge(Object upTo, Consumer<Throwable> failed) {
        owed.set(new Owed(upTo, failed));
        thread.run(this::acknowledgeOwed);
    }

    /* What the thread has not come to is dropped with it, but for the acknowledgement. */
    @Override
    public void close() throws Exception {
        thread.close(
                () -> {
                    acknowledgeOwed();
                    inner.close();
                });
    }

    @SuppressWarnings("unchecked") // the position came from this partition
    private void acknowledgeOwed() {
        Owed last = owed.getAndSet(null);
        if (last == null) {
            return;
        }
        try {
            ((AcknowledgingPartition<Object>) inner).acknowledge(last.upTo);
        } catch (Throwable thrown) {
            last.failed.accept(thrown);
        }
    }

    private void request() {
        thread.run(this::read);
    }

    /* On the partition's thread: reads once, hands over, and goes on while there is room. */
    private void read() {
        Collector collector = new Collector();
        SourceStatus status = SourceStatus.OPEN;
        Throwable failure = null;
        Instant awake = null;
        Object after = null;
        try {
            status = Objects.requireNonNull(inner.nextBatch(collector), "nextBatch returned null");
            awake = status == SourceStatus.OPEN ? inner.nextAwake() : null;
        } catch (Throwable thrown) {
            failure = thrown;
        }
        try {
            after =
                    inner instanceof StatefulSourcePartition<Object, ?> stateful
                            ? stateful.snapshot()
                            : null;
        } catch (Throwable thrown) {
            failure = failure == null ? thrown : failure;
        }
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        boolean more = failure == null && status == SourceStatus.OPEN;
        if (!more || !collector.reads.isEmpty()) {
            int count = outstanding.incrementAndGet();
            readInAll += collector.reads.size();
            ready.add(new Handover(collector.reads, readInAll, after, status, failure));
            worker.wake();
            more &= count < HANDOVERS_MAX;
        }
        if (more) {
            rest(awake, collector.reads.isEmpty());
            request();
        }
    }

    private static void rest(@Nullable Instant awake, boolean empty) {
        Duration wait =
                awake == null
                        ? (empty ? IDLE : Duration.ZERO)
                        : Duration.between(Instant.now(), awake);
        long nanos = wait.compareTo(REST_MAX) < 0 ? wait.toNanos() : REST_MAX.toNanos();
        if (nanos > 0) {
            LockSupport.parkNanos(nanos);
        }
    }

    private record Owed(Object upTo, Consumer<Throwable> failed) {}

    private record Read(Object item, @Nullable Exception cause) {}

    private record Handover(
            List<Read> reads,
            long readInAll,
            @Nullable Object position,
            SourceStatus status,
            @Nullable Throwable failure) {}

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
