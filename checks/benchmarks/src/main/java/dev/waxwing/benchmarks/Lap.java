package dev.waxwing.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** The part of a run that one thread reads, and what is observed meanwhile. */
final class Lap {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Run run;
    private final int index;
    private final long first;
    private final long start;
    private final long end;
    private final List<Long> snapshots = new ArrayList<>();
    private boolean arrived;
    private boolean measuring;
    private long lastNanos;
    private long longestGapNanos;
    private long bytesAtStart;
    private long bytesAtEnd;
    private long cpuAtStart;
    private long cpuAtEnd;

    Lap(Run run, int index, long first, long start, long end) {
        this.run = run;
        this.index = index;
        this.first = first;
        this.start = start;
        this.end = end;
    }

    Run run() {
        return run;
    }

    int index() {
        return index;
    }

    long first() {
        return first;
    }

    /** The position after the last. */
    long end() {
        return end;
    }

    /**
     * Where a batch that begins at a position ends: at most at the end of the warm-up, or of the
     * lap.
     */
    long batchEnd(long position, int size) {
        return Math.min(position + size, position < start ? start : end);
    }

    /**
     * Looks at the clock; called by the lap's thread before each batch.
     *
     * @return whether to go on: false at the end of the warm-up, until all threads are there
     */
    boolean goesOn(long position) {
        if (position < start) {
            return true;
        }
        if (!measuring) {
            return begins();
        }
        long now = System.nanoTime();
        longestGapNanos = Math.max(longestGapNanos, now - lastNanos);
        lastNanos = now;
        return true;
    }

    private boolean begins() {
        if (!arrived) {
            arrived = true;
            run.arrive();
        }
        if (!run.isStarted()) {
            return false;
        }
        measuring = true;
        bytesAtStart = THREADS.getCurrentThreadAllocatedBytes();
        cpuAtStart = THREADS.getCurrentThreadCpuTime();
        lastNanos = System.nanoTime();
        return true;
    }

    /** Called by the lap's thread after its last batch. */
    void ends() {
        cpuAtEnd = THREADS.getCurrentThreadCpuTime();
        bytesAtEnd = THREADS.getCurrentThreadAllocatedBytes();
    }

    /** An epoch has ended here. */
    void snapshot(long position) {
        if (position > start) {
            snapshots.add(position);
        }
    }

    /** Where epochs have ended after the warm-up. */
    List<Long> snapshots() {
        return snapshots;
    }

    long allocatedBytes() {
        return bytesAtEnd - bytesAtStart;
    }

    /** Time on a core, whatever else the machine has to do. */
    long cpuNanos() {
        return cpuAtEnd - cpuAtStart;
    }

    long longestGapNanos() {
        return longestGapNanos;
    }
}
