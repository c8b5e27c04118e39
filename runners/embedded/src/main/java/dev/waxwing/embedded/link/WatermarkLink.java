package dev.waxwing.embedded.link;

import dev.waxwing.EventTime;
import dev.waxwing.embedded.channel.Mark;
import dev.waxwing.function.Mapper;
import dev.waxwing.windowing.Micros;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Marks a stream with event time, lane by lane: a source partition or a sending worker each. */
public final class WatermarkLink implements Link, Polled {

    private final Mapper<Object, Instant> timestamp;
    private final Link next;
    private final StepSite site;
    private final StepSite feeder;
    private final long outOfOrderMicros;
    private final long idleMillis;
    private long[] newest = {};
    private long[] seenMillis = {};
    private long emitted = Mark.Watermark.NONE;
    private boolean idle;
    private boolean ended;
    private boolean touched;

    public WatermarkLink(
            Mapper<Object, Instant> timestamp,
            EventTime eventTime,
            Link next,
            StepSite site,
            StepSite feeder) {
        this.timestamp = timestamp;
        this.next = next;
        this.site = site;
        this.feeder = feeder;
        this.outOfOrderMicros = Micros.of(eventTime.outOfOrderness());
        this.idleMillis = Math.max(1, Micros.of(eventTime.idleTimeout()) / 1_000);
    }

    @Override
    public void push(@Nullable Object key, Object value) {
        site.counts().received++;
        Instant at;
        try {
            at = timestamp.map(value);
        } catch (Throwable thrown) {
            throw site.failedFor("the timestamp function", key, value, thrown);
        }
        if (at == null) {
            throw site.nullFor(value, "the timestamp function");
        }
        int lane = site.stage().lane();
        lanes();
        newest[lane] = Math.max(newest[lane], Micros.of(at));
        seenMillis[lane] = site.nowMillis();
        touched = true;
        next.push(key, value);
    }

    @Override
    public StepSite feeder() {
        return feeder;
    }

    @Override
    public void flush() {
        next.flush();
        if (touched) {
            touched = false;
            advance();
        }
    }

    @Override
    public void barrier(long epoch) {
        next.barrier(epoch);
    }

    @Override
    public void watermark(long micros) {
        /* This step's own event time replaces what came before it. */
    }

    @Override
    public void end() {
        ended = true;
        next.end();
    }

    @Override
    public boolean poll() {
        lanes();
        if (ended || dueMillis() > site.nowMillis()) {
            return false;
        }
        return advance();
    }

    @Override
    public long dueMillis() {
        if (ended || idle) {
            return Long.MAX_VALUE;
        }
        long due = Long.MAX_VALUE;
        for (int lane = 0; lane < seenMillis.length; lane++) {
            if (!isIdle(lane)) {
                due = Math.min(due, seenMillis[lane] + idleMillis);
            }
        }
        return due;
    }

    private boolean advance() {
        long least = Mark.Watermark.IDLE;
        for (int lane = 0; lane < newest.length; lane++) {
            if (!isIdle(lane)) {
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

    private boolean isIdle(int lane) {
        boolean lasts = lane >= site.stage().laneCount() || !site.stage().isLaneEnded(lane);
        return !lasts || site.nowMillis() - seenMillis[lane] >= idleMillis;
    }

    /* A worker that reads nothing has calls to make again all the same: one lane, idle for now. */
    private void lanes() {
        int fed = site.stage().laneCount();
        int lanes = Math.max(1, fed);
        if (newest.length != lanes) {
            newest = new long[lanes];
            Arrays.fill(newest, Mark.Watermark.NONE);
            seenMillis = new long[lanes];
            Arrays.fill(seenMillis, fed == 0 ? site.nowMillis() - idleMillis : site.nowMillis());
        }
    }

    private long bounded(long micros) {
        return Micros.plus(micros, -outOfOrderMicros);
    }
}
