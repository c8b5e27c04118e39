package dev.waxwing.engine.link;

import dev.waxwing.engine.site.Boxed;
import dev.waxwing.engine.site.StageSite;
import dev.waxwing.engine.site.StepCounts;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.function.Mapper;
import dev.waxwing.internal.ClassConstant;
import dev.waxwing.windowing.Micros;
import java.lang.invoke.MethodHandles;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Marks a stream with the time in its items. */
public final class WatermarkLink implements Link {

    private static final @Nullable Parts CONSTANT =
            ClassConstant.of(MethodHandles.lookup(), Parts.class);

    private final Parts own;

    public WatermarkLink(Parts parts) {
        own = parts;
    }

    /** What the link is made of. */
    public record Parts(
            Mapper<Object, Instant> timestamp,
            LaneTimes times,
            Link next,
            StepSite site,
            StageSite stage,
            Feed feed) {

        StepSite feeder() {
            return feed.feeder();
        }

        StepCounts counts() {
            return feed.counts();
        }
    }

    private Parts parts() {
        return CONSTANT != null ? CONSTANT : own;
    }

    @Override
    public void emit(Object value) {
        if (value == null) {
            throw feeder().nullItem();
        }
        try {
            push(null, value);
        } catch (Throwable thrown) {
            throw feeder().notTaken(thrown);
        }
    }

    @Override
    public void push(@Nullable Object key, Object value) {
        Parts parts = parts();
        parts.counts().received++;
        Instant at;
        long bits = Boxed.bits(value);
        Object rest = Boxed.rest(value);
        try {
            at = parts.timestamp().map(value);
        } catch (Throwable thrown) {
            throw parts.site()
                    .failedFor("the timestamp function", key, Boxed::of, bits, rest, thrown);
        }
        if (at == null) {
            throw parts.site().nullFor(value, "the timestamp function");
        }
        int lane = parts.stage().lane();
        if (lane != parts.times().lane()) {
            parts.times().hear(lane);
        }
        parts.times().saw(lane, Micros.of(at));
        parts.next().push(key, value);
    }

    @Override
    public StepSite feeder() {
        return parts().feeder();
    }

    @Override
    public void flush() {
        Parts parts = parts();
        parts.next().flush();
        parts.times().endActivation();
    }

    @Override
    public void barrier(long epoch) {
        Parts parts = parts();
        parts.times().endEpoch();
        parts.next().barrier(epoch);
    }

    @Override
    public void watermark(long micros) {
        /* This step's own event time replaces what came before it. */
    }

    @Override
    public void end() {
        Parts parts = parts();
        parts.times().end();
        parts.next().end();
    }
}
