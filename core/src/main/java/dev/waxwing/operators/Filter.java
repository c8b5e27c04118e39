package dev.waxwing.operators;

import dev.waxwing.Operator;
import dev.waxwing.Stream;
import dev.waxwing.function.HoldsCode;
import dev.waxwing.function.Predicate;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.Outputs;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/** Keeps the items that a predicate accepts. */
public final class Filter {

    private Filter() {}

    public static <T> Operator<Stream<T>, Stream<T>> by(Predicate<? super T> keep) {
        Objects.requireNonNull(keep, "keep must not be null");
        return Operator.named("filter", up -> up.transform("transform", new FilterKernel<>(keep)));
    }
}

/** Passes an item on if the predicate accepts it. */
final class FilterKernel<T> implements Kernel<T, T>, HoldsCode {

    private static final long serialVersionUID = 1L;

    private final Predicate<? super T> keep;

    FilterKernel(Predicate<? super T> keep) {
        this.keep = keep;
    }

    @Override
    public void onItem(T item, Outputs<? super T> out) throws Exception {
        if (keep.test(item)) {
            out.emit(item);
        }
    }

    @Override
    public List<Serializable> code() {
        return List.of(keep);
    }
}
