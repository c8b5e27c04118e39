package dev.waxwing.engine.link;

import dev.waxwing.engine.channel.Mark;
import dev.waxwing.engine.site.ChangeLog;
import dev.waxwing.engine.site.Polled;
import dev.waxwing.engine.site.StageSite;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.step.WatermarkOptions;
import dev.waxwing.windowing.Micros;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How far the time in the data has come, lane by lane: a source partition or a sending worker each.
 * Confined to the worker.
 */
public final class LaneTimes implements Polled {

    /*
     * An item costs a comparison with the newest of its lane. Which lanes exist and when they were last heard
     * of is looked at with the first item of an activation, or of another lane (benchmark W3).
     *
     * A lane is idle when it has been silent for long enough, which is known only of a lane that has been asked: one that could not
     * be read, as the stage rested, or of which something is held before this step, is waited for. It stays idle until its next item.
     *
     * The newest of what is of no lane comes first. It moves the time only if nobody is waited for. The newest of an earlier execution
     * is there, too, so that a restart does not lose how far the one that is ahead had come.
     */
    private static final int NOT_HEARD = Integer.MIN_VALUE;

    private final Link next;
    private final StepSite site;
    private final StageSite stage;
    private final long outOfOrderMicros;
    private final long idleMillis;
    private final @Nullable ChangeLog changes;
    private long[] newest = {Mark.Watermark.NONE};
    private long[] seenMillis = {};
    private boolean[] idle = {};
    private Watermarks times = new Watermarks(0);
    private int seenLane = NOT_HEARD;
    private int lookedCount = -1;
    private long saved = Mark.Watermark.NONE;
    private boolean begun;
    private boolean ended;

    /** The time was not looked at, as something was waited for. */
    private boolean owed;

    /**
     * @param next takes the watermarks
     * @param changes takes the newest time of each epoch, or null if nothing is recorded
     */
    public LaneTimes(
            WatermarkOptions eventTime, Link next, StepSite site, @Nullable ChangeLog changes) {
        this.next = next;
        this.site = site;
        this.stage = site.stage();
        this.outOfOrderMicros = Micros.of(eventTime.outOfOrderness());
        this.idleMillis = Math.max(1, Micros.of(eventTime.idleTimeout()) / 1_000);
        this.changes = changes;
    }

    /** The newest time that a worker had seen at the epoch that is restored. */
    public void restore(long micros) {
        newest[0] = Math.max(newest[0], micros);
        saved = newest[0];
    }

    /** The lane that has been heard last in this activation, or a number that is none. */
    int lane() {
        return seenLane;
    }

    /** Items of a lane begin to come. */
    void hear(int lane) {
        begin();
        if (lane != StageSite.NO_LANE) {
            seenMillis[lane] = site.steadyMillis();
            idle[lane] = false;
        }
        seenLane = lane;
    }

    /** An item of the lane that is heard happened then. */
    void saw(int lane, long micros) {
        if (micros > newest[lane + 1]) {
            newest[lane + 1] = micros;
        }
    }

    /** The activation's items have been passed on; passes the watermark on if it has moved. */
    void endActivation() {
        if (seenLane != NOT_HEARD) {
            seenLane = NOT_HEARD;
            advance();
        }
    }

    /**
     * What is known goes before the barrier, so that the epoch's watermark, which is stored, does
     * not hang on whether a worker without partitions has run before.
     */
    void endEpoch() {
        if (!ended) {
            advance();
        }
        long most = Arrays.stream(newest).max().orElseThrow();
        if (changes != null && most > saved) {
            saved = most;
            changes.put("worker " + site.workerIndex(), most);
        }
    }

    /** The input has ended; what is known goes before the end. */
    void end() {
        begin();
        look();
        times.passTime(next);
        ended = true;
    }

    @Override
    public boolean poll() {
        begin();
        boolean due = owed || lastingCount() != lookedCount || dueMillis() <= site.steadyMillis();
        if (ended || !due) {
            return false;
        }
        next.flush();
        return advance();
    }

    /** When the next lane becomes idle, as far as that is known. */
    @Override
    public long dueMillis() {
        long due = Long.MAX_VALUE;
        if (ended || !begun || isWaiting()) {
            return due;
        }
        for (int lane = 0; lane < idle.length; lane++) {
            if (!idle[lane] && !stage.isLaneEnded(lane)) {
                long idleFrom = seenMillis[lane] + idleMillis;
                if (idleFrom > site.steadyMillis() || stage.silentMillis(lane) >= idleFrom) {
                    due = Math.min(due, idleFrom);
                }
            }
        }
        return due;
    }

    private boolean advance() {
        begin();
        owed = isWaiting();
        if (owed) {
            return false;
        }
        look();
        return times.passOn(next);
    }

    private void look() {
        lookedCount = lastingCount();
        times.set(0, bounded(newest[0]));
        times.end(0);
        for (int lane = 0; lane < idle.length; lane++) {
            times.set(lane + 1, bounded(newest[lane + 1]));
            if (stage.isLaneEnded(lane)) {
                times.end(lane + 1);
            } else if (isIdle(lane)) {
                idle[lane] = true;
                times.set(lane + 1, Mark.Watermark.IDLE);
            }
        }
    }

    private boolean isIdle(int lane) {
        return idle[lane] || stage.silentMillis(lane) >= seenMillis[lane] + idleMillis;
    }

    /* What was not finished when an earlier execution ended comes first: it has lost its lane, and nothing else can wait for it. */
    private boolean isWaiting() {
        return stage.isSettling() || stage.isHolding(StageSite.NO_LANE);
    }

    /** How many lanes have not ended: one that has holds nothing back from then on. */
    private int lastingCount() {
        int count = 0;
        for (int lane = 0; lane < idle.length; lane++) {
            count += stage.isLaneEnded(lane) ? 0 : 1;
        }
        return count;
    }

    /* Lanes exist when all partitions are open. */
    private void begin() {
        if (begun) {
            return;
        }
        begun = true;
        int lanes = stage.laneCount();
        long restored = newest[0];
        newest = new long[lanes + 1];
        Arrays.fill(newest, Mark.Watermark.NONE);
        newest[0] = restored;
        seenMillis = new long[lanes];
        Arrays.fill(seenMillis, site.steadyMillis());
        idle = new boolean[lanes];
        times = new Watermarks(lanes + 1);
    }

    private long bounded(long micros) {
        return Micros.plus(micros, -outOfOrderMicros);
    }
}
