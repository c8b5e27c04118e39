package dev.waxwing.internal;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How much time has passed since it was made, for partitions that wait, whatever the wall clock is
 * set to meanwhile. Not thread-safe.
 */
public final class Elapsed {

    /*
     * The machine has a clock that nobody sets. A test's clock has not: there it counts what the clock moves on
     * between two calls, and nothing if it was set back.
     */
    private final InstantSource clock;
    private final boolean machine;
    private final long startNanos = System.nanoTime();
    private Instant last;
    private Duration passed = Duration.ZERO;

    private Elapsed(InstantSource clock) {
        this.clock = clock;
        this.machine = clock.equals(InstantSource.system());
        this.last = clock.instant();
    }

    /** Counts from now on, by {@link InstantSource#system} or by the clock of a test. */
    public static Elapsed by(InstantSource clock) {
        return new Elapsed(clock);
    }

    /** How much has passed; never less than before. */
    public Duration get() {
        if (machine) {
            return Duration.ofNanos(System.nanoTime() - startNanos);
        }
        Instant now = clock.instant();
        if (now.isAfter(last)) {
            passed = passed.plus(Duration.between(last, now));
        }
        last = now;
        return passed;
    }

    /**
     * What the wall clock will show when so much has passed, if nobody sets it: what {@code
     * nextAwake} returns.
     */
    public Instant instantAt(Duration mark) {
        Instant now = clock.instant();
        try {
            return now.plus(mark.minus(get()));
        } catch (ArithmeticException | DateTimeException e) {
            return Instant.MAX;
        }
    }
}
