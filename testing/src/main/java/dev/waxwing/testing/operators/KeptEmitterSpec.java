package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.keyed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.waxwing.Dataflow;
import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.kernel.Emitter;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.KeyedKernel;
import dev.waxwing.kernel.KeyedKernel.KeyedOutputs;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.kernel.StepContext;
import dev.waxwing.source.DynamicSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatelessSourcePartition;
import dev.waxwing.state.LogicContext;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.state.StatefulSpec;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.step.StepFailedException;
import dev.waxwing.testing.TestSink;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is given to a call is good for that call and on its thread only, on any runner. */
public abstract class KeptEmitterSpec extends OperatorSpec {

    private static final String REFUSED = "outside of the call that the emitter was given to";

    @Test
    void functionThatEmitsOnAnotherThreadStopsTheExecution() {
        given(1, 2, 3)
                .through(numbers -> numbers.transform("bad", new Emitting(elsewhere())))
                .expectFailure("step 'flow.bad': emitted on thread 'elsewhere'", REFUSED);
    }

    @Test
    void functionWithAPolicyThatEmitsOnAnotherThreadStopsTheExecution() {
        given(1, 2, 3)
                .through(
                        numbers ->
                                numbers.transform("bad", new Emitting(elsewhere()))
                                        .onFailure(FailurePolicy.deadLetter()))
                .expectFailure("step 'flow.bad': emitted on thread 'elsewhere'", REFUSED);
    }

    @Test
    void logicThatEmitsOnAnotherThreadStopsTheExecution() {
        givenKeyed(keyed("a", 1), keyed("a", 2))
                .through(numbers -> numbers.stateful("bad", logic(new Probe(elsewhere()))))
                .expectFailure("step 'flow.bad': emitted on thread 'elsewhere'", REFUSED);
    }

    @Test
    void emitterOfAnEarlierCallOfALogicStopsTheExecution() {
        givenKeyed(keyed("a", 1), keyed("a", 2))
                .through(numbers -> numbers.stateful("bad", logic(new Probe(intoTheFirst()))))
                .expectFailure("step 'flow.bad'", REFUSED);
    }

    @Test
    void emitterOfAnEarlierCallOfAFunctionStopsTheExecution() {
        given(1, 2, 3)
                .through(numbers -> numbers.transform("bad", new Emitting(intoTheFirst())))
                .expectFailure("step 'flow.bad'", REFUSED);
    }

    @Test
    void emitterOfAnEarlierCallOfAKeyedFunctionStopsTheExecution() {
        inModes(
                mode -> !mode.recovery(),
                world -> {
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1, 2, 3))
                            .keyOn("key", item -> "a")
                            .transform("bad", new KeyedIntoTheFirst())
                            .output("out", new TestSink<>());

                    assertRefused(world, flow);
                });
    }

    @Test
    void emitterOfAnEarlierCallOfASourceStopsTheExecution() {
        inEachMode(
                world -> {
                    var flow = Dataflow.named("flow");
                    flow.input(
                                    "bad",
                                    (DynamicSource<Integer>) (step, worker, workers) -> new First())
                            .output("out", new TestSink<Integer>());

                    assertRefused(world, flow);
                });
    }

    @Test
    void emitterOfASourceThatAStepBehindUsesStopsTheExecution() {
        inModes(
                mode -> mode.workers() == 1,
                world -> {
                    var kept = new AtomicReference<@Nullable Emitter<? super Integer>>();
                    var flow = Dataflow.named("flow");
                    flow.input(
                                    "bad",
                                    (DynamicSource<Integer>)
                                            (step, worker, workers) -> new Lending(kept))
                            .transform("other", new Emitting(borrowing(kept)))
                            .output("out", new TestSink<>());

                    assertRefused(world, flow);
                });
    }

    @Test
    void emitterOfAnEarlierCallForAnotherKeyStopsTheExecution() {
        inModes(
                mode -> mode.workers() == 1,
                world -> {
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1, 2))
                            .keyOn("key", String::valueOf)
                            .stateful("bad", logic(new Probe(intoTheFirst())))
                            .output("out", new TestSink<>());

                    assertRefused(world, flow);
                });
    }

    @Test
    void emitterOfAnEarlierCallOfAFunctionWithAPolicyStopsTheExecution() {
        inModes(
                mode -> !mode.recovery(),
                world -> {
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1, 2, 3))
                            .transform("bad", new Emitting(intoTheFirst()))
                            .onFailure(FailurePolicy.deadLetter())
                            .output("out", new TestSink<>());

                    assertRefused(world, flow);
                });
    }

    @Test
    void emitterOfAStepThatAnotherStepUsesStopsTheExecution() {
        given(1, 2, 3)
                .through(
                        numbers -> {
                            var kept = new AtomicReference<@Nullable Emitter<? super Integer>>();
                            return numbers.transform("lent", new Emitting(lending(kept)))
                                    .transform("other", new Emitting(borrowing(kept)));
                        })
                .expectFailure("step 'flow.lent'", REFUSED);
    }

    @Test
    void sourceThatEmitsOnAnotherThreadStopsTheExecution() {
        inEachMode(world -> assertRefused(world, (step, worker, workers) -> new Part()));
    }

    @Test
    void sourceThatMayBlockAndEmitsOnAnotherThreadStopsTheExecution() {
        inEachMode(world -> assertRefused(world, (step, worker, workers) -> new BlockingPart()));
    }

    private static void assertRefused(SpecWorld world, DynamicSource<Integer> source) {
        var flow = Dataflow.named("flow");
        flow.input("bad", source).output("out", new TestSink<Integer>());

        Throwable failure = catchThrowable(() -> world.run(flow));

        assertThat(failure)
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining("step 'flow.bad': emitted on thread 'elsewhere'")
                .hasMessageContaining(REFUSED);
    }

    @Test
    void emitterThatIsKeptUntilTheStepClosesIsRefused() {
        inEachMode(
                world -> {
                    Queue<Throwable> refusals = new ConcurrentLinkedQueue<>();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1))
                            .transform("bad", new Keeping(refusals::add))
                            .output("out", new TestSink<Integer>());

                    world.run(flow);

                    assertThat(refusals)
                            .isNotEmpty()
                            .allSatisfy(
                                    each ->
                                            assertThat(each)
                                                    .hasMessageContaining("step 'flow.bad'")
                                                    .hasMessageContaining(REFUSED));
                });
    }

    @Test
    void contextOfAStepIsRefusedOnAnotherThread() {
        inEachMode(
                world -> {
                    Queue<Throwable> refusals = new ConcurrentLinkedQueue<>();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1))
                            .transform("bad", new Asking(refusals::add))
                            .output("out", new TestSink<Integer>());

                    world.run(flow);

                    assertThat(refusals)
                            .isNotEmpty()
                            .allSatisfy(
                                    each ->
                                            assertThat(each)
                                                    .hasMessageContaining("step 'flow.bad'")
                                                    .hasMessageContaining("thread 'elsewhere'"));
                });
    }

    @Test
    void contextOfALogicIsRefusedOnAnotherThread() {
        givenKeyed(keyed("a", 1))
                .through(
                        numbers ->
                                numbers.stateful(
                                        "bad",
                                        logic(
                                                new Probe(
                                                        (context, out, value) ->
                                                                out.emit(
                                                                        onThread(context::key)
                                                                                        == null
                                                                                ? 0
                                                                                : value)))))
                .expect(keyed("a", 1));
    }

    @Test
    void keyInASnapshotIsThatOfTheLogic() {
        inModes(
                SpecMode::recovery,
                world -> {
                    Map<Object, Object> keys = new ConcurrentHashMap<>();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1, 2, 3))
                            .keyOn("key", n -> n)
                            .stateful(
                                    "keys",
                                    StatefulSpec.<Integer, Integer, Integer, Integer>of(
                                            "key",
                                            (context, state) ->
                                                    new KeyLogic(context, keys, context.key())))
                            .output("out", new TestSink<Integer>());

                    world.run(flow);

                    assertThat(keys).isEqualTo(Map.of(1, 1, 2, 2, 3, 3));
                });
    }

    private static void assertRefused(SpecWorld world, Dataflow flow) {
        assertThat(catchThrowable(() -> world.run(flow)))
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining("step 'flow.bad'")
                .hasMessageContaining(REFUSED);
    }

    /** Emits an item on a thread of its own, and keeps to itself what comes of it. */
    private static Emission elsewhere() {
        return (out, item) -> onThread(() -> out.emit(item));
    }

    /** Emits all items into the first emitter that it was given. */
    private static Emission intoTheFirst() {
        var first = new AtomicReference<@Nullable Emitter<? super Integer>>();
        return (out, item) -> {
            first.compareAndSet(null, out);
            Objects.requireNonNull(first.get()).emit(item);
        };
    }

    private static Emission lending(AtomicReference<@Nullable Emitter<? super Integer>> kept) {
        return (out, item) -> {
            kept.set(out);
            out.emit(item);
        };
    }

    private static Emission borrowing(AtomicReference<@Nullable Emitter<? super Integer>> kept) {
        return (out, item) -> Objects.requireNonNull(kept.get()).emit(item);
    }

    private static List<Runnable> callsOf(StepContext context) {
        return List.of(
                context::epoch, context::now, context::nowMillis, () -> context.count("asked", 1));
    }

    private static Throwable refusalOf(Runnable call) {
        Throwable refused = onThread(call);
        return refused == null ? new AssertionError("was not refused") : refused;
    }

    private static Throwable refusalOf(Emitter<? super Integer> emitter) {
        Throwable refused = catchThrowable(() -> emitter.emit(0));
        return refused == null ? new AssertionError("was taken") : refused;
    }

    private static @Nullable Throwable onThread(Runnable work) {
        Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
        Thread thread = new Thread(() -> run(work, thrown), "elsewhere");
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return thrown.peek();
    }

    private static void run(Runnable work, Queue<Throwable> thrown) {
        try {
            work.run();
        } catch (Throwable refused) {
            thrown.add(refused);
        }
    }

    private static StatefulSpec<String, Integer, Integer, Integer> logic(Probe probe) {
        return StatefulSpec.of("last", (context, state) -> new ProbedLogic(context, probe));
    }

    private interface Emission extends java.io.Serializable {
        void emit(Emitter<? super Integer> out, Integer item);
    }

    private interface LogicCall extends java.io.Serializable {
        void onItem(LogicContext<String> context, Emitter<? super Integer> out, Integer value);
    }

    private record Probe(LogicCall call) implements java.io.Serializable {
        Probe(Emission emission) {
            this((context, out, value) -> emission.emit(out, value));
        }
    }

    private static final class ProbedLogic implements StatefulLogic<Integer, Integer, Integer> {
        private final LogicContext<String> context;
        private final Probe probe;

        ProbedLogic(LogicContext<String> context, Probe probe) {
            this.context = context;
            this.probe = probe;
        }

        @Override
        public Retain onItem(Integer value, Outputs<? super Integer> out) {
            probe.call().onItem(context, out, value);
            return Retain.KEEP;
        }

        @Override
        public Integer snapshot() {
            return 0;
        }
    }

    /** Tells of each key what its context said during the snapshot. */
    private static final class KeyLogic implements StatefulLogic<Integer, Integer, Integer> {
        private final LogicContext<Integer> context;
        private final Map<Object, Object> keys;
        private final Integer key;

        KeyLogic(LogicContext<Integer> context, Map<Object, Object> keys, Integer key) {
            this.context = context;
            this.keys = keys;
            this.key = key;
        }

        @Override
        public Retain onItem(Integer value, Outputs<? super Integer> out) {
            out.emit(value);
            return Retain.KEEP;
        }

        @Override
        public Integer snapshot() {
            keys.put(key, context.key());
            return key;
        }
    }

    private static final class Emitting implements Kernel<Integer, Integer> {
        private static final long serialVersionUID = 1L;

        private final Emission emission;

        Emitting(Emission emission) {
            this.emission = emission;
        }

        @Override
        public void onItem(Integer item, Outputs<? super Integer> out) {
            emission.emit(out, item);
        }
    }

    /** Emits all values into the first emitter that it was given. */
    private static final class KeyedIntoTheFirst implements KeyedKernel<String, Integer, Integer> {
        private static final long serialVersionUID = 1L;

        private transient @Nullable KeyedOutputs<String, ? super Integer> first;

        @Override
        public void onItem(String key, Integer value, KeyedOutputs<String, ? super Integer> out) {
            if (first == null) {
                first = out;
            }
            first.emit(key, value);
        }
    }

    /** Emits once more when it is closed. */
    private static final class Keeping implements Kernel<Integer, Integer> {
        private static final long serialVersionUID = 1L;

        private final transient Consumer<Throwable> refusals;
        private transient @Nullable Emitter<? super Integer> kept;

        Keeping(Consumer<Throwable> refusals) {
            this.refusals = refusals;
        }

        @Override
        public void onItem(Integer item, Outputs<? super Integer> out) {
            kept = out;
            out.emit(item);
        }

        @Override
        public void close() {
            Emitter<? super Integer> emitter = kept;
            if (emitter != null) {
                refusals.accept(refusalOf(emitter));
            }
        }
    }

    /** Asks its context on another thread. */
    private static final class Asking implements Kernel<Integer, Integer> {
        private static final long serialVersionUID = 1L;

        private final transient Consumer<Throwable> refusals;
        private transient @Nullable StepContext context;

        Asking(Consumer<Throwable> refusals) {
            this.refusals = refusals;
        }

        @Override
        public void open(StepContext given) {
            context = given;
        }

        @Override
        public void onItem(Integer item, Outputs<? super Integer> out) {
            for (Runnable call : callsOf(Objects.requireNonNull(context))) {
                refusals.accept(refusalOf(call));
            }
            out.emit(item);
        }
    }

    /** Reads one item, and another on a thread of its own. */
    private static class Part implements StatelessSourcePartition<Integer> {
        private int calls;

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Integer> out) {
            out.emit(1);
            onThread(() -> out.emit(2));
            return ++calls < 100 ? SourceStatus.OPEN : SourceStatus.ENDED;
        }
    }

    /** Emits all items into the emitter of its first call. */
    private static final class First implements StatelessSourcePartition<Integer> {
        private @Nullable Emitter<? super Integer> first;
        private int calls;

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Integer> out) {
            if (first == null) {
                first = out;
            }
            first.emit(1);
            return ++calls < 100 ? SourceStatus.OPEN : SourceStatus.ENDED;
        }
    }

    /** Shows its emitter to others. */
    private static final class Lending implements StatelessSourcePartition<Integer> {
        private final AtomicReference<@Nullable Emitter<? super Integer>> kept;

        Lending(AtomicReference<@Nullable Emitter<? super Integer>> kept) {
            this.kept = kept;
        }

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Integer> out) {
            kept.set(out);
            out.emit(1);
            return SourceStatus.ENDED;
        }
    }

    private static final class BlockingPart extends Part implements BlockingPartition {}
}
