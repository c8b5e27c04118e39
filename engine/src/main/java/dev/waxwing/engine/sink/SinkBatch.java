package dev.waxwing.engine.sink;

import dev.waxwing.engine.site.StageSite;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Items that a partition of a sink is given together, and the lane of each if it is asked for.
 * Confined to the worker, but for the items while they are being written.
 */
final class SinkBatch {

    /** What is handed to the partition. */
    final List<Object> items = new ArrayList<>();

    /** Null if nobody asks for lanes. */
    private final @Nullable List<Integer> lanes;

    SinkBatch(boolean keepsLanes) {
        lanes = keepsLanes ? new ArrayList<>() : null;
    }

    /** Adds an item; the lane counts only if it is kept. */
    void add(Object item, int lane) {
        items.add(item);
        if (lanes != null) {
            lanes.add(lane);
        }
    }

    int size() {
        return items.size();
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    /** The lane of an item, {@link StageSite#NO_LANE} if it is not kept. */
    int lane(int index) {
        return lanes == null ? StageSite.NO_LANE : lanes.get(index);
    }

    /** The items of some indexes. */
    SinkBatch pick(int[] indexes) {
        SinkBatch picked = new SinkBatch(lanes != null);
        for (int index : indexes) {
            picked.add(items.get(index), lane(index));
        }
        return picked;
    }

    void clear() {
        items.clear();
        if (lanes != null) {
            lanes.clear();
        }
    }
}
