package dev.waxwing.benchmarks;

import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.StatelessSinkPartition;
import java.util.List;
import java.util.function.ToLongFunction;

/** Adds up what is written, by worker. */
final class TallySink<X> implements DynamicSink<X> {

    private static final long serialVersionUID = 1L;

    private final transient Run run;
    private final transient ToLongFunction<? super X> value;

    TallySink(Run run, ToLongFunction<? super X> value) {
        this.run = run;
        this.value = value;
    }

    @Override
    public StatelessSinkPartition<X> build(String stepId, int workerIndex, int workerCount) {
        return new StatelessSinkPartition<>() {

            private final Tally tally = new Tally();

            @Override
            public void writeBatch(List<X> items) {
                for (X item : items) {
                    tally.add(value.applyAsLong(item));
                }
            }

            @Override
            public void close() {
                run.add(tally);
            }
        };
    }
}
