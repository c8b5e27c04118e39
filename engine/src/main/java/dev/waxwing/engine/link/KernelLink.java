package dev.waxwing.engine.link;

import dev.waxwing.engine.site.Boxed;
import dev.waxwing.engine.site.StepCounts;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.internal.ClassConstant;
import dev.waxwing.kernel.Kernel;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/** A stateless step without side outputs: its kernel emits straight into the next link. */
public final class KernelLink implements PassingLink {

    private static final @Nullable Parts CONSTANT =
            ClassConstant.of(MethodHandles.lookup(), Parts.class);

    private final Parts own;

    public KernelLink(Parts parts) {
        own = parts;
    }

    /**
     * What the link is made of.
     *
     * @param calls lead to {@code next}
     * @param counts counts what comes in; null if the step before does
     */
    public record Parts(
            Kernel<Object, Object> kernel,
            Link next,
            KernelCalls calls,
            StepSite site,
            @Nullable StepCounts counts,
            StepSite feeder) {}

    private Parts parts() {
        return CONSTANT != null ? CONSTANT : own;
    }

    @Override
    public void emit(Object item) {
        Parts parts = parts();
        if (item == null) {
            throw parts.feeder().nullItem();
        }
        StepCounts counts = parts.counts();
        if (counts != null) {
            counts.received++;
        }
        try {
            long bits = Boxed.bits(item);
            Object rest = Boxed.rest(item);
            try {
                AllOutputs out = parts.calls().begin();
                parts.kernel().onItem(item, out);
                parts.calls().end(out);
            } catch (Throwable thrown) {
                throw parts.site().failedFor("the function", null, Boxed::of, bits, rest, thrown);
            }
        } catch (Throwable thrown) {
            throw parts.site().failed("the function", null, thrown);
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
    public void flush() {
        Parts parts = parts();
        try {
            AllOutputs out = parts.calls().begin();
            parts.kernel().onActivationEnd(out);
            parts.calls().end(out);
        } catch (Throwable thrown) {
            throw parts.site().failed("the function", null, thrown);
        }
        parts.next().flush();
    }

    @Override
    public Link next() {
        return parts().next();
    }
}
