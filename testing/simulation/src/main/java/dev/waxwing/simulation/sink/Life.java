package dev.waxwing.simulation.sink;

import dev.waxwing.engine.epoch.EpochStore;
import dev.waxwing.engine.resume.Preparation;
import dev.waxwing.plan.Plan;
import dev.waxwing.recovery.memory.MemoryDisk;
import dev.waxwing.recovery.memory.MemoryRecoveryStore;
import dev.waxwing.recovery.page.StatePage;
import dev.waxwing.recovery.store.StoreOptions;
import dev.waxwing.simulation.ScriptedWorld;
import dev.waxwing.testing.CrashException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One execution of a run, and how it ends. */
final class Life {

    private static final int STEPS_OF_A_LATE_REPLY = 40;

    private final Trial<?> trial;
    private final int number;
    private final int serial;
    private final Set<CrashPoint> afterStep = EnumSet.noneOf(CrashPoint.class);
    private final Map<String, List<Entry>> staged = new HashMap<>();
    private final List<AutoCloseable> partitions = new ArrayList<>();
    private ScriptedWorld.@Nullable Stepped execution;
    private @Nullable MemoryRecoveryStore store;
    private Cue.@Nullable Crash crash;

    /** Set when a reply was lost: where it crashes when the target is asked again. */
    private Cue.@Nullable Crash askingAgain;

    private @Nullable Throwable startFailure;
    private boolean faulted;
    private boolean superseded;
    private boolean touched;
    private long decidedBefore;
    private long deciding;
    private long marking;

    /**
     * @param number from 1
     */
    Life(Trial<?> trial, int number) {
        this.trial = trial;
        this.number = number;
        this.serial = trial.nextSerial();
    }

    int number() {
        return number;
    }

    /** Whether what the sink or its target did was disturbed, so that it may fail. */
    boolean isDisturbed() {
        return faulted || superseded;
    }

    void disturbed() {
        faulted = true;
    }

    /** Whether it began after another. */
    boolean isAfter(Life other) {
        return serial > other.serial;
    }

    /** It could not start. */
    void failed(Throwable thrown) {
        startFailure = thrown;
    }

    /** Why it could not start; null if it could. */
    @Nullable Throwable failure() {
        return startFailure;
    }

    /** How it crashed; null if it did not. */
    Cue.@Nullable Crash crash() {
        return crash;
    }

    boolean isSuperseded() {
        return superseded;
    }

    /** Another has taken over the store and, soon, the target. */
    void supersede() {
        superseded = true;
    }

    /** The newest epoch that was decided when it began. */
    long decidedBefore() {
        return decidedBefore;
    }

    // ---- the course of it

    /** Opens the store, restores and claims. */
    void start(MemoryDisk disk, Plan plan, boolean adopts) throws Exception {
        Settings settings = trial.settings();
        ScriptedWorld world = trial.world();
        decidedBefore = trial.journal().decided();
        trial.positions().begun();
        StoreOptions options =
                StoreOptions.defaults()
                        .withWorkers(settings.workers(number))
                        .withClock(world.clock())
                        .withTokens(() -> new UUID(world.chance().bits(), world.chance().bits()));
        Preparation preparation =
                world.outside(
                        () -> {
                            MemoryRecoveryStore opened =
                                    MemoryRecoveryStore.open(
                                            disk, plan.dataflowName(), options, world.disk());
                            store = opened;
                            return Preparation.resuming(
                                    plan,
                                    settings.shape(number),
                                    opened,
                                    trial.classes(),
                                    Map.of(),
                                    new Preparation.Start(0, false, adopts, Set.of()));
                        });
        execution =
                world.start(
                        new Preparation(
                                preparation.setup(),
                                watched(preparation.store()),
                                preparation.resumeEpoch(),
                                preparation.doneEpoch()),
                        settings.epochMillis());
        reached(CrashPoint.FENCED_BEFORE_RECOMMIT);
    }

    boolean isGoingOn() {
        return crash == null && startFailure == null && execution != null && !execution.isOver();
    }

    /** Takes a step, looks at what a reader sees, and crashes behind it if that is wanted. */
    void step() throws Exception {
        stepped().step();
        if (touched) {
            touched = false;
            trial.watch();
        }
        if (trial.journal().done() < decidedBefore || (number > 1 && !trial.commits())) {
            afterStep.add(CrashPoint.WHILE_RESCALING);
        }
        for (CrashPoint point : List.copyOf(afterStep)) {
            if (crash == null) {
                crashAt(point);
            }
        }
        afterStep.clear();
    }

    /** Whether the input has ended and all is done; throws what made it fail. */
    boolean finish() throws Throwable {
        checkAlive();
        if (startFailure != null) {
            throw startFailure;
        }
        try {
            return stepped().finish();
        } finally {
            if (crash == null && store != null) {
                store.close();
            }
        }
    }

    /** What the process had open when it was killed. */
    List<AutoCloseable> partitions() {
        return partitions;
    }

    // ---- what sinks tell

    /** A partition is open; if the process is killed, closing it is up to the kit. */
    void opened(AutoCloseable partition) {
        partitions.add(partition);
    }

    void close(AutoCloseable partition) throws Exception {
        if (crash == null) {
            partitions.remove(partition);
            partition.close();
        }
    }

    /** A point is reached; throws if it crashes there. */
    void reached(CrashPoint point) {
        checkAlive();
        crashAt(point);
        if (crash != null) {
            throw killed();
        }
    }

    /** A point is reached when this step has ended. */
    void reachedAfterStep(CrashPoint point) {
        afterStep.add(point);
    }

    /** The reply to a call is lost if the script wants it, and the execution when it asks again. */
    void mayLoseReply(CrashPoint point) throws SocketTimeoutException {
        checkAlive();
        Cue.Crash wanted = at(point);
        if (wanted != null) {
            askingAgain = wanted;
            faulted = true;
            throw new SocketTimeoutException("the reply was lost");
        }
    }

    /** The target gets only a part of a batch if the script wants it. */
    void mayStopHalfway(TargetCalls.Action half) throws Exception {
        Cue.Crash wanted = at(CrashPoint.AFTER_PARTIAL_SUCCESS);
        if (wanted != null) {
            half.run();
            kill(wanted);
            throw killed();
        }
    }

    /** The reply to a call comes after much else has happened, to a process that is gone. */
    void mayBeLate() {
        checkAlive();
        Cue.Crash wanted = at(CrashPoint.REPLY_LATE);
        if (wanted != null) {
            stepped().othersGoOn(STEPS_OF_A_LATE_REPLY);
            kill(wanted);
            throw killed();
        }
    }

    /** The target is about to be asked for something. */
    void asks() {
        checkAlive();
        touched = true;
        if (askingAgain != null) {
            kill(askingAgain);
            throw killed();
        }
    }

    /** A dead process does nothing. */
    void checkAlive() {
        if (crash != null) {
            throw killed();
        }
    }

    /** What a two-phase partition has staged for an epoch. */
    void staged(Entry entry) {
        staged.computeIfAbsent(entry.part, name -> new ArrayList<>()).add(entry);
    }

    // ---- what the store tells

    /** A durable step of the store. */
    void at(String operation) {
        switch (operation) {
            case "segment.create.before" -> reached(CrashPoint.BEFORE_FIRST_WRITE);
            case "segment.force.before" -> {
                reached(CrashPoint.AFTER_WRITE_BEFORE_FLUSH);
                reached(CrashPoint.TORN_SNAPSHOT);
                reached(CrashPoint.SNAPSHOT_NOT_FORCED);
            }
            case "segment.force.after" -> {
                reached(CrashPoint.AFTER_FLUSH_BEFORE_PREPARED);
                reachedAfterStep(CrashPoint.AFTER_PREPARE_OF_ONE);
            }
            case "segment.delete.before" ->
                    reached(
                            execution == null
                                    ? CrashPoint.WHILE_SWEEPING
                                    : CrashPoint.IN_GARBAGE_COLLECTION);
            case "decide.before" -> {
                if (!trial.hasOutbox()) {
                    reached(CrashPoint.SNAPSHOT_NOT_FORCED);
                }
                reached(CrashPoint.BEFORE_DECIDED);
                reached(CrashPoint.TORN_DECIDED_RECORD);
            }
            case "decide.after" -> {
                decided(deciding);
                reached(CrashPoint.DECIDED_BEFORE_COMMIT);
            }
            case "done.before" -> {
                reached(CrashPoint.ALL_COMMITTED_BEFORE_DONE);
                reached(CrashPoint.TORN_DONE);
            }
            case "done.after" -> {
                if (!superseded) {
                    trial.journal().onDone(marking);
                }
                reached(CrashPoint.DONE_BEFORE_ACKNOWLEDGED);
            }
            case "collect.before", "collect.after" -> reached(CrashPoint.IN_GARBAGE_COLLECTION);
            case "restore.before", "restore.after" -> reached(CrashPoint.WHILE_UPGRADING);
            default -> checkAlive();
        }
    }

    private void decided(long epoch) {
        if (superseded) {
            return;
        }
        trial.journal().onDecided(epoch);
        trial.positions().onDecided();
        staged.values().forEach(entries -> entries.forEach(trial.journal()::add));
        staged.clear();
    }

    private EpochStore watched(EpochStore watched) {
        return new EpochStore() {
            @Override
            public void decide(long epoch, List<StatePage> pages, long ranMillis) {
                reached(CrashPoint.AFTER_ALL_PREPARED);
                deciding = epoch;
                watched.decide(epoch, pages, ranMillis);
            }

            @Override
            public void done(long epoch) {
                marking = epoch;
                watched.done(epoch);
            }

            @Override
            public boolean collect() {
                return watched.collect();
            }
        };
    }

    // ---- the end of it

    /** Its process ends between two steps. */
    void kill() {
        kill(new Cue.Crash(CrashPoint.DONE_BEFORE_ACKNOWLEDGED, 1, CrashKind.PROCESS_KILLED));
    }

    private void crashAt(CrashPoint point) {
        Cue.Crash wanted = at(point);
        if (wanted != null) {
            kill(wanted);
        }
    }

    private Cue.@Nullable Crash at(CrashPoint point) {
        boolean counts = number > 1 || !point.isOfRecovery();
        return counts ? trial.script().at(point) : null;
    }

    private void kill(Cue.Crash wanted) {
        crash = wanted;
        if (execution != null) {
            execution.kill();
        }
    }

    private CrashException killed() {
        return new CrashException("the process was killed at " + crash);
    }

    private ScriptedWorld.Stepped stepped() {
        return Objects.requireNonNull(execution, "it has started");
    }
}
