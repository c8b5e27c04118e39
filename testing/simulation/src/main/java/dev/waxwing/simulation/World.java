package dev.waxwing.simulation;

import dev.waxwing.recovery.store.FaultHook;
import dev.waxwing.testing.CrashException;
import dev.waxwing.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a simulation's executions, sources and sinks share. Confined to the simulation's thread. */
final class World implements FaultHook {

    static final long STEPS_MAX = 5_000_000;

    private static final long HURRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Chance chance;
    private final Trace trace = new Trace();
    private final ManualClock clock = ManualClock.start();
    private final Calls calls = new Calls(this::steadyMillis);
    private final List<SimulatedSink<?>> sinks = new ArrayList<>();
    private Hazards hazards;
    private long hurriedNanos;
    private long stepsMax = STEPS_MAX;
    private long stepsDone;
    private long steadyMillis;
    private int troublesLeft;
    private int partsOpen;
    private boolean replays = true;
    private boolean callsElsewhere;
    private FaultHook script = FaultHook.NONE;
    private @Nullable SimulatedExecution running;

    World(Chance chance, Hazards hazards) {
        this.chance = chance;
        this.hazards = hazards;
        this.troublesLeft = hazards.troubles().most();
    }

    Chance chance() {
        return chance;
    }

    Trace trace() {
        return trace;
    }

    ManualClock clock() {
        return clock;
    }

    /** How much time has passed, whatever the clock was set to meanwhile. */
    long steadyMillis() {
        return steadyMillis;
    }

    long steadyNanos() {
        return steadyMillis * 1_000_000;
    }

    /** Lets time pass. */
    void pass(long millis) {
        steadyMillis += millis;
        clock.advance(Duration.ofMillis(millis));
    }

    Calls calls() {
        return calls;
    }

    Hazards hazards() {
        return hazards;
    }

    /** From now on there is a store. */
    void keepRecovery() {
        hazards = hazards.withRecovery();
    }

    /** From now on the store forgets nothing. */
    void keepSnapshots() {
        hazards = hazards.keepingSnapshots();
    }

    long stepsDone() {
        return stepsDone;
    }

    void limitSteps(long most) {
        stepsMax = most;
    }

    /** Calls complete on threads that the simulation does not know, so that it must wait. */
    void expectCallsElsewhere() {
        callsElsewhere = true;
    }

    boolean expectsCallsElsewhere() {
        return callsElsewhere;
    }

    void add(SimulatedSink<?> sink) {
        sinks.add(sink);
    }

    List<SimulatedSink<?>> sinks() {
        return sinks;
    }

    /** From now on a script, too, may end durable steps. */
    void follow(FaultHook wanted) {
        script = wanted;
    }

    /**
     * The time that passes while items are worked off. It runs out for an activation when the seed
     * wants it, though nothing else notices.
     */
    long workNanos() {
        if (chance.oneIn(hazards.schedule().hurryOneIn())) {
            hurriedNanos += HURRY_NANOS;
        }
        return steadyNanos() + hurriedNanos;
    }

    // ---- executions

    void started(SimulatedExecution execution) {
        running = execution;
    }

    /** Another execution, or none, goes on; returns the one that did. */
    @Nullable SimulatedExecution enter(@Nullable SimulatedExecution execution) {
        SimulatedExecution before = running;
        running = execution;
        return before;
    }

    /** An execution is over; what it had open was closed, or is gone with its process. */
    void ended(boolean closed) {
        running = null;
        calls.forget();
        if (closed && partsOpen != 0) {
            throw new AssertionError(
                    partsOpen + " partitions were not closed at the end of an execution");
        }
        partsOpen = 0;
    }

    void countStep() {
        if (++stepsDone > stepsMax) {
            throw new AssertionError(
                    "the dataflow has not ended within "
                            + stepsMax
                            + " steps; it may never end, or raise the limit by withStepsMax");
        }
    }

    void partOpened() {
        partsOpen++;
    }

    void partClosed() {
        partsOpen--;
    }

    // ---- trouble

    /** Whether an execution is to be ended now. */
    boolean isTroubleDue() {
        return takeTrouble(hazards.troubles().oneIn());
    }

    /** Whether the next execution is to begin at an older snapshot than the newest. */
    boolean isReplayDue() {
        return replays
                && hazards.store().retention().compareTo(Duration.ZERO) > 0
                && takeTrouble(6);
    }

    boolean isReplayPossible() {
        return hazards.store().retention().compareTo(Duration.ZERO) > 0;
    }

    /** Fails here if the seed wants it. */
    void mayFail(String where) {
        if (takeTrouble(hazards.troubles().faultOneIn())) {
            trace.event("fails at " + where, 0);
            throw new CrashException("simulated failure at " + where);
        }
    }

    /** A call to a target, which may fail before it has done anything, or after it has done all. */
    void atTarget(String point) {
        trace.event("target " + point, 0);
        if (isKilledHere()) {
            throw killed();
        }
        mayFail("target " + point);
    }

    /** From now on executions go on where the last one has come to. */
    void forbidReplays() {
        replays = false;
    }

    /** Whether the process is to be killed in the middle of something. */
    boolean isKilledHere() {
        if (running == null || !takeTrouble(hazards.troubles().faultOneIn() * 2)) {
            return false;
        }
        running.kill();
        return true;
    }

    CrashException killed() {
        return new CrashException("the process was killed, as the simulation wanted");
    }

    /** A durable step: workers go on while the coordinator is at the disk, which may fail. */
    @Override
    public void at(String operation) {
        trace.event(operation, 0);
        script.at(operation);
        SimulatedExecution execution = running;
        if (execution != null) {
            execution.othersGoOn();
            if (execution.isKilled()) {
                throw killed();
            }
        }
        mayFail(operation);
    }

    SimulatedExecution running() {
        return Objects.requireNonNull(running, "an execution is running");
    }

    private boolean takeTrouble(int oneIn) {
        if (troublesLeft == 0 || !chance.oneIn(oneIn)) {
            return false;
        }
        troublesLeft--;
        return true;
    }
}
