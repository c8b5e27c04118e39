package dev.waxwing.engine.site;

import dev.waxwing.engine.delivery.WaitingLane;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A thread of its own for a partition that may block: runs what it is given, one after the other,
 * now or after a time.
 */
public final class PartitionThread implements WaitingLane {

    /** How long a call that was interrupted may take before it is unblocked. */
    private static final long INTERRUPTED_MILLIS = 1_000;

    /** How long a thread is given to end, however long others have taken. */
    private static final long LEAST_MILLIS = 200;

    private final String name;
    private final String stepId;
    private final Calls calls;
    private final Patience patience;
    private final Watch watch;
    private final DelayQueue<Task> tasks = new DelayQueue<>();
    private final AtomicLong added = new AtomicLong();
    private final Consumer<? super Throwable> failed;
    private final Thread thread;
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable Runnable last;

    /** What calls on the thread are like. */
    enum Calls {
        /** They end soon; one that does not is found out. */
        RETURN_SOON,
        /** They wait until there is something, however long that takes. */
        MAY_WAIT
    }

    /**
     * @param stepId of the step whose calls are made
     */
    PartitionThread(String name, String stepId, Calls calls, PartitionThreads threads) {
        this.name = name;
        this.stepId = stepId;
        this.calls = calls;
        this.patience = threads.patience();
        this.watch = threads.watch();
        this.failed = threads.failed();
        this.thread = threads.threads().start(name, this::work);
    }

    @Override
    public void run(Runnable task) {
        runAfter(0, task);
    }

    @Override
    public void runAfter(long nanos, Runnable task) {
        tasks.add(new Task(System.nanoTime() + nanos, added.getAndIncrement(), task));
    }

    @Override
    public boolean isClosing() {
        return last != null;
    }

    @Override
    public void close(AutoCloseable partition, Runnable unblock) throws Exception {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        last =
                () -> {
                    try {
                        partition.close();
                    } catch (Throwable thrown) {
                        failure.set(thrown);
                    }
                };
        thread.interrupt();
        interrupted.countDown();
        if (!endsOrIsLeft(unblock)) {
            throw new IllegalStateException(
                    "the call that is under way does not end, though it was interrupted; its thread"
                            + " '"
                            + name
                            + "' is left behind and closes the partition when it returns");
        }
        Throwable thrown = failure.get();
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown != null) {
            throw (Exception) thrown;
        }
    }

    /* Returns whether the thread has ended; if not, it is left behind. */
    private boolean endsOrIsLeft(Runnable unblock) {
        boolean unblocked = false;
        boolean wasInterrupted = false;
        try {
            while (true) {
                try {
                    if (!unblocked && !closing.await(INTERRUPTED_MILLIS, TimeUnit.MILLISECONDS)) {
                        unblocked = true;
                        unblock.run();
                    }
                    return patience.endsOrIsLeft(thread, () -> watch.named(thread), LEAST_MILLIS);
                } catch (InterruptedException e) {
                    wasInterrupted = true;
                }
            }
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /* What waits when the end has come is dropped, also what the task before has added. */
    private void work() {
        Watch.Entry entry = watch.enter(stack -> "step '" + stepId + "'");
        try {
            work(entry);
        } finally {
            watch.leave();
        }
    }

    private void work(Watch.Entry entry) {
        Runnable end;
        while ((end = last) == null) {
            try {
                Runnable task = tasks.take().work;
                /* What the task before has left; the interrupt of a close comes after last is set. */
                Thread.interrupted();
                if (last == null) {
                    run(task, entry);
                }
            } catch (InterruptedException e) {
                /* The end has come, or the task before has left it. */
            } catch (Throwable thrown) {
                /* For want of memory even taking a task may throw, and somebody waits for what it is to do. */
                failed.accept(thrown);
            }
        }
        try {
            awaitInterrupt();
            closing.countDown();
        } finally {
            entry.begins();
            end.run();
            entry.ends();
        }
    }

    private void run(Runnable task, Watch.Entry entry) {
        if (calls == Calls.MAY_WAIT) {
            task.run();
            return;
        }
        entry.begins();
        try {
            task.run();
        } finally {
            entry.ends();
        }
    }

    /* It was for the task before, and must not come to what closes. */
    private void awaitInterrupt() {
        boolean sent = false;
        while (!sent) {
            try {
                interrupted.await();
                sent = true;
            } catch (InterruptedException e) {
                /* That is the one. */
            }
        }
        Thread.interrupted();
    }

    /** What is to be run, in the order of times, and of adding for the same time. */
    private record Task(long atNanos, long number, Runnable work) implements Delayed {

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(atNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            Task task = (Task) other;
            long later = atNanos - task.atNanos;
            return later != 0 ? Long.signum(later) : Long.compare(number, task.number);
        }
    }
}
