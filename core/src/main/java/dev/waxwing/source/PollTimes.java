package dev.waxwing.source;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** When to poll next. Confined to the thread of the partition. */
final class PollTimes {

    private static final System.Logger LOG = System.getLogger(PollTimes.class.getName());

    private final InstantSource clock;
    private final Duration interval;
    private final String stepId;
    private final @Nullable Instant alignTo;
    private Instant scheduled;
    private Instant seen;

    private PollTimes(
            InstantSource clock, Duration interval, @Nullable Instant alignTo, String stepId) {
        this.clock = clock;
        this.interval = interval;
        this.alignTo = alignTo;
        this.stepId = stepId;
        this.seen = clock.instant();
        this.scheduled = alignTo == null ? seen : firstFrom(seen, alignTo, interval);
    }

    /** The first poll is at once, or at the first aligned time that has not passed. */
    static PollTimes from(
            InstantSource clock, Duration interval, @Nullable Instant alignTo, String stepId) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException(
                    "the interval of a polling source must be longer than zero, but was "
                            + interval);
        }
        return new PollTimes(clock, interval, alignTo, stepId);
    }

    /** The time of the next poll. */
    Instant next() {
        now();
        return scheduled;
    }

    boolean isDue() {
        return !now().isBefore(scheduled);
    }

    /** The poll has been made: the next is an interval after it, those missed are left out. */
    void planInterval() {
        Instant now = now();
        Instant planned = scheduled.plus(interval);
        if (planned.isBefore(now)) {
            Instant caughtUp = firstFrom(now, planned, interval);
            LOG.log(
                    System.Logger.Level.WARNING,
                    "step ''{0}'' is late and leaves out {1} polls, of {2} to before {3}; polling"
                            + " takes longer than its interval, or the machine stood still",
                    stepId,
                    Duration.between(planned, caughtUp).dividedBy(interval),
                    planned,
                    caughtUp);
            planned = caughtUp;
        }
        scheduled = planned;
    }

    /** The next poll is so long after this one, however late this one was. */
    void planAfter(Duration after) {
        Instant now = now();
        scheduled = (now.isAfter(scheduled) ? now : scheduled).plus(after);
    }

    /* A clock that was set back takes what is planned with it, so that it is not waited for so much longer. */
    private Instant now() {
        Instant now = clock.instant();
        if (now.isBefore(seen)) {
            scheduled =
                    alignTo == null
                            ? scheduled.minus(Duration.between(now, seen))
                            : firstFrom(now, alignTo, interval);
        }
        seen = now;
        return now;
    }

    /* The first whole interval before or after a time that is not before now. */
    private static Instant firstFrom(Instant now, Instant mark, Duration interval) {
        long whole = Duration.between(mark, now).dividedBy(interval);
        Instant slot = mark.plus(interval.multipliedBy(whole));
        return slot.isBefore(now) ? slot.plus(interval) : slot;
    }
}
