package dev.waxwing.benchmarks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.SpscArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sums in windows by hand: one thread's part. A second is a table of sums; a window that is longer
 * is a running total of as many tables. Readings of the other thread's sensors are sent there in
 * arrays, with how far the sender's time has come.
 */
final class HandWindows {

    private static final int READINGS = 512;
    private static final int WIDTH = 3;
    private static final int QUEUE = 16;
    private static final long SECOND = 1_000;
    private static final long[] END = {};

    private final int index;
    private final int seconds;
    private final @Nullable Mailbox in;
    private final @Nullable Mailbox out;
    private final Tally tally = new Tally();
    private final List<LongSums> open = new ArrayList<>();
    private final Deque<LongSums> closed = new ArrayDeque<>();
    private final Deque<LongSums> used = new ArrayDeque<>();
    private final LongSums total = new LongSums();
    private long firstOpen = Long.MIN_VALUE;
    private long ownMillis = Long.MIN_VALUE;
    private long othersMillis;
    private long closeAtMillis = Long.MAX_VALUE;
    private long[] sending = new long[1 + READINGS * WIDTH];
    private int filled = 1;
    private boolean othersEnded;

    private HandWindows(int index, int seconds, @Nullable Mailbox in, @Nullable Mailbox out) {
        this.index = index;
        this.seconds = seconds;
        this.in = in;
        this.out = out;
        this.othersEnded = in == null;
        this.othersMillis = in == null ? Long.MAX_VALUE : Long.MIN_VALUE;
    }

    /** For one of one or two threads. */
    static HandWindows forLap(Lap lap, int seconds) {
        if (lap.run().threads() == 1) {
            return alone(seconds);
        }
        Mailbox[] boxes = lap.run().attachment(() -> new Mailbox[] {new Mailbox(), new Mailbox()});
        return new HandWindows(lap.index(), seconds, boxes[lap.index()], boxes[1 - lap.index()]);
    }

    /** For the only thread. */
    static HandWindows alone(int seconds) {
        return new HandWindows(0, seconds, null, null);
    }

    void add(long sensor, long millis, long value) {
        ownMillis = Math.max(ownMillis, millis);
        if (out == null || (sensor & 1) == index) {
            addOwn(sensor, millis, value);
        } else {
            sending[filled] = sensor;
            sending[filled + 1] = millis;
            sending[filled + 2] = value;
            filled += WIDTH;
            if (filled == sending.length) {
                send(out);
            }
        }
    }

    /** Takes what the other thread has sent, and closes what is over. */
    void takeOthers() {
        if (in != null && !othersEnded) {
            receive(in);
        }
        long watermark = Math.min(ownMillis, othersMillis);
        while (closeAtMillis <= watermark && isAnyOpen()) {
            close();
        }
    }

    /** Sends what is left, waits for the other's end and closes everything. */
    void finish() {
        if (out != null) {
            send(out);
            while (!out.full.offer(END)) {
                takeOthers();
            }
        }
        ownMillis = Long.MAX_VALUE;
        while (!othersEnded) {
            takeOthers();
            Thread.onSpinWait();
        }
        while (isAnyOpen()) {
            close();
        }
    }

    Tally tally() {
        return tally;
    }

    private void addOwn(long sensor, long millis, long value) {
        long second = millis / SECOND;
        if (firstOpen == Long.MIN_VALUE) {
            firstOpen = second - 1;
            schedule();
        }
        while (second - firstOpen >= open.size()) {
            LongSums table = used.poll();
            open.add(table != null ? table : new LongSums());
        }
        open.get((int) (second - firstOpen)).add(sensor, value, 1);
    }

    /* The second after the last that has been closed. */
    private void close() {
        LongSums ending = open.isEmpty() ? new LongSums() : open.remove(0);
        long openMillis = (firstOpen - seconds + 1) * SECOND;
        if (seconds == 1) {
            ending.tally(openMillis, tally);
            recycle(ending);
        } else {
            ending.addTo(total, 1);
            total.tally(openMillis, tally);
            closed.add(ending);
            if (closed.size() == seconds) {
                LongSums leaving = closed.remove();
                leaving.addTo(total, -1);
                recycle(leaving);
            }
            if (open.isEmpty() && isDrained()) {
                closed.clear();
            }
        }
        firstOpen++;
        schedule();
    }

    private boolean isAnyOpen() {
        return !open.isEmpty() || !closed.isEmpty();
    }

    private boolean isDrained() {
        return closed.stream().allMatch(LongSums::isEmpty);
    }

    private void recycle(LongSums table) {
        table.clear();
        used.add(table);
    }

    private void schedule() {
        closeAtMillis = (firstOpen + 1) * SECOND + Reading.OUT_OF_ORDER_MILLIS;
    }

    private void receive(Mailbox from) {
        long[] readings;
        while ((readings = from.full.poll()) != null) {
            if (readings == END) {
                othersEnded = true;
                othersMillis = Long.MAX_VALUE;
                return;
            }
            for (int i = 1; i < readings.length && readings[i + 1] != Long.MIN_VALUE; i += WIDTH) {
                addOwn(readings[i], readings[i + 1], readings[i + 2]);
            }
            othersMillis = readings[0];
            from.used.offer(readings);
        }
    }

    private void send(Mailbox to) {
        sending[0] = ownMillis;
        if (filled < sending.length) {
            sending[filled + 1] = Long.MIN_VALUE;
        }
        while (!to.full.offer(sending)) {
            takeOthers();
            LockSupport.parkNanos(1_000);
        }
        long[] back = to.used.poll();
        sending = back != null ? back : new long[1 + READINGS * WIDTH];
        filled = 1;
    }

    /** What one thread is sent. */
    private static final class Mailbox {
        final SpscArrayQueue<long[]> full = new SpscArrayQueue<>(QUEUE);
        final SpscArrayQueue<long[]> used = new SpscArrayQueue<>(2 * QUEUE);
    }
}
