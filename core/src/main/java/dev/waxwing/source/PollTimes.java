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
    private Instant scheduled;

    private PollTimes(InstantSource clock, Duration interval, String stepId, Instant first) {
        this.clock = clock;
        this.interval = interval;
        this.stepId = stepId;
        this.scheduled = first;
    }

    /** The first poll is at once, or at the first aligned time that has not passed. */
    static PollTimes from(
            InstantSource clock, Duration interval, @Nullable Instant alignTo, String stepId) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException(
                    "the interval of a polling source must be longer than zero, but was "
                            + interval);
        }
        Instant now = clock.instant();
        Instant first = alignTo == null ? now : firstFrom(now, alignTo, interval);
        return new PollTimes(clock, interval, stepId, first);
    }

    /** The time of the next poll. */
    Instant next() {
        return scheduled;
    }

    boolean isDue() {
        return !clock.instant().isBefore(scheduled);
    }

    /** The poll has been made: the next is an interval after it, those missed are left out. */
    void planInterval() {
        Instant now = clock.instant();
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

    /** The next poll is so long after this one was scheduled. */
    void planAfter(Duration after) {
        scheduled = scheduled.plus(after);
    }

    /* The first whole interval before or after a time that is not before now. */
    private static Instant firstFrom(Instant now, Instant mark, Duration interval) {
        long whole = Duration.between(mark, now).dividedBy(interval);
        Instant slot = mark.plus(interval.multipliedBy(whole));
        return slot.isBefore(now) ? slot.plus(interval) : slot;
    }
}
