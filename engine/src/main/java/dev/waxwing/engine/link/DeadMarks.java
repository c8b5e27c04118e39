package dev.waxwing.engine.link;

import dev.waxwing.engine.channel.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The watermarks of a sink's dead letters: they stay behind the items that the sink holds and may
 * still put aside. Confined to the worker.
 */
public final class DeadMarks {

    private final @Nullable Link dead;
    private final TreeMap<Long, List<Long>> byEpoch = new TreeMap<>();
    private List<Long> open = new ArrayList<>();

    public DeadMarks(@Nullable Link dead) {
        this.dead = dead;
    }

    /** Takes a mark that stands for those before it. */
    public void add(long micros) {
        if (micros != Mark.Watermark.IDLE) {
            open.clear();
        }
        open.add(micros);
    }

    /** All items before the marks have been dealt with. */
    public void passOn() {
        pass(open);
        open.clear();
    }

    /** What is put aside of the items before is known when the epoch is done. */
    public void endEpoch(long epoch) {
        if (!open.isEmpty()) {
            byEpoch.put(epoch, open);
            open = new ArrayList<>();
        }
    }

    /** The epochs up to this one are done, and what was rejected has been put aside. */
    public void passUpTo(long epoch) {
        while (!byEpoch.isEmpty() && byEpoch.firstKey() <= epoch) {
            pass(byEpoch.pollFirstEntry().getValue());
        }
    }

    private void pass(List<Long> marks) {
        if (dead != null && !marks.isEmpty()) {
            dead.flush();
            marks.forEach(dead::watermark);
        }
    }
}
