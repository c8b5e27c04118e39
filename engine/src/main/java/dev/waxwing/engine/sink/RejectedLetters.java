package dev.waxwing.engine.sink;

import dev.waxwing.engine.delivery.Committed;
import dev.waxwing.engine.link.Link;
import dev.waxwing.engine.site.StageSite;
import dev.waxwing.engine.site.StepSite;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The items that targets reject when they commit, as dead letters of their step, if it has any.
 * Confined to the worker.
 */
final class RejectedLetters {

    /*
     * What is rejected of an epoch is known when the epoch is done. Until then the marks of the epoch wait, and the end
     * of input until nothing is left that could be rejected, as if the letters came from a source of their own.
     *
     * A rejected item has no lane: it comes from the outbox, also after a restart.
     */
    private final SinkLetters letters;
    private final Deliveries deliveries;
    private final StepSite site;
    private final @Nullable Link to;
    private boolean ending;
    private boolean ended;

    RejectedLetters(SinkLetters letters, Deliveries deliveries, StepSite site) {
        this.letters = letters;
        this.deliveries = deliveries;
        this.site = site;
        this.to = letters.link();
    }

    /** The epoch ends. */
    void barrier(long epoch) {
        letters.marks().endEpoch(epoch);
        if (to != null) {
            to.barrier(epoch);
        }
    }

    /** The input has ended. */
    void end() {
        if (to != null) {
            ending = true;
            site.worker().endEpochSoon();
        }
    }

    /** Whether the end has been passed on, if it has come. */
    boolean isFinished() {
        return ending == ended;
    }

    /**
     * Passes on what targets have rejected in done epochs, and the marks and the end behind it.
     *
     * @return whether there was anything but marks
     */
    boolean pass(List<SinkSlot<EpochPart>> slots) {
        Link next = to;
        if (next == null) {
            return false;
        }
        boolean any = false;
        boolean settled = true;
        for (SinkSlot<EpochPart> slot : slots) {
            Committed work;
            while ((work = deliveries.takeRejected(slot)) != null) {
                any = true;
                pass(work, next);
            }
            settled &= deliveries.isSettled(slot);
        }
        if (ending && !ended && settled) {
            ended = true;
            any = true;
            site.stage().passEnd(next::end);
        }
        letters.marks().passUpTo(site.worker().doneEpoch());
        return any;
    }

    private void pass(Committed work, Link next) {
        site.stage()
                .passAs(
                        StageSite.NO_LANE,
                        next::flush,
                        () ->
                                work.forEachRejected(
                                        (item, cause) -> letters.rejected(item, next, cause)));
    }
}
