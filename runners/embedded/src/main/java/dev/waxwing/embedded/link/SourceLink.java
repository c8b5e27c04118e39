package dev.waxwing.embedded.link;

import dev.waxwing.DeadLetter;
import dev.waxwing.embedded.channel.Budget;
import dev.waxwing.kernel.ClassConstant;
import dev.waxwing.source.SourceEmitter;
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
     * @param rests takes what is emitted when the budget is used up
     */
    public record Parts(
            Link next,
            @Nullable Link dead,
            StepSite site,
            StepCounts counts,
            Budget budget,
            Rests rests) {}

    /** What partitions have emitted when there was no time left. */
    public interface Rests {

        /** Keeps an item of the partition that is being read. */
        void keep(Object item);

        /** Keeps what the partition that is being read has rejected. */
        void keepRejected(Object raw, Exception cause);
    }

    @Override
    public void emit(Object item) {
        Parts parts = CONSTANT != null ? CONSTANT : own;
        StepCounts counts = parts.counts();
        if (item != null && !parts.budget().allows(counts.emitted)) {
            try {
                parts.rests().keep(item);
            } catch (Throwable thrown) {
                throw parts.site().notTaken(thrown);
            }
            return;
        }
        counts.emitted++;
        parts.next().emit(item);
    }

    /** Passes on what was kept, whatever the budget says. */
    public void pass(Object item) {
        own.counts().emitted++;
        own.next().emit(item);
    }

    @Override
    public boolean hasRoom() {
        Parts parts = CONSTANT != null ? CONSTANT : own;
        return parts.budget().allows(parts.counts().emitted);
    }

    @Override
    public void reject(Object raw, Exception cause) {
        Parts parts = CONSTANT != null ? CONSTANT : own;
        Link dead = parts.dead();
        if (dead == null) {
            throw parts.site().failed("the source", null, cause);
        }
        if (!parts.budget().hasTime(parts.counts().emitted)) {
            try {
                parts.rests().keepRejected(raw, cause);
            } catch (Throwable thrown) {
                throw parts.site().notTaken(thrown);
            }
            return;
        }
        putAside(parts, dead, raw, cause);
    }

    /** Passes on what was kept and is no item, whatever the budget says. */
    public void passRejected(Object raw, Exception cause) {
        Link dead = own.dead();
        if (dead == null) {
            throw own.site().failed("the source", null, cause);
        }
        putAside(own, dead, raw, cause);
    }

    private static void putAside(Parts parts, Link dead, Object raw, Exception cause) {
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
