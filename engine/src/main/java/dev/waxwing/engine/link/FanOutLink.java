package dev.waxwing.engine.link;

import dev.waxwing.engine.site.StepSite;
import dev.waxwing.internal.ClassConstant;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/** Pushes each item to two links; more are made of several. */
public final class FanOutLink implements Link {

    private static final @Nullable Parts CONSTANT =
            ClassConstant.of(MethodHandles.lookup(), Parts.class);

    private final Parts own;

    public FanOutLink(Parts parts) {
        own = parts;
    }

    /** What the link is made of. */
    public record Parts(Link first, Link second, StepSite feeder) {}

    private Parts parts() {
        return CONSTANT != null ? CONSTANT : own;
    }

    @Override
    public void push(@Nullable Object key, Object value) {
        Parts parts = parts();
        parts.first().push(key, value);
        parts.second().push(key, value);
    }

    @Override
    public StepSite feeder() {
        return parts().feeder();
    }

    @Override
    public void flush() {
        Parts parts = parts();
        parts.first().flush();
        parts.second().flush();
    }

    @Override
    public void barrier(long epoch) {
        Parts parts = parts();
        parts.first().barrier(epoch);
        parts.second().barrier(epoch);
    }

    @Override
    public void watermark(long micros) {
        Parts parts = parts();
        parts.first().watermark(micros);
        parts.second().watermark(micros);
    }

    @Override
    public void end() {
        Parts parts = parts();
        parts.first().end();
        parts.second().end();
    }
}
