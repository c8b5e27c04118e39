package dev.waxwing.testing;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/** A clock that stands still until a test moves it. Thread-safe. */
public final class ManualClock implements InstantSource, Supplier<Instant>, Serializable {

    private static final long serialVersionUID = 1L;

    private volatile Instant now;

    private ManualClock(Instant now) {
        this.now = now;
    }

    public static ManualClock at(Instant now) {
        return new ManualClock(now);
    }

    /** At midnight of the first of January 2026, UTC: when it does not matter. */
    public static ManualClock start() {
        return new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public Instant get() {
        return now;
    }

    /** Moves it on, or back if {@code duration} is negative. */
    public synchronized void advance(Duration duration) {
        now = now.plus(duration);
    }

    public synchronized void set(Instant instant) {
        now = instant;
    }

    /** Moves it on to {@code instant}, never back. */
    public synchronized void advanceTo(Instant instant) {
        if (instant.isAfter(now)) {
            now = instant;
        }
    }

    @Override
    public String toString() {
        return "ManualClock(" + now + ")";
    }
}
