package dev.waxwing.sink;

import java.util.Map;
import java.util.TreeMap;

/**
 * Says which items of a decided epoch a target will never take, whatever is tried. They become dead
 * letters of the step; if it has no such policy the execution stops.
 */
public final class RejectedItemsException extends Exception {

    private static final long serialVersionUID = 1L;

    private final TreeMap<Integer, String> reasons;

    /**
     * @param reasons by index into the list that was given, at least one
     */
    public RejectedItemsException(Map<Integer, String> reasons) {
        super(
                (reasons.size() == 1 ? "1 item was" : reasons.size() + " items were")
                        + " rejected, such as "
                        + first(reasons));
        this.reasons = new TreeMap<>(reasons);
    }

    /** Why, by index into the list that was given; in ascending order. */
    public Map<Integer, String> reasons() {
        return new TreeMap<>(reasons);
    }

    private static Map.Entry<Integer, String> first(Map<Integer, String> reasons) {
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException("reasons must name at least one item");
        }
        return reasons.entrySet().iterator().next();
    }
}
