package dev.waxwing.testing;

import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.run.check.StepChecks;
import dev.waxwing.step.StepFailedException;
import dev.waxwing.windowing.Micros;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A core step while it runs. What a call of user code emits goes on only when the call has
 * returned, so that no user code is ever on the stack below another's.
 */
abstract class ReferenceStep {

    final CoreStep step;
    final StepChecks checks;
    final ReferenceTime time;
    private final List<List<ReferenceStep>> consumers = new ArrayList<>();
    private final Map<ReferenceStep, Upstream> upstreams = new LinkedHashMap<>();
    private long watermark = Micros.START_OF_TIME;
    private boolean idle;
    private boolean hasWarnedOfLate;

    ReferenceStep(CoreStep step, ReferenceTime time) {
        this.step = step;
        this.checks = new StepChecks(step);
        this.time = time;
        for (int port = 0; port < step.outputCount(); port++) {
            consumers.add(new ArrayList<>());
        }
    }

    final void addConsumer(int port, ReferenceStep consumer) {
        consumers.get(port).add(consumer);
        consumer.upstreams.put(this, new Upstream());
    }

    final void send(int port, @Nullable Object key, Object item) {
        if (!isTaken(port) && isLate(port) && !hasWarnedOfLate) {
            hasWarnedOfLate = true;
            checks.warnOfLate(item);
        }
        for (ReferenceStep consumer : consumers.get(port)) {
            emitted(item);
            consumer.onItem(key, item);
            checkItems(consumer.checks);
        }
    }

    /** The step emits an item; none that was emitted before may have changed. */
    final void emitted(Object item) {
        checkItems(checks);
        time.items().emitted(checks, item);
    }

    /** Code of the step has run. */
    final void hasRun() {
        checkItems(checks);
    }

    private void checkItems(StepChecks running) {
        StepFailedException found = time.items().found(running);
        if (found != null) {
            throw found;
        }
    }

    /** Whether anybody takes what goes out by an output. */
    final boolean isTaken(int port) {
        return consumers.get(port).stream().anyMatch(ReferenceStep::takesItems);
    }

    /** Whether items are for anything; a step that passes them on to nobody takes none. */
    boolean takesItems() {
        return true;
    }

    private boolean isLate(int port) {
        return step.operator().sidePorts().stream()
                .anyMatch(side -> side.index() == port && side.isLate());
    }

    /**
     * The watermark of an upstream. That of the step is the least of those that are not idle, or,
     * if all are, that of the one that is ahead; what the step holds comes before it.
     */
    final void onWatermark(ReferenceStep from, long micros) {
        Objects.requireNonNull(upstreams.get(from)).watermark(micros);
        boolean wasIdle = idle;
        idle = upstreams.values().stream().allMatch(up -> up.idle);
        LongStream times =
                upstreams.values().stream()
                        .filter(up -> idle || !up.idle)
                        .mapToLong(up -> up.watermark);
        long time = (idle ? times.max() : times.min()).orElseThrow();
        if (time > watermark || (wasIdle && !idle)) {
            watermark = Math.max(watermark, time);
            onActivationEnd();
            watermark(watermark);
        }
        if (idle) {
            watermark(Micros.END_OF_TIME);
        }
    }

    final void sendWatermark(long micros) {
        for (List<ReferenceStep> ofPort : consumers) {
            ofPort.forEach(consumer -> consumer.onWatermark(this, micros));
        }
    }

    /** The partitions whose items come to this step. */
    List<SourceReference.Reader> upstreamReaders() {
        return upstreams.keySet().stream()
                .flatMap(up -> up.upstreamReaders().stream())
                .distinct()
                .toList();
    }

    /** Emits items of another partition: the steps behind hold those of one partition at a time. */
    final void emitAsOf(SourceReference.@Nullable Reader reader, Runnable emission) {
        SourceReference.Reader before = time.reader();
        if (reader == before) {
            emission.run();
            return;
        }
        endActivationBehind();
        time.reads(reader);
        emission.run();
        endActivationBehind();
        time.reads(before);
    }

    private void endActivationBehind() {
        for (List<ReferenceStep> ofPort : consumers) {
            for (ReferenceStep consumer : ofPort) {
                consumer.onActivationEnd();
                consumer.endActivationBehind();
            }
        }
    }

    /**
     * No earlier timestamp will come; the end of time if the stream holds nobody, being idle or at
     * its end, which changes no time.
     */
    void watermark(long micros) {
        sendWatermark(micros);
    }

    /** Prepares the step; with a store, with what it has of the step. */
    void open(@Nullable ReferenceStore store) {}

    abstract void onItem(@Nullable Object key, Object item);

    /** All items that are available for now have been taken, and upstreams have said so, too. */
    void onActivationEnd() {}

    /** The whole input has ended; upstreams have emitted all. */
    void onEndOfInput() {}

    /**
     * Whether the epoch is to end when the step's input has: what comes after it depends on that.
     */
    boolean endsEpoch() {
        return false;
    }

    /** When the step wants an activation, in milliseconds since 1970. */
    long wakeAtMillis() {
        return Long.MAX_VALUE;
    }

    /** Adds what the epoch has changed. */
    void snapshot(ReferenceStore.Snapshots snapshots) {}

    /** The epoch has been decided. */
    void onDecided(long epoch) {}

    /** The epoch is done: all sinks have committed. */
    void onDone() {}

    void close() throws Exception {}

    /** How far the time of an upstream has come. */
    private static final class Upstream {

        private long watermark = Micros.START_OF_TIME;
        private boolean idle;

        void watermark(long micros) {
            idle = micros == Micros.END_OF_TIME;
            watermark = idle ? watermark : Math.max(watermark, micros);
        }
    }
}
