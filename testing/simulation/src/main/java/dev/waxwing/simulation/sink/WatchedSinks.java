package dev.waxwing.simulation.sink;

import dev.waxwing.KeyedStream;
import dev.waxwing.OutputStep;
import dev.waxwing.internal.TypeArguments;
import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.sink.Sink;
import dev.waxwing.sink.SinkContract;
import dev.waxwing.sink.StoreAware;
import dev.waxwing.sink.TwoPhasePartition;
import dev.waxwing.step.BatchOptions;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;

/** Puts the kit between a dataflow and the sink of a subject. */
final class WatchedSinks<X> {

    /*
     * What passes through is an item of the kit up to the last moment, so that the kit knows what it sees wherever it
     * sees it. The types that the sink itself keeps in the store are hidden by that, so they are registered.
     */

    private static final BatchOptions BATCHES = BatchOptions.upTo(3, Duration.ofMillis(5));

    private final Trial<X> trial;
    private final SinkSubject<X> subject;
    private final TargetCalls<X> calls;

    WatchedSinks(Trial<X> trial, Life life, SinkSubject<X> subject) {
        this.trial = trial;
        this.subject = subject;
        this.calls = new TargetCalls<>(trial, life, subject);
    }

    /** Adds the sink to a dataflow; returns the classes that it keeps in the store. */
    @SuppressWarnings("unchecked") // the kit keys by strings, which sinks of any key take
    CodecRegistry addTo(KeyedStream<String, SinkItem> stream, String stepName) throws Exception {
        Sink<X> sink = subject.sink(calls.inside());
        if (sink instanceof DynamicSink<X> dynamic) {
            batch(stream.output(stepName, new WatchedDynamicSink<>(dynamic, calls)));
            return CodecRegistry.empty();
        }
        if (sink instanceof EpochSink<X> epochs) {
            batch(stream.output(stepName, watched(epochs)));
            return epochs.contract() == SinkContract.TWO_PHASE
                    ? classes(committable(epochs))
                    : CodecRegistry.empty();
        }
        var fixed = (FixedPartitionedSink<Object, X, Object>) sink;
        WatchedFixedSink<X> watched = new WatchedFixedSink<>(fixed, calls);
        if (sink instanceof StoreAware<?, ?> aware) {
            batch(
                    stream.output(
                            stepName,
                            new WatchedFixedSink.Aware<>(watched, (StoreAware<X, Object>) aware)));
        } else {
            batch(stream.output(stepName, watched));
        }
        return classes(TypeArguments.of(sink.getClass(), FixedPartitionedSink.class, 2));
    }

    private void batch(OutputStep output) {
        if (trial.batches()) {
            output.batched(BATCHES);
        }
    }

    private EpochSink<SinkItem> watched(EpochSink<X> sink) {
        return switch (sink.contract()) {
            case TRANSACTIONAL -> WatchedEpochSinks.transactional(sink, calls);
            case IDEMPOTENT -> WatchedEpochSinks.idempotent(sink, calls);
            default -> new WatchedTwoPhaseSink<>(sink, calls);
        };
    }

    private static Type committable(EpochSink<?> sink) {
        for (Method method : sink.getClass().getMethods()) {
            boolean builds =
                    method.getName().equals("buildPart")
                            && TwoPhasePartition.class.isAssignableFrom(method.getReturnType());
            if (builds && !method.isBridge()) {
                return TypeArguments.of(method.getGenericReturnType(), TwoPhasePartition.class, 1);
            }
        }
        return Object.class;
    }

    private static CodecRegistry classes(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            CodecRegistry all = classes(parameterized.getRawType());
            for (Type argument : parameterized.getActualTypeArguments()) {
                if (argument instanceof Class<?> known && isOfUsers(known)) {
                    all = all.with(known);
                }
            }
            return all;
        }
        return type instanceof Class<?> known && isOfUsers(known)
                ? CodecRegistry.empty().with(known)
                : CodecRegistry.empty();
    }

    private static boolean isOfUsers(Class<?> type) {
        return !type.isPrimitive() && !type.getName().startsWith("java.");
    }
}
