package dev.waxwing.embedded.link;

import dev.waxwing.EventTime;
import dev.waxwing.embedded.channel.Mark;
import dev.waxwing.windowing.Micros;
import java.util.Arrays;

/**
 * How far the time in the data has come, lane by lane: a source partition or a sending worker each.
 * Confined to the worker.
 */
public final class LaneTimes implements Polled {

    /*
     * An item costs a comparison with the newest of its lane. Which lanes exist and when they were last heard
     * of is looked at with the first item of an activation, or of another lane (benchmark W3).
     */
    private static final int NO_LANE = -1;

    private final Link next;
    private final StepSite site;
    private final StageSite stage;
    private final long outOfOrderMicros;
    private final long idleMillis;
    private long[] newest = {};
    private long[] seenMillis = {};
    private int seenLane = NO_LANE;
    private long lookedMillis = Long.MIN_VALUE;
    private int lookedCount;
    private long emitted = Mark.Watermark.NONE;
    private boolean idle;
    private boolean ended;

    /**
     * @param next takes the watermarks
     */
    public LaneTimes(EventTime eventTime, Link next, StepSite site) {
        this.next = next;
        this.site = site;
        this.stage = site.stage();
        this.outOfOrderMicros = Micros.of(eventTime.outOfOrderness());
        this.idleMillis = Math.max(1, Micros.of(eventTime.idleTimeout()) / 1_000);
    }

    /** The lane that has been heard last in this activation, or a number that is none. */
    int lane() {
        return seenLane;
    }

    /** Items of a lane begin to come. */
    void hear(int lane) {
        lanes();
        seenMillis[lane] = site.steadyMillis();
        seenLane = lane;
    }

    /** An item of the lane that is heard happened then. */
    void saw(int lane, long micros) {
        if (micros > newest[lane]) {
            newest[lane] = micros;
        }
    }

    /** The activation's items have been passed on; passes the watermark on if it has moved. */
    void endActivation() {
        if (seenLane != NO_LANE) {
            seenLane = NO_LANE;
            advance();
        }
    }

    /**
     * What is known goes before the barrier, so that the epoch's watermark, which is stored, does
     * not hang on whether a worker without partitions has run before.
     */
    void endEpoch() {
        if (!ended) {
            lanes();
            advance();
        }
    }

    /** The input has ended. */
    void end() {
        ended = true;
    }

    @Override
    public boolean poll() {
        lanes();
        boolean due = lastingCount() != lookedCount || dueMillis() <= site.steadyMillis();
        return !ended && due && advance();
    }

    /** When the next lane becomes idle that was not when the lanes were last looked at. */
    @Override
    public long dueMillis() {
        if (ended || idle) {
            return Long.MAX_VALUE;
        }
        long due = Long.MAX_VALUE;
        for (int lane = 0; lane < seenMillis.length; lane++) {
            long idleFrom = seenMillis[lane] + idleMillis;
            if (idleFrom > lookedMillis && !hasEnded(lane)) {
                due = Math.min(due, idleFrom);
            }
        }
        return due;
    }

    private boolean advance() {
        lookedMillis = site.steadyMillis();
        lookedCount = lastingCount();
        long least = Mark.Watermark.IDLE;
        for (int lane = 0; lane < newest.length; lane++) {
            if (!hasEnded(lane) && seenMillis[lane] + idleMillis > lookedMillis) {
                least = Math.min(least, bounded(newest[lane]));
            }
        }
        if (least == Mark.Watermark.IDLE) {
            boolean news = !idle;
            idle = true;
            if (news) {
                next.watermark(Mark.Watermark.IDLE);
            }
            return news;
        }
        boolean back = idle;
        idle = false;
        if (least > emitted || (back && emitted != Mark.Watermark.NONE)) {
            emitted = Math.max(emitted, least);
            next.watermark(emitted);
            return true;
        }
        return false;
    }

    /** How many lanes have not ended: one that has holds nothing back from then on. */
    private int lastingCount() {
        int count = 0;
        for (int lane = 0; lane < newest.length; lane++) {
            count += hasEnded(lane) ? 0 : 1;
        }
        return count;
    }

    private boolean hasEnded(int lane) {
        return lane < stage.laneCount() && stage.isLaneEnded(lane);
    }

    private void lanes() {
        if (newest.length != Math.max(1, stage.laneCount())) {
            begin(stage.laneCount());
        }
    }

    /* A worker that reads nothing has calls to make again all the same: one lane, idle for now. */
    private void begin(int fed) {
        newest = new long[Math.max(1, fed)];
        Arrays.fill(newest, Mark.Watermark.NONE);
        seenMillis = new long[newest.length];
        Arrays.fill(seenMillis, fed == 0 ? site.steadyMillis() - idleMillis : site.steadyMillis());
    }

    private long bounded(long micros) {
        return Micros.plus(micros, -outOfOrderMicros);
    }
}
