package dev.waxwing.engine.link;

import dev.waxwing.engine.site.StepCounts;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.internal.ClassConstant;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/** Drops the keys. */
public final class DropKeyLink implements PassingLink {

    private static final @Nullable Parts CONSTANT =
            ClassConstant.of(MethodHandles.lookup(), Parts.class);

    private final Parts own;

    public DropKeyLink(Parts parts) {
        own = parts;
    }

    /**
     * What the link is made of.
     *
     * @param counts counts what comes in; null if the step before does
     */
    public record Parts(Link next, @Nullable StepCounts counts, StepSite feeder) {}

    private Parts parts() {
        return CONSTANT != null ? CONSTANT : own;
    }

    @Override
    public void emit(Object key, Object value) {
        Parts parts = parts();
        if (value == null) {
            throw parts.feeder().nullItem();
        }
        if (key == null) {
            throw parts.feeder().nullKey(value);
        }
        StepCounts counts = parts.counts();
        if (counts != null) {
            counts.received++;
        }
        parts.next().emit(value);
    }

    @Override
    public void push(@Nullable Object key, Object value) {
        Parts parts = parts();
        StepCounts counts = parts.counts();
        if (counts != null) {
            counts.received++;
        }
        parts.next().emit(value);
    }

    @Override
    public StepSite feeder() {
        return parts().feeder();
    }

    @Override
    public Link next() {
        return parts().next();
    }
}
