package dev.waxwing;

import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.StatelessSinkPartition;
import dev.waxwing.source.DynamicSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatelessSourcePartition;

/** A source and a sink for plans that are looked at and not run. */
public final class Fixtures {

    private Fixtures() {}

    public static <T> DynamicSource<T> source() {
        return new EmptySource<>();
    }

    public static <X> DynamicSink<X> sink() {
        return new NoSink<>();
    }

    private record EmptySource<T>() implements DynamicSource<T> {
        @Override
        public StatelessSourcePartition<T> build(String stepId, int workerIndex, int workerCount) {
            return new StatelessSourcePartition<>() {
                @Override
                public SourceStatus nextBatch(SourceEmitter<? super T> out) {
                    return SourceStatus.ENDED;
                }
            };
        }
    }

    private record NoSink<X>() implements DynamicSink<X> {
        @Override
        public StatelessSinkPartition<X> build(String stepId, int workerIndex, int workerCount) {
            return items -> {};
        }
    }
}
