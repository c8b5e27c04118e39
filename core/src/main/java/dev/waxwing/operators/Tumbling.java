package dev.waxwing.operators;

import dev.waxwing.function.HoldsCode;
import dev.waxwing.function.Mapper;
import dev.waxwing.internal.SlidingBounds;
import dev.waxwing.state.LogicContext;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.state.columnar.ColumnarBuilder;
import dev.waxwing.state.columnar.ColumnarLogic;
import dev.waxwing.windowing.WindowResult;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds tumbling windows by the stream's clock, one result each, values as they come: a key at a
 * time as all windows are, or in columns.
 */
record Tumbling<K, V, A, R>(
        StatefulLogic.Builder<K, V, WindowResult<R>, WindowStep.State<?, ?, V>> general,
        Parts<V, A, R> parts)
        implements ColumnarBuilder<K, V, WindowResult<R>, WindowStep.State<?, ?, V>>, HoldsCode {

    private static final long serialVersionUID = 1L;

    /** What the windows of all keys share. */
    record Parts<V, A, R>(
            Mapper<? super V, Instant> timestamp,
            SlidingBounds bounds,
            Aggregation<V, A, R> aggregation)
            implements HoldsCode {

        private static final long serialVersionUID = 1L;

        @Override
        public List<Serializable> code() {
            return List.of(timestamp, aggregation);
        }
    }

    @Override
    public StatefulLogic<V, WindowResult<R>, WindowStep.State<?, ?, V>> build(
            LogicContext<K> context, WindowStep.@Nullable State<?, ?, V> resumeState)
            throws Exception {
        return general.build(context, resumeState);
    }

    @Override
    public ColumnarLogic<V, WindowResult<R>, WindowStep.State<?, ?, V>> columns() {
        return new TumblingColumns<>(parts);
    }

    @Override
    public List<Serializable> code() {
        return List.of(general, parts);
    }
}
