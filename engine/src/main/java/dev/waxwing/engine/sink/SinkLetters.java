package dev.waxwing.engine.sink;

import dev.waxwing.engine.link.DeadMarks;
import dev.waxwing.engine.link.Link;
import dev.waxwing.engine.site.StepCounts;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.step.DeadLetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sink puts aside, if its step has dead letters, and the marks between. Confined to the
 * worker.
 */
public final class SinkLetters {

    /*
     * An item that is put aside goes on as one of its lane if a watermark step is there to ask, and until that is known the sink holds
     * the lane.
     */
    private final @Nullable Link to;
    private final StepSite site;
    private final StepCounts counts;
    private final DeadMarks marks;
    private final boolean keepsLanes;

    /**
     * @param to takes dead letters, or null if the step has none
     * @param keepsLanes whether a link behind asks for the lanes of dead letters
     */
    public SinkLetters(@Nullable Link to, StepSite site, boolean keepsLanes) {
        this.to = to;
        this.site = site;
        this.counts = site.counts();
        this.marks = new DeadMarks(to);
        this.keepsLanes = keepsLanes;
    }

    SinkBatch newBatch() {
        return new SinkBatch(keepsLanes);
    }

    /** An item has come. */
    void hold(SinkBatch batch, Object item) {
        int lane = site.stage().lane();
        batch.add(item, lane);
        if (keepsLanes) {
            site.stage().hold(lane);
        }
    }

    /** Items of a batch were stored. */
    void stored(SinkBatch batch, int[] butThese) {
        stored(batch);
        if (keepsLanes) {
            for (int index : butThese) {
                site.stage().hold(batch.lane(index));
            }
        }
    }

    /** All items of a batch were stored. */
    void stored(SinkBatch batch) {
        if (keepsLanes) {
            for (int i = 0; i < batch.size(); i++) {
                site.stage().letGo(batch.lane(i));
            }
        }
    }

    /** Puts the items of a batch aside. */
    void putAside(SinkBatch batch, Link letters, Throwable cause) {
        for (int from = 0, end; from < batch.size(); from = end) {
            int lane = batch.lane(from);
            end = from + 1;
            while (end < batch.size() && batch.lane(end) == lane) {
                end++;
            }
            List<Object> items = batch.items.subList(from, end);
            site.stage().passAs(lane, letters::flush, () -> putAside(items, lane, letters, cause));
        }
    }

    private void putAside(List<Object> items, int lane, Link letters, Throwable cause) {
        for (Object item : items) {
            counts.dead++;
            letters.push(null, letter(item, cause));
            if (keepsLanes) {
                site.stage().letGo(lane);
            }
        }
    }

    private DeadLetter letter(Object item, Throwable cause) {
        return new DeadLetter(site.stepId(), null, item, site.epoch(), cause);
    }

    /** Takes dead letters, or null if the step has none. */
    @Nullable Link link() {
        return to;
    }

    void flush() {
        if (to != null) {
            to.flush();
        }
    }

    void watermark(long micros) {
        if (to != null) {
            marks.add(micros);
        }
    }

    /** What the sink has been given was stored or put aside, so that marks may pass. */
    void passMarks() {
        marks.passOn();
    }

    /** The epoch ends: all that was put aside of it has been passed on. */
    void barrier(long epoch) {
        marks.passOn();
        if (to != null) {
            to.barrier(epoch);
        }
    }

    /** The input has ended. */
    void end() {
        if (to != null) {
            marks.passOn();
            to.end();
        }
    }

    /** The marks between the letters. */
    DeadMarks marks() {
        return marks;
    }

    /** Passes on an item that was counted as stored, here or in an earlier execution. */
    void rejected(Object item, Link letters, Throwable cause) {
        counts.stored--;
        counts.dead++;
        letters.push(null, letter(item, cause));
    }
}
