package dev.waxwing.testing.operators;

import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Emits 0, 1, 2, ... and records what the runner does with it. */
final class RecordedSource implements FixedPartitionedSource<Integer, Integer> {

    private static final long serialVersionUID = 1L;

    final Queue<String> calls = new ConcurrentLinkedQueue<>();
    final Queue<Instant> reads = new ConcurrentLinkedQueue<>();

    private final transient InstantSource clock;
    private final int items;
    private final int emptyReads;
    private final Duration interval;

    RecordedSource(InstantSource clock, int items, int emptyReads, Duration interval) {
        this.clock = clock;
        this.items = items;
        this.emptyReads = emptyReads;
        this.interval = interval;
    }

    /** So many items, one a read. */
    static RecordedSource items(SpecWorld world, int items) {
        return new RecordedSource(world.clock(), items, 0, Duration.ZERO);
    }

    @Override
    public List<String> listParts() {
        return List.of("numbers");
    }

    @Override
    public StatefulSourcePartition<Integer, Integer> buildPart(
            String stepId, String forPart, @Nullable Integer resumeState) {
        calls.add("build " + stepId + " " + forPart + " " + resumeState);
        return new Partition(resumeState == null ? 0 : resumeState);
    }

    private final class Partition implements StatefulSourcePartition<Integer, Integer> {

        private int next;
        private int emptyLeft = emptyReads;
        private @Nullable Instant awake;

        Partition(int next) {
            this.next = next;
        }

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Integer> out) {
            Instant now = clock.instant();
            reads.add(now);
            if (awake != null && now.isBefore(awake)) {
                throw new AssertionError("read at " + now + ", though asleep until " + awake);
            }
            if (emptyLeft > 0) {
                emptyLeft--;
                return SourceStatus.OPEN;
            }
            if (next == items) {
                return SourceStatus.ENDED;
            }
            out.emit(next++);
            awake = interval.isZero() ? null : now.plus(interval);
            return SourceStatus.OPEN;
        }

        @Override
        public @Nullable Instant nextAwake() {
            return awake;
        }

        @Override
        public Integer snapshot() {
            return next;
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }
}
