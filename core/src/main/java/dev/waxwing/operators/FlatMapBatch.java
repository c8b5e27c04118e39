package dev.waxwing.operators;

import dev.waxwing.Operator;
import dev.waxwing.Stream;
import dev.waxwing.function.HoldsCode;
import dev.waxwing.function.Mapper;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.Outputs;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Replaces the items that are available for now by all that a function returns for them. */
public final class FlatMapBatch {

    private FlatMapBatch() {}

    public static <T, U> Operator<Stream<T>, Stream<U>> by(
            Mapper<List<T>, ? extends Iterable<? extends U>> mapper) {
        Objects.requireNonNull(mapper, "mapper must not be null");
        return Operator.named(
                "flatMapBatch",
                up -> up.transform("transform", new FlatMapBatchKernel<T, U>(mapper)));
    }
}

/** Puts items aside and hands them over when the activation ends. */
final class FlatMapBatchKernel<T, U> implements Kernel<T, U>, HoldsCode {

    private static final long serialVersionUID = 1L;

    private final Mapper<List<T>, ? extends Iterable<? extends U>> mapper;
    private List<T> batch = new ArrayList<>();

    FlatMapBatchKernel(Mapper<List<T>, ? extends Iterable<? extends U>> mapper) {
        this.mapper = mapper;
    }

    @Override
    public void onItem(T item, Outputs<? super U> out) {
        batch.add(item);
    }

    @Override
    public void onActivationEnd(Outputs<? super U> out) throws Exception {
        if (batch.isEmpty()) {
            return;
        }
        for (U result : mapper.map(batch)) {
            out.emit(result);
        }
        /* Only now: a policy may call again after a failure. */
        batch = new ArrayList<>();
    }

    @Override
    public List<Serializable> code() {
        return List.of(mapper);
    }
}
