package dev.waxwing.simulation.sink;

import dev.waxwing.Dataflow;
import dev.waxwing.KeyedStream;
import dev.waxwing.engine.channel.Channels;
import dev.waxwing.engine.channel.Pace;
import dev.waxwing.engine.compile.Shape;
import dev.waxwing.engine.resume.Preparation;
import dev.waxwing.engine.site.Openings;
import dev.waxwing.engine.site.Owners;
import dev.waxwing.plan.Plan;
import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.recovery.memory.MemoryDisk;
import dev.waxwing.recovery.memory.MemoryRecoveryStore;
import dev.waxwing.recovery.store.StoreOptions;
import dev.waxwing.simulation.ScriptedWorld;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Outcome;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.ResettableSink;
import dev.waxwing.sink.Sink;
import dev.waxwing.sink.SinkContract;
import dev.waxwing.sink.TwoPhasePartition;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.StatefulSourcePartition;
import dev.waxwing.testing.TargetFaults;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One run of starts that are refused, over the store, copies of it and others, between executions
 * that are not; and of an execution after a reset.
 */
final class RefusedStarts<X> {

    /** How {@link SinkConformance#replay} calls it. */
    static final String SCENARIO = "refused starts";

    private static final String DATAFLOW = "conformance";
    private static final String STEP = "out";
    private static final long SEED = 0;
    private static final long STEPS_MAX = 100_000;
    private static final Shape SHAPE =
            new Shape(
                    2,
                    true,
                    new Channels(2, 4, Pace.of(0)),
                    new Shape.Chains(Shape.Stages.AS_PLANNED, false, true),
                    Owners.BY_HASH,
                    Openings.atOnce());

    private final Suite<X> suite;
    private final SinkSubject<X> subject;
    private final ScriptedWorld world = new ScriptedWorld(SEED, STEPS_MAX, operation -> {});
    private final List<SinkItem> first = List.of(item("k0", 1), item("k1", 1), item("k0", 2));
    private final List<SinkItem> second = List.of(item("k1", 2), item("k2", 1));
    private final TestSource<SinkItem> source =
            TestSource.ofElements(
                    List.of(
                            first.get(0),
                            first.get(1),
                            first.get(2),
                            TestItems.endOfInput(),
                            second.get(0),
                            second.get(1)));

    private RefusedStarts(Suite<X> suite, SinkSubject<X> subject) {
        this.suite = suite;
        this.subject = subject;
    }

    /** Why a start is refused, when the sink has been claimed. */
    private enum Reason {
        NONE,
        /** A source cannot be opened. */
        SOURCE,
        /** Another sink cannot be claimed. */
        SINK
    }

    /**
     * Runs it.
     *
     * @throws SinkFailedError if something is left that a later start is refused by
     */
    static <X> void run(Suite<X> suite) {
        try (SinkSubject<X> subject = suite.factory().open()) {
            new RefusedStarts<>(suite, subject).run();
        } catch (SinkFailedError e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(
                    "sink '" + suite.name() + "': the subject of the test failed in " + SCENARIO,
                    e);
        }
    }

    private void run() throws Exception {
        MemoryDisk disk = disk(1);
        refuse(disk(2));
        goOn(disk, "starts from other stores were refused");
        refuse(disk.copy());
        refuse(disk);
        goOn(disk, "starts from it and from its copy were refused");
        checkTarget();
        if (subject.sink(TargetFaults.NONE) instanceof ResettableSink resettable
                && suite.contract() != SinkContract.BY_POSITION) {
            reset(resettable);
            goOn(disk(3), "the target was made to forget");
        }
    }

    private static MemoryDisk disk(int number) {
        return new MemoryDisk(new UUID(0, number));
    }

    private static SinkItem item(String key, long number) {
        return new SinkItem(key, number);
    }

    private void refuse(MemoryDisk disk) throws Exception {
        for (Reason reason : List.of(Reason.SOURCE, Reason.SINK)) {
            if (execution(disk, reason) == null) {
                throw new AssertionError("a start that was to be refused was not");
            }
        }
    }

    private void goOn(MemoryDisk disk, String before) throws Exception {
        Throwable failure = execution(disk, Reason.NONE);
        if (failure != null) {
            throw broken(
                    Oracle.LEAVES_NOTHING,
                    "an execution fails after "
                            + before
                            + ": "
                            + failure.getMessage()
                            + "; a partition whose target keeps a marker is to be a"
                            + " ReleasablePartition",
                    failure);
        }
    }

    private void checkTarget() throws Exception {
        List<SinkItem> all = new ArrayList<>(first);
        all.addAll(second);
        List<SinkItem> found = subject.committed();
        FinalChecks checks =
                new FinalChecks(
                        suite.contract(),
                        all,
                        suite.isOrdered(),
                        (oracle, what) -> {
                            throw broken(oracle, what, null);
                        });
        checks.multiset(found);
        checks.order(found);
        checks.garbage(subject.garbage(), List.of());
    }

    private void reset(ResettableSink sink) throws Exception {
        for (String part : ((EpochSink<?>) sink).listParts()) {
            Owner owner =
                    new Owner(
                            new UUID(1, 0),
                            Long.MAX_VALUE,
                            new UUID(1, 1),
                            marker -> true,
                            true,
                            DATAFLOW,
                            DATAFLOW + "." + STEP,
                            part);
            sink.forget(owner);
            String left = sink.remembered(owner);
            if (left != null) {
                throw broken(
                        Oracle.LEAVES_NOTHING,
                        "the target was made to forget, but remembers " + left,
                        null);
            }
        }
    }

    /* What it failed by, or null. */
    private @Nullable Throwable execution(MemoryDisk disk, Reason reason) throws Exception {
        Plan plan = plan(reason);
        try (MemoryRecoveryStore store =
                world.outside(() -> MemoryRecoveryStore.open(disk, DATAFLOW, options()))) {
            Preparation preparation =
                    world.outside(
                            () ->
                                    Preparation.resuming(
                                            plan,
                                            SHAPE,
                                            store,
                                            CodecRegistry.empty(),
                                            Map.of(),
                                            Preparation.Start.newest()));
            ScriptedWorld.Stepped running = world.start(preparation, 0);
            while (!running.isOver()) {
                running.step();
            }
            running.finish();
            return null;
        } catch (Throwable thrown) {
            return thrown;
        }
    }

    private StoreOptions options() {
        return StoreOptions.defaults()
                .withWorkers(SHAPE.workers())
                .withClock(world.clock())
                .withTokens(() -> new UUID(world.chance().bits(), world.chance().bits()));
    }

    @SuppressWarnings("unchecked") // sinks of any key take strings
    private Plan plan(Reason reason) throws Exception {
        Dataflow flow = Dataflow.named(DATAFLOW);
        FixedPartitionedSource<SinkItem, Integer> from =
                reason == Reason.SOURCE ? new Unopened(source) : source;
        KeyedStream<String, X> items =
                flow.input("in", from).keyOn("key", SinkItem::key).mapValue("item", subject::item);
        Sink<X> sink = subject.sink(TargetFaults.NONE);
        if (sink instanceof DynamicSink<X> dynamic) {
            items.output(STEP, dynamic);
        } else if (sink instanceof EpochSink<X> epochs) {
            items.output(STEP, epochs);
        } else {
            items.output(STEP, (FixedPartitionedSink<Object, X, Object>) sink);
        }
        if (reason == Reason.SINK) {
            items.output("refusing", new Refusing<X>());
        }
        return flow.plan();
    }

    private SinkFailedError broken(Oracle oracle, String what, @Nullable Throwable cause) {
        return new SinkFailedError(suite.name(), oracle, what, SCENARIO, "", cause);
    }

    /** The same partitions, none of which can be opened. */
    private record Unopened(TestSource<SinkItem> source)
            implements FixedPartitionedSource<SinkItem, Integer> {

        @Override
        public List<String> listParts() {
            return source.listParts();
        }

        @Override
        public StatefulSourcePartition<SinkItem, Integer> buildPart(
                String stepId, String forPart, @Nullable Integer resumeState) throws IOException {
            throw new IOException("refused by the kit");
        }
    }

    /** Cannot be claimed. */
    private static final class Refusing<X> implements EpochSink<X> {

        private static final long serialVersionUID = 1L;

        @Override
        public List<String> listParts() {
            return List.of("only");
        }

        @Override
        public TwoPhasePartition<X, String> buildPart(String stepId, String forPart) {
            return new TwoPhasePartition<>() {
                @Override
                public @Nullable Marker claim(Owner owner) throws IOException {
                    throw new IOException("refused by the kit");
                }

                @Override
                public void writeBatch(List<X> items) {}

                @Override
                public List<String> prepare(long epoch) {
                    return List.of();
                }

                @Override
                public Outcome commit(String committable) {
                    return Outcome.committed();
                }

                @Override
                public void abortBeyond(long epoch) {}
            };
        }
    }
}
