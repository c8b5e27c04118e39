package dev.waxwing.benchmarks;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.SpscArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Counts words by hand: one thread's part, in a hash map of its own; words that belong to the other
 * thread are sent there in arrays, which come back to be used again.
 */
final class HandCounter {

    private static final int HANDED_OVER = 512;
    private static final int QUEUE = 16;
    private static final String[] END = {};

    private final int index;
    private final @Nullable Mailbox in;
    private final @Nullable Mailbox out;
    private final Map<String, Counter> counts = new HashMap<>();
    private final Tally tally = new Tally();
    private String[] open = new String[HANDED_OVER];
    private int filled;
    private boolean othersEnded;

    private HandCounter(int index, @Nullable Mailbox in, @Nullable Mailbox out) {
        this.index = index;
        this.in = in;
        this.out = out;
        this.othersEnded = in == null;
    }

    /** For one of one or two threads. */
    static HandCounter forLap(Lap lap) {
        if (lap.run().threads() == 1) {
            return new HandCounter(0, null, null);
        }
        Mailbox[] boxes = lap.run().attachment(() -> new Mailbox[] {new Mailbox(), new Mailbox()});
        return new HandCounter(lap.index(), boxes[lap.index()], boxes[1 - lap.index()]);
    }

    void count(String word) {
        if (out == null || ownerOf(word) == index) {
            countOwn(word);
        } else {
            open[filled++] = word;
            if (filled == HANDED_OVER) {
                handOver(out);
            }
        }
    }

    /** Counts what the other thread has sent. */
    void takeOthers() {
        if (in == null || othersEnded) {
            return;
        }
        String[] words;
        while ((words = in.full.poll()) != null) {
            if (words == END) {
                othersEnded = true;
                return;
            }
            for (String word : words) {
                if (word == null) {
                    break;
                }
                countOwn(word);
            }
            in.used.offer(words);
        }
    }

    /** Sends what is left and waits for the other's end. */
    void finish() {
        if (out == null) {
            return;
        }
        java.util.Arrays.fill(open, filled, HANDED_OVER, null);
        handOver(out);
        while (!out.full.offer(END)) {
            takeOthers();
        }
        while (!othersEnded) {
            takeOthers();
            Thread.onSpinWait();
        }
    }

    Tally tally() {
        return tally;
    }

    private void countOwn(String word) {
        Counter counter = counts.get(word);
        if (counter == null) {
            counter = new Counter();
            counts.put(word, counter);
        }
        tally.add(++counter.count);
    }

    private void handOver(Mailbox to) {
        while (!to.full.offer(open)) {
            takeOthers();
            LockSupport.parkNanos(1_000);
        }
        String[] used = to.used.poll();
        open = used != null ? used : new String[HANDED_OVER];
        filled = 0;
    }

    private static int ownerOf(String word) {
        int hash = word.hashCode();
        return (hash ^ (hash >>> 16) ^ (hash >>> 7)) & 1;
    }

    /** What one thread is sent. */
    private static final class Mailbox {
        final SpscArrayQueue<String[]> full = new SpscArrayQueue<>(QUEUE);
        final SpscArrayQueue<String[]> used = new SpscArrayQueue<>(2 * QUEUE);
    }

    private static final class Counter {
        long count;
    }
}
