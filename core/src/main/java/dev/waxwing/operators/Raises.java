package dev.waxwing.operators;

import dev.waxwing.KeyedStream;
import dev.waxwing.Operator;
import dev.waxwing.OutputStep;
import dev.waxwing.Stream;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.StatelessSinkPartition;

/** Stops the execution with the first item or value that comes. */
public final class Raises {

    private Raises() {}

    public static <T> Operator<Stream<T>, OutputStep> onFirst() {
        return Operator.named("raises", up -> up.output("output", new RaisingSink<T>()));
    }

    public static <K, V> Operator<KeyedStream<K, V>, OutputStep> onFirstValue() {
        return Operator.named("raises", up -> up.output("output", new RaisingSink<V>()));
    }

    private static final class RaisingSink<T> implements DynamicSink<T> {

        private static final long serialVersionUID = 1L;

        @Override
        public StatelessSinkPartition<T> build(String stepId, int workerIndex, int workerCount) {
            return items -> {
                throw new IllegalStateException(
                        "step '" + stepId + "' must get no items, but got: " + items.get(0));
            };
        }
    }
}
