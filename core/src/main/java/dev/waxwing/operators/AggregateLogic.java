package dev.waxwing.operators;

import dev.waxwing.kernel.Emitter;
import dev.waxwing.windowing.WindowLogic;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Aggregates the values of one window. */
final class AggregateLogic<V, A, R> implements WindowLogic<V, R, A> {

    private final Aggregation<V, A, R> aggregation;
    private final Arrivals arrivals;
    private @Nullable A aggregate;

    AggregateLogic(Aggregation<V, A, R> aggregation, Arrivals arrivals, @Nullable A resumeState) {
        this.aggregation = aggregation;
        this.arrivals = arrivals;
        this.aggregate = resumeState;
    }

    @Override
    public void onValue(V value, Emitter<? super R> out) throws Exception {
        A before = aggregate;
        long arrival = arrivals.next();
        aggregate =
                before == null
                        ? aggregation.first(value, arrival)
                        : aggregation.add(before, value, arrival);
    }

    @Override
    public void onMerge(A original, Emitter<? super R> out) throws Exception {
        A before = aggregate;
        aggregate = before == null ? original : aggregation.merge(before, original);
    }

    @Override
    public void onClose(Emitter<? super R> out) {
        out.emit(aggregation.result(snapshot()));
    }

    @Override
    public void onResult(Emitter<? super R> out) throws Exception {
        out.emit(aggregation.result(aggregation.copy(snapshot())));
    }

    @Override
    public A snapshot() {
        return Objects.requireNonNull(aggregate, "a window is opened for a value");
    }
}
