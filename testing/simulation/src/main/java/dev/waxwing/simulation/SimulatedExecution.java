package dev.waxwing.simulation;

import dev.waxwing.engine.channel.Edges;
import dev.waxwing.engine.channel.RingEdges;
import dev.waxwing.engine.channel.Signal;
import dev.waxwing.engine.compile.Assembly;
import dev.waxwing.engine.compile.RunSetup;
import dev.waxwing.engine.delivery.Delivery;
import dev.waxwing.engine.delivery.Lane;
import dev.waxwing.engine.epoch.Coordinator;
import dev.waxwing.engine.resume.Preparation;
import dev.waxwing.engine.worker.Clock;
import dev.waxwing.engine.worker.Host;
import dev.waxwing.engine.worker.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One execution: its workers and its coordinator take turns as the seed wants it. */
final class SimulatedExecution {

    /*
     * What the threaded driver leaves to the operating system is decided here: who steps next. Whoever
     * was woken or is due may; time passes a little now and then, and jumps when nobody has anything to do. When the
     * execution is over, others may still be in a step, as threads would be that have not noticed yet.
     *
     * A step is not interrupted by others, with one exception: while the coordinator is at the disk, workers
     * go on. Real threads could do no worse, as all they share are rings, signals and the coordinator's inbox.
     */
    private static final int STARVED_STEPS_MAX = 200;
    private static final long ELSEWHERE_NANOS = 100_000;
    private static final int ELSEWHERE_WAITS = 500;

    private final World world;
    private final Chance chance;
    private final Clock clock;
    private final List<Actor> actors = new ArrayList<>();
    private final List<Actor> runnable = new ArrayList<>();
    private final Delivery delivery;
    private final Coordinator coordinator;
    private final List<Worker> workers;
    private final boolean[] opening;
    private final boolean[] opened;
    private boolean deciding;
    private boolean killed;
    private @Nullable Actor stepping;
    private @Nullable Throwable failure;

    /** How it ended. */
    enum Ending {
        COMPLETED,
        CUT_SHORT,
        KILLED
    }

    SimulatedExecution(World world, Preparation preparation, long epochMillis) {
        this.world = world;
        this.chance = world.chance();
        RunSetup setup = preparation.setup();
        clock = Clock.virtual(world::steadyNanos, world.clock()).working(world::workNanos);
        List<Signal> signals = new ArrayList<>();
        for (int i = 0; i < setup.shape().workers(); i++) {
            int index = i;
            Actor actor = new Actor("worker", index, () -> work(index));
            actors.add(actor);
            signals.add(actor);
        }
        Actor self = new Actor("coordinator", 0, this::coordinate);
        actors.add(self);
        delivery = new Delivery(this::lane, self, setup.deliveryParts(), preparation.doneEpoch());
        coordinator =
                new Coordinator(
                        setup.beginning(),
                        epochMillis,
                        clock,
                        preparation.store(),
                        delivery,
                        new Coordinator.Signals(signals, self));
        Edges edges = new RingEdges(setup.shape().channels(), signals);
        workers = Assembly.workers(setup, new Host(clock, coordinator, this::lane, edges, signals));
        opening = new boolean[workers.size()];
        opened = new boolean[workers.size()];
    }

    /** Runs to the end; throws what made it fail. */
    Ending run() throws Throwable {
        world.started(this);
        boolean closed = false;
        try {
            while (!isOver()) {
                tick();
            }
            if (!killed) {
                stragglers();
            }
            if (!killed || chance.oneIn(4)) {
                close();
                closed = failure == null;
            }
        } finally {
            world.ended(closed && !killed);
        }
        return ending();
    }

    /** Closes what is open, unless it was killed; throws what made it fail. */
    Ending finish() throws Throwable {
        if (!killed) {
            close();
        }
        return ending();
    }

    private Ending ending() throws Throwable {
        if (killed) {
            return Ending.KILLED;
        }
        if (failure != null) {
            throw failure;
        }
        return coordinator.ending() == Coordinator.Ending.COMPLETED
                ? Ending.COMPLETED
                : Ending.CUT_SHORT;
    }

    /** The process ends here; whoever is in a step should get out of it. */
    void kill() {
        world.trace().event("killed", 0);
        killed = true;
    }

    boolean isKilled() {
        return killed;
    }

    /** While an actor waits for an answer from elsewhere, others take steps. */
    void othersGoOn(int steps) {
        Actor waiting = stepping;
        for (int left = steps; left > 0 && !isOver(); left--) {
            Actor actor = chance.oneOf(actors);
            if (actor != waiting && actor.isRunnable(steadyMillis())) {
                step(actor);
            }
        }
    }

    /** While the coordinator is at the disk, workers go on. */
    void othersGoOn() {
        if (!deciding) {
            return;
        }
        deciding = false;
        for (int steps = chance.oneOf(0, 0, 1, 2, 8); steps > 0 && !killed; steps--) {
            Actor actor = actors.get(chance.below(workers.size()));
            if (actor.isRunnable(steadyMillis()) && failure == null) {
                step(actor);
            }
        }
        deciding = true;
    }

    void tick() {
        world.countStep();
        Hazards.Schedule schedule = world.hazards().schedule();
        if (world.isTroubleDue()) {
            trouble();
        } else if (world.calls().isAnyOverdue()) {
            world.calls().completeOldest();
        } else if (chance.oneIn(schedule.delayOneIn())) {
            delay(chance.between(1, schedule.delayMillisMax()));
        } else if (world.calls().isAnyOpen() && chance.oneIn(4)) {
            world.calls().completeAny(chance);
        } else {
            Actor next = choose();
            if (next != null) {
                step(next);
            } else if (world.calls().isAnyOpen()) {
                world.calls().completeAny(chance);
            } else if (!isWokenFromElsewhere()) {
                jump();
            }
        }
    }

    private @Nullable Actor choose() {
        Hazards.Schedule schedule = world.hazards().schedule();
        if (chance.oneIn(schedule.extraOneIn())) {
            return chance.oneOf(actors);
        }
        if (chance.oneIn(schedule.starveOneIn())) {
            chance.oneOf(actors).starve(chance.below(STARVED_STEPS_MAX));
        }
        runnable.clear();
        long now = steadyMillis();
        for (Actor actor : actors) {
            if (actor.isRunnable(now)) {
                runnable.add(actor);
            }
        }
        if (runnable.isEmpty()) {
            return null;
        }
        int first = chance.below(runnable.size());
        for (int i = 0; i < runnable.size(); i++) {
            Actor actor = runnable.get((first + i) % runnable.size());
            if (!actor.passOver()) {
                return actor;
            }
        }
        return runnable.get(first);
    }

    private void step(Actor actor) {
        world.trace().event(actor.name(), actor.number());
        Actor outer = stepping;
        stepping = actor;
        try {
            actor.step();
        } catch (Throwable thrown) {
            actor.leave();
            fail(thrown);
        } finally {
            stepping = outer;
        }
    }

    private long work(int index) throws Exception {
        Worker worker = workers.get(index);
        if (!opened[index]) {
            opening[index] = true;
            opened[index] = worker.open();
            return Long.MIN_VALUE;
        }
        return worker.step();
    }

    private long coordinate() {
        deciding = true;
        try {
            return coordinator.step();
        } finally {
            deciding = false;
        }
    }

    private void trouble() {
        switch (chance.below(4)) {
            case 0 -> {
                world.trace().event("asked to stop", 0);
                coordinator.stop(steadyMillis() + chance.below(10_000));
            }
            case 1 -> {
                world.trace().event("aborted", 0);
                coordinator.abort();
            }
            default -> kill();
        }
    }

    private void delay(int millis) {
        world.trace().event("time passes", millis);
        world.pass(millis);
    }

    private void jump() {
        long due = Long.MAX_VALUE;
        for (Actor actor : actors) {
            due = Math.min(due, actor.dueMillis());
        }
        if (due == Long.MAX_VALUE) {
            throw new AssertionError(
                    "the dataflow has not ended, but nobody has anything to do, now or later: a"
                            + " wake-up was lost");
        }
        world.trace().event("time jumps", due);
        world.pass(Math.max(0, due - steadyMillis()));
    }

    private boolean isWokenFromElsewhere() {
        for (int i = 0; world.expectsCallsElsewhere() && i < ELSEWHERE_WAITS; i++) {
            for (Actor actor : actors) {
                if (actor.isRunnable(steadyMillis())) {
                    return true;
                }
            }
            LockSupport.parkNanos(ELSEWHERE_NANOS);
        }
        return false;
    }

    private void stragglers() {
        /* A worker that opens adds lanes. */
        for (Actor actor : List.copyOf(actors)) {
            if (!killed && !actor.hasLeft() && chance.oneIn(2)) {
                step(actor);
            }
        }
    }

    private void close() {
        int first = chance.below(workers.size());
        for (int i = 0; i < workers.size(); i++) {
            int index = (first + i) % workers.size();
            if (opening[index]) {
                try {
                    workers.get(index).close();
                } catch (Throwable thrown) {
                    fail(thrown);
                }
            }
        }
        try {
            if (hasOpened()) {
                delivery.close();
            } else {
                delivery.giveBack();
            }
        } catch (Throwable thrown) {
            fail(thrown);
        }
    }

    private boolean hasOpened() {
        for (boolean each : opened) {
            if (!each) {
                return false;
            }
        }
        return true;
    }

    private Lane lane(String name, String stepId) {
        SimulatedLane lane = new SimulatedLane(actors.size());
        actors.add(lane.actor());
        return lane;
    }

    boolean isOver() {
        return killed || failure != null || coordinator.ending() != null;
    }

    private void fail(Throwable thrown) {
        if (failure == null) {
            failure = thrown;
        } else if (failure != thrown) {
            failure.addSuppressed(thrown);
        }
    }

    private long steadyMillis() {
        return clock.steadyMillis();
    }
}
