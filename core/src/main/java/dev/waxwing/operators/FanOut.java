package dev.waxwing.operators;

import dev.waxwing.KeyedStream;
import dev.waxwing.Operator;
import dev.waxwing.OutputStep;
import dev.waxwing.Stream;
import dev.waxwing.sink.Sink;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * Writes every item to each of some sinks. Each is a step of its own within this one, so that it
 * has its own state, marker and policy, and messages name it; in the order of their names, as a
 * map's own may be another each time.
 */
public final class FanOut {

    private FanOut() {}

    public static <T> Operator<Stream<T>, SortedMap<String, OutputStep>> to(
            java.util.Map<String, ? extends Sink<? super T>> sinks) {
        SortedMap<String, Sink<? super T>> sorted = FanOut.<T>sorted(sinks);
        return up -> FanOut.<T>outputs(sorted, (name, sink) -> up.output(name, sink));
    }

    public static <K, V> Operator<KeyedStream<K, V>, SortedMap<String, OutputStep>> toKeyed(
            java.util.Map<String, ? extends Sink<? super V>> sinks) {
        SortedMap<String, Sink<? super V>> sorted = FanOut.<V>sorted(sinks);
        return up -> FanOut.<V>outputs(sorted, (name, sink) -> up.output(name, sink));
    }

    private static <X> SortedMap<String, Sink<? super X>> sorted(
            java.util.Map<String, ? extends Sink<? super X>> sinks) {
        if (sinks.isEmpty()) {
            throw new IllegalArgumentException("no sinks given; name at least one to write to");
        }
        return new TreeMap<>(sinks);
    }

    private static <X> SortedMap<String, OutputStep> outputs(
            SortedMap<String, Sink<? super X>> sinks,
            BiFunction<String, Sink<? super X>, OutputStep> output) {
        SortedMap<String, OutputStep> steps = new TreeMap<>();
        sinks.forEach((name, sink) -> steps.put(name, output.apply(name, sink)));
        return Collections.unmodifiableSortedMap(steps);
    }
}
