package dev.waxwing.source;

import dev.waxwing.internal.Elapsed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** When to poll next. Confined to the thread of the partition. */
final class PollTimes {

    /*
     * Polls that are aligned go by the wall clock, as they are meant to fall on its hours; all others by the time
     * that has passed since the first, so that it does not matter what the wall clock is set to.
     */
    private static final System.Logger LOG = System.getLogger(PollTimes.class.getName());

    private final InstantSource wall;
    private final Duration interval;
    private final String stepId;
    private final boolean aligned;
    private final Instant started;
    private final Elapsed elapsed;
    private Instant plannedAt;
    private Instant scheduled;

    private PollTimes(
            InstantSource wall, Duration interval, @Nullable Instant alignTo, String stepId) {
        this.wall = wall;
        this.interval = interval;
        this.stepId = stepId;
        this.aligned = alignTo != null;
        this.elapsed = Elapsed.by(wall);
        this.started = wall.instant();
        this.plannedAt = started;
        this.scheduled = alignTo == null ? started : firstFrom(started, alignTo, interval);
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

    /** The time of the next poll, as the wall clock stands now. */
    Instant next() {
        return aligned ? scheduled : elapsed.instantAt(Duration.between(started, scheduled));
    }

    boolean isDue() {
        Instant now = now();
        if (aligned && !plannedAt.minus(interval).isBefore(now)) {
            /* The wall clock was set back by more than an interval: not all of that is waited for. */
            plan(now, firstFrom(now, scheduled, interval));
        }
        return !now.isBefore(scheduled);
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
        plan(now, planned);
    }

    /** The next poll is so long after this one was scheduled, or after now if it was late. */
    void planAfter(Duration after) {
        Instant now = now();
        plan(now, (now.isAfter(scheduled) ? now : scheduled).plus(after));
    }

    private void plan(Instant now, Instant next) {
        plannedAt = now;
        scheduled = next;
    }

    private Instant now() {
        return aligned ? wall.instant() : started.plus(elapsed.get());
    }

    /* The first whole interval before or after a time that is not before now. */
    private static Instant firstFrom(Instant now, Instant mark, Duration interval) {
        long whole = Duration.between(mark, now).dividedBy(interval);
        Instant slot = mark.plus(interval.multipliedBy(whole));
        return slot.isBefore(now) ? slot.plus(interval) : slot;
    }
}
