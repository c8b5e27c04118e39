package dev.waxwing.simulation.windows;

import dev.waxwing.Stream;
import dev.waxwing.Stream.Branches;
import dev.waxwing.function.AsyncMapper;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.KeyedKernel;
import dev.waxwing.kernel.KeyedKernel.KeyedOutputs;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.kernel.Port;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.state.StatefulBatchLogic;
import dev.waxwing.step.AsyncOptions;
import dev.waxwing.step.BatchOptions;
import dev.waxwing.step.FailurePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A step that passes every item on once, possibly later. */
enum HoldingStep {
    MAP,
    FLAT_MAP,
    FILTER_MAP,
    INSPECT,
    BATCH,
    KEYED_BATCH,
    TRIED_AGAIN,
    BATCH_TRIED_AGAIN,
    CALLED,
    SIDE_OUTPUT,
    DEAD_LETTERS,
    DEAD_LETTERS_OF_A_SINK,
    TWO_WAYS,
    STATEFUL,
    STATEFUL_BATCH,
    SPREAD,
    CALLED_AS_COMPLETED;

    private static final FailurePolicy RETRY =
            FailurePolicy.retry(3).withBackOff(Duration.ofMillis(1), Duration.ofMillis(5));

    private static final DynamicSink<Reading> REFUSING =
            (stepId, worker, workers) ->
                    batch -> {
                        throw new IllegalStateException("put aside");
                    };

    /** Steps before which items change the worker. */
    private static final Set<HoldingStep> MEETING_OTHERS =
            Set.of(STATEFUL, STATEFUL_BATCH, SPREAD, CALLED_AS_COMPLETED);

    /** A call that completes with its item at some time. */
    interface Later<T> extends AsyncMapper<T, T> {}

    /** Whether items of several partitions keep to these if there are several workers. */
    boolean keepsPartitions() {
        return !MEETING_OTHERS.contains(this);
    }

    /** Whether the order within a partition is kept. */
    boolean keepsOrder() {
        return this != CALLED_AS_COMPLETED && this != TWO_WAYS && this != SPREAD;
    }

    Stream<Reading> add(String name, Stream<Reading> stream, Later<Reading> later) {
        return switch (this) {
            case MAP -> stream.map(name, reading -> reading);
            case FLAT_MAP -> stream.flatMap(name, List::of);
            case FILTER_MAP -> stream.filterMap(name, reading -> reading);
            case INSPECT -> stream.inspect(name, (context, reading) -> {});
            case KEYED_BATCH ->
                    stream.keyOn(name + "-key", Reading::key)
                            .transform(name, new KeyedBatch())
                            .map(name + "-value", (key, reading) -> reading);
            case BATCH -> stream.flatMapBatch(name, List::copyOf);
            case TRIED_AGAIN -> stream.map(name, failingOnce()).onFailure(RETRY);
            case BATCH_TRIED_AGAIN ->
                    stream.flatMapBatch(
                                    name,
                                    (List<Reading> batch) -> {
                                        failOnce(batch.get(0), "first of a batch");
                                        return List.copyOf(batch);
                                    })
                            .onFailure(RETRY);
            case CALLED -> stream.mapAsync(name, later, options(AsyncOptions.Order.KEPT));
            case CALLED_AS_COMPLETED ->
                    stream.mapAsync(name, later, options(AsyncOptions.Order.AS_COMPLETED));
            case SIDE_OUTPUT -> aside(name, stream);
            case DEAD_LETTERS ->
                    stream.<Reading>map(
                                    name,
                                    reading -> {
                                        throw new IllegalStateException("put aside");
                                    })
                            .onFailure(FailurePolicy.deadLetter())
                            .deadLetters()
                            .map(name + "-item", letter -> (Reading) letter.item());
            case DEAD_LETTERS_OF_A_SINK ->
                    stream.output(name, REFUSING)
                            .batched(BatchOptions.upTo(3, Duration.ofMillis(2)))
                            .onFailure(RETRY.withDeadLetters())
                            .deadLetters()
                            .map(name + "-item", letter -> (Reading) letter.item());
            case TWO_WAYS -> twoWays(name, stream, later);
            case STATEFUL ->
                    stream.keyOn(name + "-key", Reading::key)
                            .<Reading, Long>statefulMap(
                                    name,
                                    (count, reading) ->
                                            StateUpdate.keep(
                                                    count == null ? 1 : count + 1, reading))
                            .map(name + "-value", (key, reading) -> reading);
            /* Of one key, since a batch of several comes key by key. */
            case STATEFUL_BATCH ->
                    stream.keyOn(name + "-key", reading -> "all")
                            .<Reading, Integer>statefulBatch(
                                    name, (context, state) -> new Passing())
                            .map(name + "-value", (key, reading) -> reading);
            case SPREAD -> stream.redistribute(name);
        };
    }

    private static AsyncOptions options(AsyncOptions.Order order) {
        return AsyncOptions.defaults()
                .withInFlightMax(4)
                .withTimeout(Duration.ofDays(365))
                .withOrder(order);
    }

    private static dev.waxwing.function.Mapper<Reading, Reading> failingOnce() {
        return reading -> {
            failOnce(reading, "item");
            return reading;
        };
    }

    /* What has failed is told by object: other trials, and attempts after a crash in this one, have others or go through. */
    private static final Set<Failed> FAILED = ConcurrentHashMap.newKeySet();

    private record Failed(Reading reading, String what) {}

    private static void failOnce(Reading reading, String what) {
        if (reading.number() % 5 == 3 && FAILED.add(new Failed(reading, what))) {
            throw new IllegalStateException("once");
        }
    }

    /** Failures of a trial before this one do not count. */
    static void beginTrial() {
        FAILED.clear();
    }

    private static Stream<Reading> aside(String name, Stream<Reading> stream) {
        Port<Reading> side = Port.named("side");
        return stream.transform(name, new Aside(side), side).side(side);
    }

    private static Stream<Reading> twoWays(
            String name, Stream<Reading> stream, Later<Reading> later) {
        Branches<Stream<Reading>> ways = stream.branch(name, reading -> reading.number() % 2 == 0);
        return ways.trues()
                .mapAsync(name + "-call", later, options(AsyncOptions.Order.KEPT))
                .merge(name + "-merge", ways.falses().flatMapBatch(name + "-batch", List::copyOf))
                .flatMapBatch(name + "-again", List::copyOf);
    }

    private static final class Aside implements Kernel<Reading, Reading> {

        private static final long serialVersionUID = 1L;

        private final transient Port<Reading> side;

        Aside(Port<Reading> side) {
            this.side = side;
        }

        @Override
        public void onItem(Reading reading, Outputs<? super Reading> out) {
            out.emit(side, reading);
        }
    }

    /** Puts readings aside until the activation ends. */
    private static final class KeyedBatch implements KeyedKernel<String, Reading, Reading> {

        private static final long serialVersionUID = 1L;

        private final List<Reading> held = new ArrayList<>();

        @Override
        public void onItem(String key, Reading reading, KeyedOutputs<String, ? super Reading> out) {
            held.add(reading);
        }

        @Override
        public void onActivationEnd(KeyedOutputs<String, ? super Reading> out) {
            held.forEach(reading -> out.emit(reading.key(), reading));
            held.clear();
        }
    }

    private static final class Passing implements StatefulBatchLogic<Reading, Reading, Integer> {

        @Override
        public Retain onBatch(List<Reading> readings, Outputs<? super Reading> out) {
            readings.forEach(out::emit);
            return Retain.KEEP;
        }

        @Override
        public Integer snapshot() {
            return 0;
        }
    }
}
