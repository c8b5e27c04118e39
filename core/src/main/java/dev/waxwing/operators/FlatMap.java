package dev.waxwing.operators;

import dev.waxwing.Operator;
import dev.waxwing.Stream;
import dev.waxwing.function.HoldsCode;
import dev.waxwing.function.Mapper;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.Outputs;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/** Replaces each item by all that a function returns for it. */
public final class FlatMap {

    private FlatMap() {}

    public static <T, U> Operator<Stream<T>, Stream<U>> by(
            Mapper<? super T, ? extends Iterable<? extends U>> mapper) {
        Objects.requireNonNull(mapper, "mapper must not be null");
        return Operator.named(
                "flatMap", up -> up.transform("transform", new FlatMapKernel<>(mapper)));
    }

    /** The elements of each item. */
    public static <U, C extends Iterable<? extends U>>
            Operator<Stream<? extends C>, Stream<U>> elements() {
        return Operator.named(
                "flatten", up -> up.transform("transform", new FlattenKernel<C, U>()));
    }
}

/** Passes on each element of what the function returns. */
final class FlatMapKernel<T, U> implements Kernel<T, U>, HoldsCode {

    private static final long serialVersionUID = 1L;

    private final Mapper<? super T, ? extends Iterable<? extends U>> mapper;

    FlatMapKernel(Mapper<? super T, ? extends Iterable<? extends U>> mapper) {
        this.mapper = mapper;
    }

    @Override
    public void onItem(T item, Outputs<? super U> out) throws Exception {
        for (U result : mapper.map(item)) {
            out.emit(result);
        }
    }

    @Override
    public List<Serializable> code() {
        return List.of(mapper);
    }
}

/** Passes on each element of an item. */
final class FlattenKernel<C extends Iterable<? extends U>, U> implements Kernel<C, U> {

    private static final long serialVersionUID = 1L;

    @Override
    public void onItem(C item, Outputs<? super U> out) {
        for (U element : item) {
            out.emit(element);
        }
    }
}
