package dev.waxwing.testing.operators;

import dev.waxwing.source.DynamicSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatelessSourcePartition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A source without positions, which one worker reads: none, one, two, three and four numbers a
 * read, then the end, each read an interval after the one before.
 */
final class PacedSource implements DynamicSource<Integer> {

    private static final long serialVersionUID = 1L;
    private static final int READS = 5;

    private final Queue<Instant> reads = new ConcurrentLinkedQueue<>();
    private final transient InstantSource clock;
    private final Duration interval;

    PacedSource(InstantSource clock, Duration interval) {
        this.clock = clock;
        this.interval = interval;
    }

    /** The times between reads. */
    List<Duration> gaps() {
        List<Duration> gaps = new ArrayList<>();
        List<Instant> times = List.copyOf(reads);
        for (int i = 1; i < times.size(); i++) {
            gaps.add(Duration.between(times.get(i - 1), times.get(i)));
        }
        return gaps;
    }

    @Override
    public StatelessSourcePartition<Integer> build(
            String stepId, int workerIndex, int workerCount) {
        return workerIndex == 0 ? new Partition() : out -> SourceStatus.ENDED;
    }

    private final class Partition implements StatelessSourcePartition<Integer> {

        private int read;
        private int next;
        private @Nullable Instant awake;

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Integer> out) {
            Instant now = clock.instant();
            reads.add(now);
            awake = interval.isZero() ? null : now.plus(interval);
            for (int i = 0; i < read && read < READS; i++) {
                out.emit(next++);
            }
            return read++ < READS ? SourceStatus.OPEN : SourceStatus.ENDED;
        }

        @Override
        public @Nullable Instant nextAwake() {
            return awake;
        }
    }
}
