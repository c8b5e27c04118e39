package dev.waxwing.embedded.delivery;

import dev.waxwing.recovery.ByteInput;
import dev.waxwing.recovery.ByteOutput;
import dev.waxwing.recovery.Segments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which items of an outbox a target has rejected; kept beside the outbox, under its name. */
final class Rejections {

    /** How the name of the segment ends. */
    static final String SUFFIX = ".rejected";

    private final Segments segments;
    private final String outbox;
    private final TreeMap<Long, String> reasons = new TreeMap<>();

    private Rejections(Segments segments, String outbox) {
        this.segments = segments;
        this.outbox = outbox;
    }

    /** What was recorded for an outbox. */
    static Rejections read(Segments segments, String outbox) {
        Rejections rejections = new Rejections(segments, outbox);
        byte[] stored = segments.get(outbox + SUFFIX);
        if (stored != null) {
            ByteInput in = new ByteInput(stored);
            while (in.remaining() > 0) {
                long place = in.readVarLong();
                rejections.reasons.put(place, in.readText(in.readVarLong()));
            }
        }
        return rejections;
    }

    /** Reasons by place, ascending. */
    Map<Long, String> reasons() {
        return reasons;
    }

    /** Adds some, and makes them durable. */
    void add(Map<Long, String> more) {
        reasons.putAll(more);
        ByteOutput out = new ByteOutput();
        List<Map.Entry<Long, String>> all = new ArrayList<>(reasons.entrySet());
        for (Map.Entry<Long, String> each : all) {
            out.writeVarLong(each.getKey());
            out.writeText(each.getValue(), 0);
        }
        segments.put(outbox + SUFFIX, out.toByteArray());
    }
}
