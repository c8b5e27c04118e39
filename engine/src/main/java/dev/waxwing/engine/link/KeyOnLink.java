package dev.waxwing.engine.link;

import dev.waxwing.engine.site.Boxed;
import dev.waxwing.engine.site.StepCounts;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.function.Mapper;
import dev.waxwing.internal.ClassConstant;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/** Gives each item a key. */
public final class KeyOnLink implements PassingLink {

    private static final @Nullable Parts CONSTANT =
            ClassConstant.of(MethodHandles.lookup(), Parts.class);

    private final Parts own;

    public KeyOnLink(Parts parts) {
        own = parts;
    }

    /**
     * What the link is made of.
     *
     * @param counts counts what comes in; null if the step before does
     */
    public record Parts(
            Mapper<Object, Object> keyOf,
            Link next,
            StepSite site,
            @Nullable StepCounts counts,
            StepSite feeder) {}

    private Parts parts() {
        return CONSTANT != null ? CONSTANT : own;
    }

    @Override
    public void emit(Object value) {
        Parts parts = parts();
        if (value == null) {
            throw parts.feeder().nullItem();
        }
        StepCounts counts = parts.counts();
        if (counts != null) {
            counts.received++;
        }
        try {
            Object found;
            long bits = Boxed.bits(value);
            Object rest = Boxed.rest(value);
            try {
                found = parts.keyOf().map(value);
            } catch (Throwable thrown) {
                throw parts.site()
                        .failedFor("the key function", null, Boxed::of, bits, rest, thrown);
            }
            boolean isNumber = found instanceof Long || found instanceof Integer;
            parts.next().emit(isNumber ? found : parts.site().key(found, value), value);
        } catch (Throwable thrown) {
            throw parts.site().failed("the key function", null, thrown);
        }
    }

    @Override
    public void push(@Nullable Object key, Object value) {
        emit(value);
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
