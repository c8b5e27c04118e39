package dev.waxwing.simulation.sink;

import dev.waxwing.Dataflow;
import dev.waxwing.plan.Plan;
import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.recovery.memory.MemoryDisk;
import dev.waxwing.simulation.ScriptedWorld;
import dev.waxwing.sink.SinkContract;
import dev.waxwing.state.StateMapper;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.step.DeliveryException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One run: executions of one scenario on one store and one target, until one has come to the end.
 *
 * @param <X> item of the sink
 */
final class Trial<X> {

    /*
     * All is on one thread. An execution that is to be taken over from in the middle of a call is not left: the next
     * one starts inside of that call, claims, goes on for a while; then the call returns to the former one.
     */

    private static final long STEPS_MAX = 100_000;
    private static final int LIVES_MAX = 40;
    private static final int OLD_STEPS_MAX = 300;
    private static final int SHOWN_EVENTS = 24;

    private final Suite<X> suite;
    private final Scenario scenario;
    private final Script script;
    private final ScriptedWorld world;
    private final Settings settings;
    private final Verdict verdict = this::broken;
    private final Journal journal = new Journal(verdict);
    private final Positions positions = new Positions(verdict);
    private final List<AutoCloseable> left = new ArrayList<>();
    private final List<Life> going = new ArrayList<>();
    private final Map<String, Life> claimers = new HashMap<>();
    private final Map<String, Life> askers = new HashMap<>();
    private final Set<String> ownPoints = new TreeSet<>();
    private final SinkSubject<X> subject;
    private final TargetState target;
    private MemoryDisk disk = new MemoryDisk(new UUID(0, 1));
    private CodecRegistry classes = CodecRegistry.empty();
    private boolean hasStagedLate;
    private int lives;
    private int serials;
    private int oldSteps;
    private @Nullable Life active;
    private @Nullable LateCall<?> late;
    private @Nullable SinkFailedError failed;

    /**
     * What a run has come to.
     *
     * @param last what was come across after the last cue
     * @param isPlayed whether all cues were played
     * @param ownPoints where the target called the faults that it was given
     */
    record Result(Script.Counts last, boolean isPlayed, Set<String> ownPoints) {}

    private Trial(Suite<X> suite, Scenario scenario, SinkSubject<X> subject) {
        this.suite = suite;
        this.scenario = scenario;
        this.subject = subject;
        this.script = new Script(scenario.cues());
        this.world = new ScriptedWorld(scenario.seed(), STEPS_MAX, this::atDisk);
        this.settings = Settings.of(world.chance().fork());
        this.target = new TargetState(this, subject);
    }

    /**
     * Runs a scenario.
     *
     * @throws SinkFailedError if a promise was broken
     */
    static <X> Result run(Suite<X> suite, Scenario scenario) {
        try (SinkSubject<X> subject = suite.factory().open()) {
            return new Trial<>(suite, scenario, subject).run();
        } catch (SinkFailedError e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(
                    "sink '" + suite.name() + "': the subject of the test failed in " + scenario,
                    e);
        }
    }

    long seed() {
        return scenario.seed();
    }

    Settings settings() {
        return settings;
    }

    ScriptedWorld world() {
        return world;
    }

    Script script() {
        return script;
    }

    Journal journal() {
        return journal;
    }

    Positions positions() {
        return positions;
    }

    CodecRegistry classes() {
        return classes;
    }

    Suite<X> suite() {
        return suite;
    }

    Verdict verdict() {
        return verdict;
    }

    TargetState target() {
        return target;
    }

    boolean hasOutbox() {
        return suite.contract() == SinkContract.TRANSACTIONAL
                || suite.contract() == SinkContract.IDEMPOTENT;
    }

    /** Whether items wait to be handed to the sink in batches, as with every other seed. */
    boolean batches() {
        return !hasOutbox() && scenario.seed() % 2 != 0;
    }

    /** Whether its sink commits epochs. */
    boolean commits() {
        return hasOutbox() || suite.contract() == SinkContract.TWO_PHASE;
    }

    void ownPoint(String point) {
        ownPoints.add(point);
    }

    // ---- the course of it

    private Result run() throws Exception {
        try {
            boolean ended = false;
            while (!ended && lives < LIVES_MAX) {
                ended = live();
            }
            if (!ended) {
                verdict.broken(
                        Oracle.RECOVERY_ENDS,
                        "none of " + LIVES_MAX + " executions has come to the end of input");
            }
            if (!target.isHalted()) {
                checkEnd();
            }
            return new Result(script.lastAct(), script.isPlayed(), ownPoints);
        } finally {
            for (AutoCloseable partition : left) {
                closeQuietly(partition);
            }
        }
    }

    /** One execution, and those that take over from it while it goes on. */
    private boolean live() throws Exception {
        Life first = new Life(this, ++lives);
        going.add(first);
        target.beforeStart(disk);
        start(first, disk, false);
        boolean ended = false;
        while (!going.isEmpty()) {
            for (Life life : List.copyOf(going)) {
                if (life.isGoingOn()) {
                    checkIsLeaving(life);
                    step(life);
                } else {
                    ended = settle(life);
                }
            }
        }
        return ended || target.isHalted();
    }

    private void start(Life life, MemoryDisk from, boolean adopts) {
        Life before = active;
        active = life;
        try {
            life.start(from, plan(life), adopts);
        } catch (Throwable thrown) {
            throwIfFailed();
            life.failed(thrown);
        } finally {
            active = before;
        }
    }

    private void step(Life life) throws Exception {
        Life before = active;
        active = life;
        try {
            life.step();
        } catch (AssertionError e) {
            throwIfFailed();
            throw failure(Oracle.RECOVERY_ENDS, String.valueOf(e.getMessage()), e);
        } finally {
            active = before;
        }
        throwIfFailed();
        target.afterStep(life);
    }

    /** An execution is over; returns whether nothing is left to do. */
    private boolean settle(Life life) throws Exception {
        going.remove(life);
        boolean ended;
        Life before = active;
        active = life;
        try {
            ended = life.finish();
        } catch (Throwable thrown) {
            ended = judge(life, thrown);
        } finally {
            active = before;
        }
        throwIfFailed();
        leave(life);
        return ended;
    }

    private void checkIsLeaving(Life life) {
        if (life.isSuperseded() && ++oldSteps > OLD_STEPS_MAX) {
            verdict.broken(
                    Oracle.FENCED,
                    "an execution that was taken over from goes on and on, though it can decide"
                            + " nothing");
        }
    }

    /** Tells a failure that was to be from one that breaks a promise. */
    private boolean judge(Life life, Throwable thrown) {
        throwIfFailed();
        if (life.crash() != null || life.isSuperseded()) {
            return false;
        }
        if (target.isHaltExpected()) {
            if (thrown instanceof DeliveryException) {
                target.halted();
                return true;
            }
        } else if (life.isDisturbed() && !(thrown instanceof DeliveryException)) {
            return false;
        }
        boolean unbalanced = String.valueOf(thrown.getMessage()).contains("a defect of Waxwing");
        throw failure(
                unbalanced ? Oracle.LEDGER : Oracle.RECOVERY_ENDS,
                "execution "
                        + life.number()
                        + " failed, though nothing disturbed it that does not pass: "
                        + thrown,
                thrown);
    }

    /** What is left of an execution: what was durable, and what the system has not closed. */
    private void leave(Life life) throws Exception {
        Cue.Crash crash = life.crash();
        left.addAll(life.partitions());
        if (life.isSuperseded()) {
            return;
        }
        if (crash == null) {
            disk.crash(unforced -> unforced);
        } else {
            disk.crash(survivors(crash));
            subject.onCrash(crash.kind());
        }
    }

    private IntUnaryOperator survivors(Cue.Crash crash) {
        if (crash.point() == CrashPoint.SNAPSHOT_NOT_FORCED) {
            return unforced -> 0;
        }
        if (crash.point() == CrashPoint.TORN_SNAPSHOT) {
            return unforced -> unforced < 2 ? 0 : world.chance().between(1, unforced - 1);
        }
        return crash.kind() == CrashKind.POWER_LOST
                ? unforced -> world.chance().between(0, unforced)
                : unforced -> unforced;
    }

    /**
     * In the middle of a call of an old execution, another takes its place, and that of all that
     * have come since; the call is made when it has claimed, or while it claims, if the target lets
     * others in there.
     */
    <R> R takeOver(Callable<R> call) throws Exception {
        List<Life> old = List.copyOf(going);
        disk.crash(unforced -> unforced);
        Life life = new Life(this, ++lives);
        LateCall<R> latest = new LateCall<>(call);
        late = latest;
        going.add(life);
        start(life, disk, false);
        late = null;
        old.forEach(Life::supersede);
        for (int steps = world.chance().oneOf(0, 0, 5, 40, 400); steps > 0; steps--) {
            if (life.isGoingOn()) {
                step(life);
            }
        }
        return latest.answer();
    }

    /** In the middle of a claim, a call of the execution before comes to the target. */
    void arrivesLate() {
        LateCall<?> waiting = late;
        if (waiting != null) {
            waiting.make();
        }
    }

    /**
     * An execution on a copy of the store, as one who copies it would start it. Its process ends
     * then.
     *
     * @return what has kept it from starting; null if it would go on
     */
    @Nullable Throwable startOnCopy(MemoryDisk copy, boolean adopts) {
        Life life = new Life(this, lives);
        start(life, copy, adopts);
        left.addAll(life.partitions());
        copy.crash(unforced -> unforced);
        return life.failure();
    }

    /**
     * From now on, executions are on a copy of the store as it is now. The old one, whose store
     * nobody takes away, goes on until it finds out.
     *
     * @return the store that was copied
     */
    MemoryDisk goOnWithCopy(Life old) {
        MemoryDisk original = disk;
        disk = original.copy();
        Life life = new Life(this, ++lives);
        start(life, disk, false);
        if (life.failure() != null) {
            verdict.broken(
                    Oracle.HALTS,
                    "an execution on a copy of the store, which knew all that the target had, did"
                            + " not start: "
                            + life.failure());
        }
        going.add(life);
        old.supersede();
        return original;
    }

    /** An execution asks for a partition. */
    void claims(String part, Life life) {
        askers.put(part, life);
    }

    /** Whether a newer execution has asked for a partition, and so may have it. */
    boolean isAskedForAfter(String part, Life life) {
        Life asker = askers.get(part);
        return asker != null && asker.isAfter(life);
    }

    /** An execution has claimed a partition. */
    void claimed(String part, Life life) {
        Life before = claimers.put(part, life);
        if (before != null && before.isAfter(life) && suite.hasMarkers()) {
            verdict.broken(
                    Oracle.FENCED,
                    "an execution has claimed partition '"
                            + part
                            + "' again, though a newer one had claimed it before");
        }
    }

    /** Whether a newer execution has claimed a partition. */
    boolean isClaimedAfter(String part, Life life) {
        Life claimer = claimers.get(part);
        return claimer != null && claimer.isAfter(life);
    }

    /**
     * An old writer goes on staging until it finds that it was taken over from. What it stages for
     * an epoch that the new one has decided too is not told from what is needed, and stays.
     */
    void stagedByOldWriter() {
        hasStagedLate = true;
    }

    /** Numbers executions in the order in which they begin. */
    int nextSerial() {
        return ++serials;
    }

    private Plan plan(Life life) throws Exception {
        StateMapper<Long, String, SinkItem> count =
                (number, key) -> {
                    long next = number == null ? 1 : number + 1;
                    return StateUpdate.keep(next, new SinkItem(key, next));
                };
        Dataflow flow = Dataflow.named("conformance");
        InputSource source =
                new InputSource(
                        settings.input(), world.chance().fork(), world.clock(), this::acknowledged);
        var counted = flow.input("in", source).keyOn("key", key -> key).statefulMap("count", count);
        if (life.number() % 2 == 0) {
            counted = counted.mapValue("added-in-a-later-version", item -> item);
        }
        WatchedSinks<X> sinks = new WatchedSinks<>(this, life, subject);
        classes = sinks.addTo(counted, "out");
        return flow.plan();
    }

    // ---- what is looked at

    private void atDisk(String operation) {
        Life life = active;
        if (life != null) {
            life.at(operation);
        }
    }

    /** What a reader sees at this moment is held against what he may see. */
    void watch() throws Exception {
        if (suite.reading() == SinkConformance.Reading.MEANWHILE && failed == null) {
            if (commits()) {
                journal.check(subject.committed(), suite.isOrdered());
            } else {
                positions.check(subject.committed());
            }
        }
    }

    private void acknowledged(String part, int upTo) {
        Objects.requireNonNull(active).reachedAfterStep(CrashPoint.AFTER_ACKNOWLEDGEMENT_OF_ONE);
        for (SinkItem item : settings.items(part).subList(0, upTo)) {
            boolean isDone =
                    commits()
                            ? journal.isCommitted(item)
                            : suite.contract() == SinkContract.AT_LEAST_ONCE
                                    || positions.isDecided(item);
            if (!isDone) {
                verdict.broken(
                        Oracle.ACKNOWLEDGED_LAST,
                        "the source is told that " + item + " is done, which is not committed");
            }
        }
    }

    private void checkEnd() throws Exception {
        List<SinkItem> found = subject.committed();
        FinalChecks checks =
                new FinalChecks(suite.contract(), settings.items(), suite.isOrdered(), verdict);
        if (commits()) {
            journal.check(found, suite.isOrdered());
        }
        checks.multiset(found);
        checks.order(found);
        if (commits()) {
            checks.ledger(journal);
        }
        checks.garbage(hasStagedLate ? List.of() : subject.garbage(), disk.segmentNames());
    }

    // ---- failures

    private void broken(Oracle oracle, String what) {
        throw failure(oracle, what, null);
    }

    private SinkFailedError failure(Oracle oracle, String what, @Nullable Throwable cause) {
        SinkFailedError first = failed;
        if (first == null) {
            List<String> events = world.newestEvents();
            first =
                    new SinkFailedError(
                            suite.name(),
                            oracle,
                            what,
                            scenario.toString(),
                            "\nit was execution "
                                    + lives
                                    + "; the last events: "
                                    + String.join(
                                            ", ",
                                            events.subList(
                                                    Math.max(0, events.size() - SHOWN_EVENTS),
                                                    events.size())),
                            cause);
            failed = first;
        }
        return first;
    }

    private void throwIfFailed() {
        if (failed != null) {
            throw failed;
        }
    }

    private static void closeQuietly(AutoCloseable partition) {
        try {
            partition.close();
        } catch (Exception e) {
            // Its process is gone, so that nobody is there to care.
        }
    }
}
