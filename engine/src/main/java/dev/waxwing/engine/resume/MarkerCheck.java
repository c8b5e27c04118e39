package dev.waxwing.engine.resume;

import dev.waxwing.engine.delivery.DeliveryPart;
import dev.waxwing.engine.delivery.Prepared;
import dev.waxwing.step.DeliveryException;
import java.util.List;

/** Compares the epoch that a target says it holds with those that the store knows. */
final class MarkerCheck {

    /*
     * The target must hold the last epoch that is done and had something for the partition, or one of those that
     * are decided and not done. An epoch that is neither was given up by a declared replay, as numbers are never used
     * twice; then the target is ahead by the user's will. One that the store has never decided was refused before,
     * by the owner who claimed.
     */
    private final DeliveryPart part;
    private final long doneEpoch;

    /**
     * @param doneEpoch the newest epoch that all targets have, also if it is about to be replayed
     */
    MarkerCheck(DeliveryPart part, long doneEpoch) {
        this.part = part;
        this.doneEpoch = doneEpoch;
    }

    /**
     * @param held the epoch that the target holds
     * @param last the newest epoch that has something for the partition
     * @param works what the store has of the partition
     */
    void check(long held, long last, List<Prepared> works) {
        long least = last;
        for (int i = works.size() - 1; i >= 0 && works.get(i).epoch() > doneEpoch; i--) {
            least = works.get(i).previousEpoch();
        }
        if (held < least) {
            throw refused(
                    "holds epoch "
                            + held
                            + ", but epoch "
                            + least
                            + " was committed to it: it was emptied, or restored from a backup, and"
                            + " what came between is missing there; restore a newer backup, replay"
                            + " from an older epoch that is kept, start over by 'waxwing recovery"
                            + " reset'");
        }
    }

    private DeliveryException refused(String how) {
        return new DeliveryException(
                part.step().userStep(),
                "step '"
                        + part.step().userStep()
                        + "': the target of partition '"
                        + part.name()
                        + "' "
                        + how
                        + ", or say in the options of recovery to adopt the target as it is",
                null);
    }
}
