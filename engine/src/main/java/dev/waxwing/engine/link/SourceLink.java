package dev.waxwing.engine.link;

import dev.waxwing.engine.channel.Budget;
import dev.waxwing.engine.site.StepCounts;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.internal.ClassConstant;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.step.DeadLetter;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/** The head of a source's chain: what partitions emit into. */
public final class SourceLink implements SourceEmitter<Object> {

    private static final @Nullable Parts CONSTANT =
            ClassConstant.of(MethodHandles.lookup(), Parts.class);

    private final Parts own;

    public SourceLink(Parts parts) {
        own = parts;
    }

    /**
     * What the link is made of.
     *
     * @param budget of the source's stage
     */
    public record Parts(
            Link next, @Nullable Link dead, StepSite site, StepCounts counts, Budget budget) {}

    private Parts parts() {
        return CONSTANT != null ? CONSTANT : own;
    }

    @Override
    public void emit(Object item) {
        Parts parts = parts();
        StepCounts counts = parts.counts();
        long emitted = counts.emitted + 1;
        counts.emitted = emitted;
        parts.next().emit(item);
        /*
         * If more was emitted meanwhile, code of a step behind did that. Behind the item's way, and not before it: a branch
         * at which the item is alive makes the compiler allocate its box (see Boxed). The execution fails all the same.
         */
        if (counts.emitted != emitted) {
            throw parts.site().emittedOutOfTurn();
        }
    }

    @Override
    public boolean hasRoom() {
        Parts parts = parts();
        return parts.budget().allows(parts.counts().read());
    }

    @Override
    public void reject(Object raw, Exception cause) {
        Parts parts = parts();
        Link dead = parts.dead();
        if (dead == null) {
            throw parts.site().failed("the source", null, cause);
        }
        parts.counts().dead++;
        try {
            dead.push(
                    null,
                    new DeadLetter(parts.site().stepId(), null, raw, parts.site().epoch(), cause));
        } catch (Throwable thrown) {
            throw parts.site().notTaken(thrown);
        }
    }
}
