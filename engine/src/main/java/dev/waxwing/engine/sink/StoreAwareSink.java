package dev.waxwing.engine.sink;

import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.sink.StatefulSinkPartition;
import dev.waxwing.sink.StoreAware;
import dev.waxwing.sink.StoreAware.StoreFence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sink whose partitions are told of the store. */
public final class StoreAwareSink implements FixedPartitionedSink<Object, Object, Object> {

    private static final long serialVersionUID = 1L;

    private final FixedPartitionedSink<Object, Object, Object> sink;
    private final transient StoreAware<Object, Object> aware;
    private final transient StoreFence store;

    private StoreAwareSink(
            FixedPartitionedSink<Object, Object, Object> sink,
            StoreAware<Object, Object> aware,
            StoreFence store) {
        this.sink = sink;
        this.aware = aware;
        this.store = store;
    }

    /** The sink itself unless it wants to know the store. */
    @SuppressWarnings("unchecked") // of the same types as the sink
    public static FixedPartitionedSink<Object, Object, Object> of(
            FixedPartitionedSink<Object, Object, Object> sink, StoreFence store) {
        return sink instanceof StoreAware<?, ?> aware
                ? new StoreAwareSink(sink, (StoreAware<Object, Object>) aware, store)
                : sink;
    }

    @Override
    public List<String> listParts() throws Exception {
        return sink.listParts();
    }

    @Override
    public int partFn(Object key) {
        return sink.partFn(key);
    }

    @Override
    public StatefulSinkPartition<Object, Object> buildPart(
            String stepId, String forPart, @Nullable Object resumeState) throws Exception {
        return aware.buildPart(stepId, forPart, resumeState, store);
    }
}
