package dev.waxwing.engine.delivery;

import dev.waxwing.recovery.codec.ByteInput;
import dev.waxwing.recovery.codec.ByteOutput;
import dev.waxwing.recovery.segment.Segments;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Which items of an outbox a target has rejected, and why: kept in memory, and in segments beside
 * the outbox, one for each time that some were rejected. Added to by one thread at a time; may be
 * read by any.
 */
final class Rejections {

    private final Segments segments;
    private final String outbox;
    private final NavigableMap<Long, String> reasons = new ConcurrentSkipListMap<>();
    private volatile int added;

    Rejections(Segments segments, String outbox) {
        this.segments = segments;
        this.outbox = outbox;
    }

    /** Reads what an earlier execution has recorded. */
    void read() {
        byte[] stored;
        int found = 0;
        while ((stored = segments.get(name(outbox, found))) != null) {
            found++;
            ByteInput in = new ByteInput(stored);
            while (in.remaining() > 0) {
                long place = in.readVarLong();
                reasons.put(place, in.readText(in.readVarLong()));
            }
        }
        added = found;
    }

    /** Reasons by place; a view. */
    SortedMap<Long, String> reasons() {
        return Collections.unmodifiableSortedMap(reasons);
    }

    /** The segments in which they are. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < added; i++) {
            names.add(name(outbox, i));
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
        int addition = added;
        segments.put(name(outbox, addition), out.toByteArray());
        added = addition + 1;
        reasons.putAll(more);
    }

    /** Whether items of an outbox were rejected. */
    static boolean exist(Segments segments, String outbox) {
        return segments.get(name(outbox, 0)) != null;
    }

    private static String name(String outbox, int addition) {
        return outbox + ".rejected." + addition;
    }
}
