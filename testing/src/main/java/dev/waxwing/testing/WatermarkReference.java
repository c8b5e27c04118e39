package dev.waxwing.testing;

import dev.waxwing.function.Mapper;
import dev.waxwing.plan.core.CoreOperator;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.windowing.Micros;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Marks the stream with the least watermark of the partitions that feed it and are not idle; if all
 * are, with that of the one that is ahead, or was in an earlier execution.
 */
final class WatermarkReference extends ReferenceStep {

    private final Mapper<Object, Instant> timestamp;
    private final Attempts attempts;
    private final long outOfOrderness;
    private final long idleMillis;
    private final Map<SourceReference.Reader, Lane> lanes = new HashMap<>();
    private final Lane ofNoPartition = new Lane(0);
    private long marked = Micros.START_OF_TIME;
    private boolean idle;

    @SuppressWarnings("unchecked") // the stream that the function was given to had its types
    WatermarkReference(CoreStep step, ReferenceTime time, CoreOperator.Watermark operator) {
        super(step, time);
        this.timestamp = (Mapper<Object, Instant>) operator.timestamp();
        this.attempts = new Attempts(this, "the timestamp function");
        this.outOfOrderness = Micros.of(operator.eventTime().outOfOrderness());
        this.idleMillis = Math.max(1, Micros.of(operator.eventTime().idleTimeout()) / 1_000);
    }

    @Override
    void onItem(@Nullable Object key, Object item) {
        attempts.forItem(
                key,
                item,
                out -> {
                    Instant at =
                            checks.resultFor(item, timestamp.map(item), "the timestamp function");
                    lane(time.reader()).saw(Micros.of(at), time.nowMillis());
                    out.emit(item);
                });
    }

    @Override
    void onActivationEnd() {
        boolean wasIdle = idle;
        List<Lane> waitedFor = new ArrayList<>();
        for (SourceReference.Reader reader : sources()) {
            Lane lane = lane(reader);
            lane.fallsIdle(reader);
            if (!reader.hasEnded() && !lane.idle) {
                waitedFor.add(lane);
            }
        }
        idle = waitedFor.isEmpty();
        long newest =
                idle
                        ? ahead()
                        : waitedFor.stream().mapToLong(lane -> lane.newest).min().orElseThrow();
        long least = Micros.plus(newest, -outOfOrderness);
        if (least > marked || (wasIdle && !idle)) {
            marked = Math.max(marked, least);
            sendWatermark(marked);
        }
        if (idle) {
            sendWatermark(Micros.END_OF_TIME);
        }
    }

    private long ahead() {
        return lanes.values().stream()
                .mapToLong(lane -> lane.newest)
                .reduce(ofNoPartition.newest, Math::max);
    }

    @Override
    void open(@Nullable ReferenceStore store) {
        if (store != null) {
            store.states(step.userStep(), stateName())
                    .values()
                    .forEach(stored -> ofNoPartition.saw((Long) stored, 0));
        }
    }

    @Override
    void snapshot(ReferenceStore.Snapshots snapshots) {
        snapshots.state(ReferenceStore.stateId(step.userStep(), stateName()), "newest", ahead());
    }

    private String stateName() {
        return "newest time" + step.id().substring(step.userStep().length());
    }

    @Override
    void watermark(long micros) {
        /* This step's own time replaces what came before it. */
    }

    @Override
    long wakeAtMillis() {
        return sources().stream()
                .filter(reader -> !reader.hasEnded() && reader.awake().isAfter(time.now()))
                .map(this::lane)
                .filter(lane -> !lane.idle)
                .mapToLong(Lane::wakeAtMillis)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private Lane lane(SourceReference.@Nullable Reader reader) {
        return reader == null
                ? ofNoPartition
                : lanes.computeIfAbsent(reader, unseen -> new Lane(time.nowMillis()));
    }

    private List<SourceReference.Reader> sources() {
        return upstreamReaders();
    }

    /** What has been seen of a partition. */
    private final class Lane {

        private long newest = Micros.START_OF_TIME;
        private long seenMillis;
        private boolean idle;

        Lane(long sinceMillis) {
            seenMillis = sinceMillis;
        }

        void saw(long micros, long atMillis) {
            newest = Math.max(newest, micros);
            seenMillis = atMillis;
            idle = false;
        }

        /** One that is to be read now is not known to be silent. */
        void fallsIdle(SourceReference.Reader reader) {
            idle |= wakeAtMillis() <= time.nowMillis() && reader.awake().isAfter(time.now());
        }

        long wakeAtMillis() {
            return seenMillis + idleMillis;
        }
    }
}
