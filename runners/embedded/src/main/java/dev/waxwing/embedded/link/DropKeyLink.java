package dev.waxwing.embedded.link;

import dev.waxwing.kernel.ClassConstant;
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

    /** What the link is made of. */
    public record Parts(Link next, StepCounts counts, StepSite feeder) {}

    @Override
    public void emit(Object key, Object value) {
        Parts parts = CONSTANT != null ? CONSTANT : own;
        if (value == null) {
            throw parts.feeder().nullItem();
        }
        if (key == null) {
            throw parts.feeder().nullKey(value);
        }
        parts.counts().received++;
        parts.next().emit(value);
    }

    @Override
    public void push(@Nullable Object key, Object value) {
        Parts parts = CONSTANT != null ? CONSTANT : own;
        parts.counts().received++;
        parts.next().emit(value);
    }

    @Override
    public StepSite feeder() {
        Parts parts = CONSTANT != null ? CONSTANT : own;
        return parts.feeder();
    }

    @Override
    public Link next() {
        Parts parts = CONSTANT != null ? CONSTANT : own;
        return parts.next();
    }
}
