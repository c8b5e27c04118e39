package dev.waxwing;

import dev.waxwing.state.LogicContext;
import dev.waxwing.windowing.Micros;
import java.time.Duration;
import java.time.Instant;

/** What a logic sees of its runner, moved by hand. */
public final class HandContext implements LogicContext<String> {

    private long nowMillis;
    private long watermark = Long.MIN_VALUE;
    private long lateness;
    private long lateBefore = Long.MIN_VALUE;

    /** It is noon of a day in 2022, and the stream has no time. */
    public HandContext() {
        this(Instant.parse("2022-01-01T12:00:00Z").toEpochMilli());
    }

    /** It is so many milliseconds after 1970, and the stream has no time. */
    public HandContext(long nowMillis) {
        this.nowMillis = nowMillis;
    }

    /** Moves the runtime's time on, or back. */
    public void advance(Duration duration) {
        nowMillis += duration.toMillis();
    }

    public void watermark(long micros) {
        watermark = micros;
        lateBefore = Math.max(lateBefore, Micros.plus(micros, -lateness));
    }

    /** The step allows so much lateness from now on. */
    public void allowLateness(Duration allowed) {
        lateness = Micros.of(allowed);
        watermark(watermark);
    }

    @Override
    public String key() {
        return "a";
    }

    @Override
    public long watermarkMicros() {
        return watermark;
    }

    @Override
    public long lateBeforeMicros() {
        return lateBefore;
    }

    @Override
    public String stepId() {
        return "flow.step";
    }

    @Override
    public int workerIndex() {
        return 0;
    }

    @Override
    public int workerCount() {
        return 1;
    }

    @Override
    public long epoch() {
        return 1;
    }

    @Override
    public Instant now() {
        return Instant.ofEpochMilli(nowMillis);
    }

    @Override
    public long nowMillis() {
        return nowMillis;
    }

    @Override
    public long runningMillis() {
        return nowMillis;
    }

    @Override
    public void count(String counterName, long amount) {
        throw new AssertionError("nothing is counted");
    }
}
