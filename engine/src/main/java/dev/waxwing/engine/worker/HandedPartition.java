package dev.waxwing.engine.worker;

import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.engine.channel.Signal;
import dev.waxwing.engine.delivery.Lanes;
import dev.waxwing.engine.delivery.WaitingLane;
import dev.waxwing.engine.site.Call;
import dev.waxwing.engine.site.StepSite;
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

    private static final long RENEWAL_NANOS = Duration.ofMillis(100).toNanos();

    /** What is longer is as good as for ever, and can be told in nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final StepSite site;
    private final SourcePartition<Object> inner;
    private final Signal worker;
    private final Clock clock;
    private final WaitingLane thread;
    private final ConcurrentLinkedQueue<Handover> ready = new ConcurrentLinkedQueue<>();
    private final AtomicInteger outstanding = new AtomicInteger();
    private final AtomicReference<@Nullable Owed> owed = new AtomicReference<>();
    private TakenPosition position;
    private long itemsRead;

    /** Whether the thread reads on without being asked. */
    private boolean reading;

    /** Whether the last call took what the thread had handed over. */
    private boolean taken;

    // confined to the partition's thread
    private long readInAll;
    private boolean failing;
    private TakenPosition last;

    HandedPartition(
            StepSite site, String name, SourcePartition<Object> inner, Lanes lanes, Clock clock) {
        this.site = site;
        this.inner = inner;
        this.worker = site.worker().signal();
        this.clock = clock;
        this.position =
                TakenPosition.of(
                        inner instanceof StatefulSourcePartition<Object, ?> stateful
                                ? stateful.snapshot()
                                : null);
        this.last = position;
        String stepId = site.stepId();
        this.thread = lanes.openWaiting("waxwing source " + stepId + " " + name, stepId);
        if (inner instanceof AcknowledgingPartition<?> acknowledging) {
            renewLater(new Renewals(name, acknowledging));
        }
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
        return !ready.isEmpty();
    }

    /** Whether the last call of {@link #nextBatch} tells of a call of the partition. */
    boolean hasTaken() {
        return taken;
    }

    /* After a failure the thread waits to be asked: when the worker asks, the wait of the policy is over. */
    @Override
    public SourceStatus nextBatch(SourceEmitter<? super Object> out) throws Exception {
        Handover handover = ready.poll();
        taken = handover != null;
        if (handover == null) {
            if (!reading) {
                reading = true;
                request();
            }
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
            reading = false;
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
        if (isReady()) {
            return null;
        }
        return reading ? Instant.MAX : inner.nextAwake();
    }

    @Override
    public Object snapshot() {
        return Objects.requireNonNull(
                position.unchanged(), "asked only of partitions with a position");
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
                },
                ((BlockingPartition) inner)::unblock);
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

    private void renewLater(Renewals renewals) {
        thread.runAfter(
                RENEWAL_NANOS,
                () -> {
                    renewals.renew();
                    renewLater(renewals);
                });
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
        TakenPosition after = last;
        try {
            status = Objects.requireNonNull(inner.nextBatch(collector), "nextBatch returned null");
            awake = status == SourceStatus.OPEN ? inner.nextAwake() : null;
        } catch (Throwable thrown) {
            failure = thrown;
        }
        collector.end();
        try {
            last.unchanged();
            after =
                    TakenPosition.of(
                            inner instanceof StatefulSourcePartition<Object, ?> stateful
                                    ? stateful.snapshot()
                                    : null);
            last = after;
        } catch (Throwable thrown) {
            failure =
                    failure == null || thrown instanceof TakenPosition.ChangedException
                            ? thrown
                            : failure;
        }
        if (thread.isClosing()) {
            return;
        }
        failure = failure == null ? collector.failure : failure;
        boolean more = failure == null && status == SourceStatus.OPEN;
        boolean endsFailures = failing && failure == null;
        failing = failure != null;
        if (!more || endsFailures || !collector.reads.isEmpty()) {
            int count = outstanding.incrementAndGet();
            readInAll += collector.reads.size();
            ready.add(new Handover(collector.reads, readInAll, after, status, failure));
            worker.wake();
            more &= count < HANDOVERS_MAX;
        }
        if (more) {
            thread.runAfter(restNanos(awake, collector.reads.isEmpty()), this::read);
        }
    }

    private long restNanos(@Nullable Instant awake, boolean empty) {
        Duration wait = awake == null ? (empty ? IDLE : Duration.ZERO) : clock.until(awake);
        return wait.isNegative()
                ? 0
                : wait.compareTo(LONGEST) < 0 ? wait.toNanos() : LONGEST.toNanos();
    }

    private record Owed(Object upTo, Consumer<Throwable> failed) {}

    private record Read(Object item, @Nullable Exception cause) {}

    private record Handover(
            List<Read> reads,
            long readInAll,
            TakenPosition position,
            SourceStatus status,
            @Nullable Throwable failure) {}

    private final class Collector extends Call implements SourceEmitter<Object> {

        private final List<Read> reads = new ArrayList<>();

        /** What could not be taken for want of memory; the partition may have swallowed it. */
        private @Nullable Throwable failure;

        @Override
        public void emit(Object item) {
            take(item, null);
        }

        @Override
        public void reject(Object raw, Exception cause) {
            take(raw, cause);
        }

        private void take(Object item, @Nullable Exception cause) {
            enter(site);
            try {
                reads.add(new Read(item, cause));
            } catch (Throwable thrown) {
                failure = thrown;
                throw thrown;
            } finally {
                leave();
            }
        }
    }
}
