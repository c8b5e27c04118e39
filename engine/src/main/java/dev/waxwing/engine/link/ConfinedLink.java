package dev.waxwing.engine.link;

import dev.waxwing.engine.site.StepSite;
import dev.waxwing.engine.site.Turn;
import dev.waxwing.internal.ClassConstant;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/**
 * What a kernel of a user's emits into: refuses what is emitted when no call of the kernel is under
 * way, by other steps' code, or on another thread. Kernels of the library keep no outputs and need
 * none of this.
 */
public final class ConfinedLink implements PassingLink {

    private static final @Nullable Parts CONSTANT =
            ClassConstant.of(MethodHandles.lookup(), Parts.class);

    private final Parts own;

    public ConfinedLink(Parts parts) {
        own = parts;
    }

    /**
     * What the link is made of.
     *
     * @param site of the step that emits into it
     * @param gate that is opened for each call of that step's kernel
     */
    public record Parts(Link next, StepSite site, Gate gate, Turn turn) {}

    private Parts parts() {
        return CONSTANT != null ? CONSTANT : own;
    }

    @Override
    public void emit(Object item) {
        Parts parts = parts();
        if (!parts.turn().isHere() || !parts.gate().open) {
            throw parts.site().emittedOutOfTurn();
        }
        parts.gate().open = false;
        parts.next().emit(item);
        parts.gate().open = true;
    }

    @Override
    public void emit(Object key, Object value) {
        Parts parts = parts();
        if (!parts.turn().isHere() || !parts.gate().open) {
            throw parts.site().emittedOutOfTurn();
        }
        parts.gate().open = false;
        parts.next().emit(key, value);
        parts.gate().open = true;
    }

    @Override
    public void push(@Nullable Object key, Object value) {
        next().push(key, value);
    }

    @Override
    public StepSite feeder() {
        return parts().site();
    }

    @Override
    public Link next() {
        return parts().next();
    }
}
