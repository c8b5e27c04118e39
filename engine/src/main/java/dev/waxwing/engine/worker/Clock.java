package dev.waxwing.engine.worker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The runtime's two times: one to wait by and one to show. Thread-safe.
 *
 * <p><b>Steady</b> time only ever passes, at the pace of seconds, from 0 when the clock is made.
 * Everything that is a length goes by it: intervals, time-outs, waits, idleness.
 *
 * <p><b>Now</b> is the date and time that users see. It follows the wall clock but never goes back.
 */
public final class Clock {

    /*
     * The wall clock is set by people and by NTP, and stands still while a machine sleeps. If it is ahead of
     * now, now follows at once. If it is behind, now goes on a tenth slower than steady time until the two have
     * met: logic that asked to be woken in ten seconds is woken in eleven, not in an hour and ten seconds, and an
     * execution that lives for months does not stay ahead for good.
     *
     * The wall clock is read before the steady one, so that a thread that is paused between the two readings
     * never takes the pause for a wall clock that is ahead.
     */
    private static final int SLOWER = 10;
    private static final long NANOS_A_MILLI = 1_000_000;

    private final LongSupplier nanos;
    private final LongSupplier work;
    private final InstantSource wall;
    private final boolean virtual;
    private final long startNanos;
    private volatile Reading last;

    private Clock(LongSupplier nanos, LongSupplier work, InstantSource wall, boolean virtual) {
        this.nanos = nanos;
        this.work = work;
        this.wall = wall;
        this.virtual = virtual;
        long wallMillis = wall.millis();
        this.startNanos = nanos.getAsLong();
        this.last = new Reading(0, wallMillis, wallMillis * 1_000);
    }

    /** The time of this machine. */
    public static Clock system() {
        return of(InstantSource.system());
    }

    /** The time of this machine with another wall clock. */
    public static Clock of(InstantSource wall) {
        return new Clock(System::nanoTime, System::nanoTime, wall, false);
    }

    /** A simulation's time: steady as {@code nanos} are, whatever {@code wall} is set to. */
    public static Clock virtual(LongSupplier nanos, InstantSource wall) {
        return new Clock(nanos, nanos, wall, true);
    }

    /** The same clock with another time to measure work by. */
    public Clock working(LongSupplier nanosOfWork) {
        return new Clock(nanos, nanosOfWork, wall, virtual);
    }

    /** Nanoseconds from some time, to measure by how long work takes. */
    public long workNanos() {
        return work.getAsLong();
    }

    /** Whether time is simulated: then nothing has a thread of its own. */
    public boolean isVirtual() {
        return virtual;
    }

    /** Milliseconds that have passed. */
    public long steadyMillis() {
        return steadyNanos() / NANOS_A_MILLI;
    }

    /** What {@link #steadyMillis} will be in so long; {@link Long#MAX_VALUE} if it never will. */
    public long steadyMillisIn(Duration wait) {
        try {
            long end = Math.addExact(steadyNanos(), wait.toNanos());
            return -Math.floorDiv(-end, NANOS_A_MILLI);
        } catch (ArithmeticException e) {
            return wait.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /**
     * What {@link #steadyMillis} will be at an instant of the wall clock, as that stands now. What
     * it is set to later does not matter any more.
     */
    public long steadyMillisAt(Instant instant) {
        return steadyMillisIn(until(instant));
    }

    /**
     * How long it is to an instant of the wall clock, as that stands now; negative if it has
     * passed.
     */
    public Duration until(Instant instant) {
        return Duration.between(wall.instant(), instant);
    }

    /** Now, in milliseconds since 1970. */
    public long nowMillis() {
        long wallMillis = wall.millis();
        long steadyNanos = steadyNanos();
        Reading reading = last;
        if (wallMillis != reading.wallMillis
                || steadyNanos - reading.steadyNanos >= NANOS_A_MILLI) {
            reading = read();
        }
        return Math.floorDiv(reading.nowMicros, 1_000);
    }

    private synchronized Reading read() {
        Reading before = last;
        long wallMillis = wall.millis();
        long steadyNanos = steadyNanos();
        long passedMicros = TimeUnit.NANOSECONDS.toMicros(steadyNanos - before.steadyNanos);
        long slowerMicros = before.nowMicros + passedMicros - passedMicros / SLOWER;
        last = new Reading(steadyNanos, wallMillis, Math.max(wallMillis * 1_000, slowerMicros));
        return last;
    }

    private long steadyNanos() {
        return nanos.getAsLong() - startNanos;
    }

    private record Reading(long steadyNanos, long wallMillis, long nowMicros) {}
}
