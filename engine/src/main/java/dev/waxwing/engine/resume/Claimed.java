package dev.waxwing.engine.resume;

import dev.waxwing.engine.delivery.DeliveryPart;
import dev.waxwing.recovery.store.RecoveryStore;
import java.util.ArrayList;
import java.util.List;

/** The partitions that a start has opened, for one that is refused. */
final class Claimed {

    private final RecoveryStore store;
    private final List<DeliveryPart> parts = new ArrayList<>();

    Claimed(RecoveryStore store) {
        this.store = store;
    }

    void add(DeliveryPart part) {
        parts.add(part);
    }

    int size() {
        return parts.size();
    }

    /** From now on what is claimed stays so: the store is about to count on it. */
    void keep() {
        parts.forEach(DeliveryPart::keepClaim);
    }

    /**
     * Gives back what was claimed, and closes everything.
     *
     * @param refused is told what cannot be
     */
    void giveBack(Throwable refused) {
        boolean all = true;
        for (DeliveryPart part : parts) {
            try {
                all &= part.giveBack();
            } catch (Throwable notGivenBack) {
                all = false;
                refused.addSuppressed(notGivenBack);
            }
            try {
                part.partition().close();
            } catch (Throwable notClosed) {
                refused.addSuppressed(notClosed);
            }
        }
        if (all) {
            store.abandon();
        }
    }
}
