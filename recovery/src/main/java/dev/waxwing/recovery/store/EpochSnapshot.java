package dev.waxwing.recovery.store;

import dev.waxwing.recovery.page.StatePage;
import java.util.List;
import java.util.Map;

/**
 * Everything that one epoch changed, taken by the store in one atomic transaction. Immutable.
 *
 * @param epoch larger than every epoch that the store was ever given
 * @param pages of any states in any order; pages of the same state count in the order given here
 * @param notes short texts that a runner wants to find again with the epoch
 */
public record EpochSnapshot(long epoch, List<StatePage> pages, Map<String, String> notes) {

    /** Epochs count from 1. */
    public EpochSnapshot {
        if (epoch < 1) {
            throw new IllegalArgumentException(
                    "epochs count from 1, but epoch " + epoch + " was to be decided");
        }
        pages = List.copyOf(pages);
        notes = Map.copyOf(notes);
    }

    /** An epoch without notes. */
    public static EpochSnapshot of(long epoch, StatePage... pages) {
        return new EpochSnapshot(epoch, List.of(pages), Map.of());
    }
}
