package dev.waxwing.embedded.link;

import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.sink.LineageAware;
import dev.waxwing.sink.StatefulSinkPartition;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A sink whose partitions are told the lineage of the store. */
public final class LineageSink implements FixedPartitionedSink<Object, Object, Object> {

    private static final long serialVersionUID = 1L;

    private final FixedPartitionedSink<Object, Object, Object> sink;
    private final transient LineageAware<Object, Object> aware;
    private final UUID lineage;

    private LineageSink(
            FixedPartitionedSink<Object, Object, Object> sink,
            LineageAware<Object, Object> aware,
            UUID lineage) {
        this.sink = sink;
        this.aware = aware;
        this.lineage = lineage;
    }

    /** The sink itself unless it wants to know the lineage. */
    @SuppressWarnings("unchecked") // of the same types as the sink
    public static FixedPartitionedSink<Object, Object, Object> of(
            FixedPartitionedSink<Object, Object, Object> sink, UUID lineage) {
        return sink instanceof LineageAware<?, ?> aware
                ? new LineageSink(sink, (LineageAware<Object, Object>) aware, lineage)
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
        return aware.buildPart(stepId, forPart, resumeState, lineage);
    }
}
