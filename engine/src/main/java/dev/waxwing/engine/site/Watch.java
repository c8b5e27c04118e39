package dev.waxwing.engine.site;

import dev.waxwing.plan.core.CoreStep;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads of an execution, and whether they are in a call that does not return: whoever waits
 * for such a call learns from the log which step's it is. Thread-safe.
 */
public final class Watch {

    /*
     * A thread counts the turns that it takes, which is odd during one. Whoever looks finds the same odd number again
     * and again if it is stuck. So nobody reads a clock but the one who looks.
     */

    /** How long a turn may take without a word; turns are bounded by far less. */
    private static final long FIRST_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** The longest time between two words about the same turn; it doubles from the first. */
    private static final long LAST_NANOS = TimeUnit.HOURS.toNanos(1);

    private static final int FRAMES_MAX = 12;

    private final Map<Thread, Entry> entries = new ConcurrentHashMap<>();

    /** Tells whose code a thread is in, by its stack. */
    @FunctionalInterface
    public interface Place {
        @Nullable String in(StackTraceElement[] stack);
    }

    /** The calling thread belongs to the execution, until {@link #leave}. */
    public Entry enter(Place place) {
        Entry entry = new Entry(Thread.currentThread(), place);
        entries.put(entry.thread, entry);
        return entry;
    }

    /** The calling thread ends. */
    public void leave() {
        entries.remove(Thread.currentThread());
    }

    /** Whether the calling thread is one of the execution's. */
    public boolean isOwn() {
        return entries.containsKey(Thread.currentThread());
    }

    /** The calling thread makes a call of a step from now on, or, for null, none. */
    public void at(@Nullable CoreStep step) {
        Entry entry = entries.get(Thread.currentThread());
        if (entry != null) {
            entry.at = step;
            entry.ends();
            entry.begins();
        }
    }

    /** How messages call a thread: by its name, and the step whose code it is in. */
    public String named(Thread thread) {
        Entry entry = entries.get(thread);
        String place = entry == null ? null : entry.placeIn(stackOf(thread));
        return "thread '" + thread.getName() + "'" + (place == null ? "" : ", in " + place + ",");
    }

    /**
     * Looks at all threads; to be called now and then, on one thread.
     *
     * @param nanos the time of {@link System#nanoTime}
     */
    public void look(long nanos) {
        for (Entry entry : entries.values()) {
            if (entry.isDue(nanos)) {
                tryToWarn(entry, nanos);
            }
        }
    }

    /* A log that fails, or no memory for a text, must not end the looking. */
    private static void tryToWarn(Entry entry, long nanos) {
        try {
            warn(entry, nanos);
        } catch (Throwable nextTime) {
            assert entry.waitNanos > FIRST_NANOS;
        }
    }

    private static void warn(Entry entry, long nanos) {
        StackTraceElement[] stack = stackOf(entry.thread);
        String place = entry.placeIn(stack);
        if (place == null || !entry.isStillAt()) {
            return;
        }
        StringBuilder where = new StringBuilder();
        for (int i = 0; i < Math.min(FRAMES_MAX, stack.length); i++) {
            where.append(System.lineSeparator()).append("\tat ").append(stack[i]);
        }
        System.getLogger(Watch.class.getName())
                .log(
                        System.Logger.Level.WARNING,
                        place
                                + ": a call has not returned for "
                                + TimeUnit.NANOSECONDS.toSeconds(nanos - entry.sinceNanos)
                                + " s on thread '"
                                + entry.thread.getName()
                                + "', and what comes behind it waits; if it waits for something"
                                + " outside, see to that, and give the call a time-out. It is in:"
                                + where);
    }

    /* Some JDKs show the classes of links, which are hidden, only when they are asked for all threads. */
    private static StackTraceElement[] stackOf(Thread thread) {
        StackTraceElement[] all = Thread.getAllStackTraces().get(thread);
        return all == null ? thread.getStackTrace() : all;
    }

    /** A thread of the execution. */
    public static final class Entry {

        private final Thread thread;
        private final Place place;
        private final AtomicInteger turn = new AtomicInteger();

        private volatile @Nullable CoreStep at;

        // of whoever looks
        private int seen;
        private long sinceNanos;
        private long waitNanos;

        private Entry(Thread thread, Place place) {
            this.thread = thread;
            this.place = place;
        }

        /** The thread does something that ends soon. Called by the thread, as is {@link #ends}. */
        public void begins() {
            turn.lazySet(turn.getPlain() | 1);
        }

        /** It has ended. */
        public void ends() {
            turn.lazySet((turn.getPlain() | 1) + 1);
        }

        private @Nullable String placeIn(StackTraceElement[] stack) {
            CoreStep step = at;
            return step == null ? place.in(stack) : "step '" + step.userStep() + "'";
        }

        private boolean isDue(long nanos) {
            int now = turn.get();
            if (now != seen || (now & 1) == 0) {
                seen = now;
                sinceNanos = nanos;
                waitNanos = FIRST_NANOS;
                return false;
            }
            if (nanos - sinceNanos < waitNanos) {
                return false;
            }
            waitNanos += Math.min(waitNanos, LAST_NANOS);
            return true;
        }

        private boolean isStillAt() {
            return turn.get() == seen;
        }
    }
}
