package dev.waxwing.embedded.delivery;

import dev.waxwing.recovery.ByteInput;
import dev.waxwing.recovery.ByteOutput;
import dev.waxwing.recovery.Segments;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which items of an outbox a target has rejected, and why: kept in memory, and in segments beside
 * the outbox, one for each time that some were rejected.
 */
final class Rejections {

    private final Segments segments;
    private final String outbox;
    private final TreeMap<Long, String> reasons = new TreeMap<>();
    private int added;

    Rejections(Segments segments, String outbox) {
        this.segments = segments;
        this.outbox = outbox;
    }

    /** Reads what an earlier execution has recorded. */
    void read() {
        byte[] stored;
        while ((stored = segments.get(name(added))) != null) {
            added++;
            ByteInput in = new ByteInput(stored);
            while (in.remaining() > 0) {
                long place = in.readVarLong();
                reasons.put(place, in.readText(in.readVarLong()));
            }
        }
    }

    /** Reasons by place; a view. */
    SortedMap<Long, String> reasons() {
        return Collections.unmodifiableSortedMap(reasons);
    }

    /** The segments in which they are. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < added; i++) {
            names.add(name(i));
        }
        return names;
    }

    /** Adds some, and makes them durable. */
    void add(SortedMap<Long, String> more) {
        ByteOutput out = new ByteOutput();
        more.forEach(
                (place, why) -> {
                    out.writeVarLong(place);
                    out.writeText(why, 0);
                });
        segments.put(name(added), out.toByteArray());
        added++;
        reasons.putAll(more);
    }

    private String name(int addition) {
        return outbox + ".rejected." + addition;
    }
}
