package dev.waxwing.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One measured run over a range of positions: a lap for each thread, and the clock that starts when
 * all laps have passed their warm-up.
 */
final class Run {

    private final List<Lap> laps = new ArrayList<>();
    private final AtomicInteger waiting;
    private final Tally tally = new Tally();
    private final long positions;
    private @Nullable Object attachment;
    private volatile long startNanos;
    private long endNanos;

    /**
     * @param threads among which the positions are divided
     * @param warmUp how many positions come before the clock starts
     * @param positions how many are measured after that
     */
    Run(int threads, long warmUp, long positions) {
        this.positions = positions;
        this.waiting = new AtomicInteger(threads);
        long total = warmUp + positions;
        for (int i = 0; i < threads; i++) {
            long first = total * i / threads;
            long end = total * (i + 1) / threads;
            laps.add(new Lap(this, i, first, first + warmUp / threads, end));
        }
    }

    int threads() {
        return laps.size();
    }

    Lap lap(int index) {
        return laps.get(index);
    }

    List<Lap> laps() {
        return laps;
    }

    /** A lap has passed its warm-up; the last one starts the clock. */
    void arrive() {
        if (waiting.decrementAndGet() == 0) {
            startNanos = System.nanoTime();
        }
    }

    boolean isStarted() {
        return waiting.get() <= 0;
    }

    /** Everything is done. */
    void finish() {
        endNanos = System.nanoTime();
    }

    /** What the threads share: made by the first that asks. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    synchronized <A> A attachment(Supplier<A> make) {
        Object made = attachment;
        if (made == null) {
            made = make.get();
            attachment = made;
        }
        return (A) made;
    }

    /** Adds what one thread has got. */
    synchronized void add(Tally part) {
        tally.add(part);
    }

    synchronized Tally tally() {
        return tally;
    }

    /** Measured positions a second. */
    double positionsPerSecond() {
        return positions * 1e9 / (endNanos - startNanos);
    }

    /** What the threads that read the input have allocated for each measured position. */
    double bytesPerPosition() {
        return (double) laps.stream().mapToLong(Lap::allocatedBytes).sum() / positions;
    }

    /** Time on a core, of the threads that read the input, for each measured position. */
    double cpuNanosPerPosition() {
        return (double) laps.stream().mapToLong(Lap::cpuNanos).sum() / positions;
    }

    /** The longest time in which a thread got no further, in milliseconds. */
    double longestGapMillis() {
        return laps.stream().mapToLong(Lap::longestGapNanos).max().orElse(0) / 1e6;
    }
}
