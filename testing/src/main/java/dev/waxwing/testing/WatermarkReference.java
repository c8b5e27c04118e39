package dev.waxwing.testing;

import dev.waxwing.function.Mapper;
import dev.waxwing.plan.CoreOperator;
import dev.waxwing.plan.CoreStep;
import dev.waxwing.windowing.Micros;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Marks the stream with the least watermark of the partitions that feed it and are not idle. */
final class WatermarkReference extends ReferenceStep {

    private final Mapper<Object, Instant> timestamp;
    private final Attempts attempts;
    private final long outOfOrderness;
    private final long idleMillis;
    private final Map<SourceReference.Reader, Lane> lanes = new HashMap<>();
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
        long least = Micros.END_OF_TIME;
        for (SourceReference.Reader reader : sources()) {
            Lane lane = lane(reader);
            if (!reader.hasEnded() && lane.wakeAtMillis() > time.nowMillis()) {
                least = Math.min(least, Micros.plus(lane.newest, -outOfOrderness));
            }
        }
        if (least == Micros.END_OF_TIME) {
            idle = true;
            sendWatermark(least);
        } else if (idle || least > marked) {
            idle = false;
            marked = Math.max(marked, least);
            sendWatermark(marked);
        }
    }

    @Override
    void watermark(long micros) {
        /* This step's own time replaces what came before it. */
    }

    @Override
    long wakeAtMillis() {
        return sources().stream()
                .filter(reader -> !reader.hasEnded())
                .mapToLong(reader -> lane(reader).wakeAtMillis())
                .filter(at -> at > time.nowMillis())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private Lane lane(SourceReference.Reader reader) {
        return lanes.computeIfAbsent(reader, unseen -> new Lane(time.nowMillis()));
    }

    private List<SourceReference.Reader> sources() {
        return upstreamReaders();
    }

    /** What has been seen of a partition. */
    private final class Lane {

        private long newest = Micros.START_OF_TIME;
        private long seenMillis;

        Lane(long sinceMillis) {
            seenMillis = sinceMillis;
        }

        void saw(long micros, long atMillis) {
            newest = Math.max(newest, micros);
            seenMillis = atMillis;
        }

        long wakeAtMillis() {
            return seenMillis + idleMillis;
        }
    }
}
