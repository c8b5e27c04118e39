package dev.waxwing.engine.delivery;

import java.util.ArrayDeque;
import java.util.Queue;

/** Runs its tasks when a test says so. */
public final class HandLane implements Lane {

    private final Queue<Runnable> tasks = new ArrayDeque<>();

    /** Runs the oldest task. */
    public void runNext() {
        tasks.remove().run();
    }

    public boolean isEmpty() {
        return tasks.isEmpty();
    }

    @Override
    public void run(Runnable task) {
        tasks.add(task);
    }

    @Override
    public void close(AutoCloseable last, Runnable unblock) throws Exception {
        tasks.clear();
        last.close();
    }
}
