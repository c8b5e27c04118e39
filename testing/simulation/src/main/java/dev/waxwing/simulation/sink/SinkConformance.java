package dev.waxwing.simulation.sink;

import dev.waxwing.sink.Sink;
import dev.waxwing.sink.SinkContract;
import dev.waxwing.testing.TargetFaults;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a sink keeps its promise, wherever an execution crashes and whatever its target does. A
 * test of the sink's author says
 *
 * <pre>{@code
 * @Test
 * void keepsItsPromiseWhateverCrashes() {
 *     SinkConformance.of("orders", OrdersSubject::new).run();
 * }
 * }</pre>
 *
 * <p>The kit sends keyed, seeded input through a source, keyed state and the sink, crashes it at
 * every {@link CrashPoint} that the sink's contract has, alone, in ordered pairs, and with every
 * {@link TargetFault}; starts it again from what was durable, with another number of workers and
 * another version of the dataflow; and holds what a reader sees against every {@link Oracle}.
 * Starts that are refused, and a reset if the sink has one, must leave nothing. All is on one
 * thread in virtual time, and happens again when it is replayed.
 *
 * <p>A run takes a millisecond or two, and however long the subject needs for its target; there are
 * some thousand of them, which have all single crashes and some of the pairs; with {@code
 * -Dwaxwing.slow=true} some ten thousand, which have all pairs. A report is written to {@code
 * target/sink-conformance/}. Immutable; {@code with…} methods return copies.
 *
 * @param <X> item of the sink
 */
public final class SinkConformance<X> {

    private static final int SEEDS = 2;

    private final String name;
    private final SinkSubject.Factory<X> factory;
    private final boolean isOrdered;
    private final @Nullable Reading reading;
    private final boolean hasMarkers;
    private final int runsMax;

    /** When {@link SinkSubject#committed} can be asked. */
    public enum Reading {

        /** At any time: it shows committed data only. The default for sinks that commit epochs. */
        MEANWHILE,

        /**
         * When all executions have ended: before, it may show what is not committed. The default
         * for sinks by position and at least once.
         */
        AT_THE_END
    }

    private SinkConformance(
            String name,
            SinkSubject.Factory<X> factory,
            boolean isOrdered,
            @Nullable Reading reading,
            boolean hasMarkers,
            int runsMax) {
        this.name = name;
        this.factory = factory;
        this.isOrdered = isOrdered;
        this.reading = reading;
        this.hasMarkers = hasMarkers;
        this.runsMax = runsMax;
    }

    /**
     * A suite for a sink of any contract.
     *
     * @param name of the sink, for messages and the report
     * @param factory makes a subject with an empty target for each run
     */
    public static <X> SinkConformance<X> of(String name, SinkSubject.Factory<X> factory) {
        return new SinkConformance<>(name, factory, true, null, false, Integer.MAX_VALUE);
    }

    /** For a target that does not keep the order of items. */
    public SinkConformance<X> withoutOrder() {
        return new SinkConformance<>(name, factory, false, reading, hasMarkers, runsMax);
    }

    /** For a target whose readers see committed data in another way than is usual. */
    public SinkConformance<X> withReading(Reading wanted) {
        return new SinkConformance<>(name, factory, isOrdered, wanted, hasMarkers, runsMax);
    }

    /**
     * For a two-phase sink whose target remembers who writes to it, so that executions over copies
     * of a store must be kept apart. A transactional one always does.
     */
    public SinkConformance<X> withMarkers() {
        return new SinkConformance<>(name, factory, isOrdered, reading, true, runsMax);
    }

    /**
     * For a target that is slow: about so many runs, of which those with a single crash are never
     * left out, and where all pairs are wanted none of these.
     */
    public SinkConformance<X> withRunsMax(int runs) {
        if (runs < 1) {
            throw new IllegalArgumentException("runs must be 1 or more, but was " + runs);
        }
        return new SinkConformance<>(name, factory, isOrdered, reading, hasMarkers, runs);
    }

    /**
     * Runs the suite and writes its report.
     *
     * @throws SinkFailedError for the first run in which a promise is broken; it tells how to
     *     replay it
     */
    public SinkReport run() {
        return run(
                Boolean.getBoolean("waxwing.slow") ? Effort.slow(runsMax) : Effort.usual(runsMax));
    }

    /** Runs the suite as thoroughly as is wanted. */
    SinkReport run(Effort effort) {
        Suite<X> suite = suite();
        Tally tally = new Tally(suite);
        try {
            for (long seed = 0; seed < SEEDS || tally.runs() < effort.runsMin(); seed++) {
                tally.seed();
                new SeedRuns<>(suite, seed, effort, tally).run();
            }
            tally.run();
            RefusedStarts.run(suite);
        } catch (SinkFailedError e) {
            tally.failed(e);
            throw e;
        } finally {
            tally.report().write();
        }
        return tally.report();
    }

    /**
     * Runs one scenario, as the message of a failure tells it.
     *
     * @throws SinkFailedError if it fails again
     */
    public void replay(String scenario) {
        if (scenario.equals(RefusedStarts.SCENARIO)) {
            RefusedStarts.run(suite());
            return;
        }
        Scenario wanted = Scenario.parse(scenario);
        Suite<X> suite = suite();
        Trial.Result dry = Trial.run(suite, Scenario.undisturbed(wanted.seed()));
        Trial.run(suite.withOwnPoints(dry.ownPoints()), wanted);
    }

    private Suite<X> suite() {
        try (SinkSubject<X> probe = factory.open()) {
            Sink<X> sink = probe.sink(TargetFaults.NONE);
            SinkContract contract = sink.contract();
            boolean commits =
                    contract != SinkContract.AT_LEAST_ONCE && contract != SinkContract.BY_POSITION;
            Reading usual = commits ? Reading.MEANWHILE : Reading.AT_THE_END;
            return new Suite<>(
                    name,
                    factory,
                    contract,
                    new Suite.Target(
                            isOrdered,
                            hasMarkers || contract == SinkContract.TRANSACTIONAL,
                            probe.backUp() != null),
                    reading == null ? usual : reading,
                    Set.of());
        } catch (Exception e) {
            throw new IllegalStateException(
                    "sink '" + name + "': the subject of the test cannot be opened: " + e, e);
        }
    }
}
