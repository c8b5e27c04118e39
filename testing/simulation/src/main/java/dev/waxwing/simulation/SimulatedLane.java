package dev.waxwing.simulation;

import dev.waxwing.engine.delivery.Lane;
import java.util.ArrayDeque;
import java.util.Deque;

/** A lane that takes turns with the workers: one task a step. */
final class SimulatedLane implements Lane {

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Actor actor;

    SimulatedLane(int number) {
        actor = new Actor("lane", number, this::step);
    }

    Actor actor() {
        return actor;
    }

    @Override
    public void run(Runnable task) {
        tasks.add(task);
        actor.wake();
    }

    @Override
    public void close(AutoCloseable last, Runnable unblock) throws Exception {
        tasks.clear();
        last.close();
    }

    private long step() {
        Runnable task = tasks.poll();
        if (task != null) {
            task.run();
        }
        return tasks.isEmpty() ? Long.MAX_VALUE : Long.MIN_VALUE;
    }
}
