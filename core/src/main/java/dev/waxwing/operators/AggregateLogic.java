package dev.waxwing.operators;

import dev.waxwing.kernel.Emitter;
import dev.waxwing.windowing.WindowLogic;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Aggregates the values of one window. */
final class AggregateLogic<V, A> implements WindowLogic<V, A, A> {

    private final Aggregation<V, A> aggregation;
    private @Nullable A result;

    AggregateLogic(Aggregation<V, A> aggregation, @Nullable A resumeState) {
        this.aggregation = aggregation;
        this.result = resumeState;
    }

    @Override
    public void onValue(V value, Emitter<? super A> out) throws Exception {
        A before = result;
        result = before == null ? aggregation.first(value) : aggregation.add(before, value);
    }

    @Override
    public void onMerge(A original, Emitter<? super A> out) throws Exception {
        A before = result;
        result = before == null ? original : aggregation.merge(before, original);
    }

    @Override
    public void onClose(Emitter<? super A> out) {
        out.emit(snapshot());
    }

    @Override
    public void onResult(Emitter<? super A> out) throws Exception {
        out.emit(aggregation.copy(snapshot()));
    }

    @Override
    public A snapshot() {
        return Objects.requireNonNull(result, "a window is opened for a value");
    }
}
