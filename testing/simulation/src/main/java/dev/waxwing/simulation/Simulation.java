package dev.waxwing.simulation;

import dev.waxwing.Dataflow;
import dev.waxwing.function.Mapper;
import dev.waxwing.plan.Plan;
import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.recovery.memory.MemoryDisk;
import dev.waxwing.step.StepFailedException;
import dev.waxwing.testing.ManualClock;
import dev.waxwing.testing.TargetFaults;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A world in which a dataflow is run on one thread, in virtual time, and everything goes wrong that
 * can: a seed decides how many workers there are, who steps next, when time passes, what the disk
 * refuses, and when the process is killed. Executions follow each other on the same disk until one
 * comes to the end of input.
 *
 * <p>Usually made by {@link SimulationTest}, or {@link #seeds}. The same seed makes the same world.
 * Confined to one thread.
 */
public final class Simulation {

    private static final int PARTITIONS_MAX = 4;

    private final long seed;
    private final Chance chance;
    private final World world;
    private CodecRegistry classes = CodecRegistry.empty();
    private @Nullable Generations generations;
    private @Nullable Plan plan;

    Simulation(long seed) {
        this.seed = seed;
        this.chance = new Chance(seed);
        this.world = new World(chance.fork(), Hazards.of(chance.fork()));
    }

    /** A test in a world. */
    @FunctionalInterface
    public interface Body {
        void run(Simulation world) throws Exception;
    }

    // ---- running seeds

    /**
     * Runs a test in the worlds of the seeds from 0 to {@code count - 1}, up to the first that
     * fails. The system property {@code waxwing.seeds} asks for another count, {@code waxwing.seed}
     * for a single seed.
     *
     * @throws SeedFailedError tells the seed, what happened last, and how to replay it
     * @throws IllegalArgumentException if there would be no seed at all
     */
    public static void seeds(int count, Body body) {
        Long only = Long.getLong("waxwing.seed");
        if (only != null) {
            seed(only, body);
            return;
        }
        long end = Long.getLong("waxwing.seeds", count);
        if (end < 1) {
            throw new IllegalArgumentException(
                    "the number of seeds must be 1 or more, but was "
                            + end
                            + "; a test that runs in no world shows nothing");
        }
        for (long seed = 0; seed < end; seed++) {
            seed(seed, body);
        }
    }

    /**
     * Runs a test in the world of one seed.
     *
     * @throws SeedFailedError tells the seed, what happened last, and how to replay it
     */
    public static void seed(long seed, Body body) {
        Simulation world = new Simulation(seed);
        try {
            body.run(world);
        } catch (Exception | AssertionError e) {
            throw SeedFailedError.of(world, e);
        }
    }

    // ---- what the world is made of

    /** The seed of this world. */
    public long seed() {
        return seed;
    }

    /** Decisions that follow from the seed, for a test's own random input. */
    public Chance chance() {
        return chance;
    }

    /** The time of this world; it moves on by itself. */
    public ManualClock clock() {
        return world.clock();
    }

    /** A source of these items, in this order: one partition. */
    public <T> SimulatedSource<T> source(List<? extends T> items) {
        return partitions(Map.of("items", items));
    }

    /**
     * A source of these items in a number of partitions: items of a key are in the same one, in
     * this order.
     */
    public <T, K> SimulatedSource<T> keyedSource(
            List<? extends T> items, Mapper<? super T, ? extends K> key) {
        int count = chance.between(1, PARTITIONS_MAX);
        Map<String, List<T>> partitions = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            partitions.put("items-" + i, new ArrayList<>());
        }
        List<List<T>> lists = List.copyOf(partitions.values());
        Map<Object, Integer> places = new LinkedHashMap<>();
        for (T item : items) {
            int place = places.computeIfAbsent(keyOf(key, item), known -> chance.below(count));
            lists.get(place).add(item);
        }
        return partitions(partitions);
    }

    /** A source of given partitions, listed in the map's order. */
    public <T> SimulatedSource<T> partitions(Map<String, ? extends List<? extends T>> items) {
        return new SimulatedSource<>(world, items);
    }

    /** A sink of one partition, for plain and keyed streams. */
    public <X> SimulatedSink<X> sink() {
        return sink(1);
    }

    /** A sink of several partitions, for keyed streams. */
    public <X> SimulatedSink<X> sink(int partitions) {
        SimulatedSink<X> sink = new SimulatedSink<>(world, partitions);
        world.add(sink);
        return sink;
    }

    /**
     * A call that completes when the seed says so, in any order with others; for the functions of
     * {@code mapAsync}.
     */
    public <R> CompletionStage<R> later(Supplier<? extends R> result) {
        return world.calls().open(result);
    }

    /**
     * Faults for the targets of {@code dev.waxwing.testing}: calls fail before and after they have
     * had their effect, and the process is killed there, when the seed wants it.
     */
    public TargetFaults targetFaults() {
        return world::atTarget;
    }

    /**
     * Without executions that go back to an older snapshot than the newest: sinks that commit
     * epochs would get again what they have.
     */
    public Simulation withoutReplays() {
        world.forbidReplays();
        return this;
    }

    /** With classes that may be stored where no type is declared. */
    public Simulation withClasses(CodecRegistry known) {
        classes = known;
        return this;
    }

    /** With another limit to the steps of all executions together; 5 million if none is set. */
    public Simulation withStepsMax(long steps) {
        world.limitSteps(steps);
        return this;
    }

    // ---- running

    /**
     * Runs a dataflow until all input has ended, whatever happens; called again, goes on from
     * there.
     *
     * @throws StepFailedException if code of a step threw
     * @throws AssertionError if the dataflow does not end, or a runner broke a promise
     */
    public SimulatedRun run(Dataflow flow) {
        Plan frozen = flow.plan();
        plan = frozen;
        Generations lives = generations;
        if (lives == null) {
            lives = new Generations(world, classes);
            generations = lives;
        }
        try {
            lives.run(frozen, () -> Generations.Setting.of(world));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        return new SimulatedRun(world.sinks(), lives.executions());
    }

    /** The same for the same course of events. */
    public long traceHash() {
        return world.trace().hash();
    }

    // ---- for this package

    @Nullable Plan plan() {
        return plan;
    }

    Trace trace() {
        return world.trace();
    }

    long stepsDone() {
        return world.stepsDone();
    }

    int executions() {
        return generations == null ? 0 : generations.executions();
    }

    /** There is a recovery store, whatever the seed. */
    void keepRecovery() {
        world.keepRecovery();
    }

    void keepSnapshots() {
        world.keepSnapshots();
    }

    Hazards hazards() {
        return world.hazards();
    }

    @Nullable MemoryDisk disk() {
        return generations == null ? null : generations.disk();
    }

    private static <T, K> Object keyOf(Mapper<? super T, ? extends K> key, T item) {
        try {
            return key.map(item);
        } catch (Exception e) {
            throw new IllegalArgumentException("the key of " + item + " cannot be told: " + e, e);
        }
    }
}
