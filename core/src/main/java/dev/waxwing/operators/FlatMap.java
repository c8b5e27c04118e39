package dev.waxwing.operators;

import dev.waxwing.Operator;
import dev.waxwing.Stream;
import dev.waxwing.function.HoldsCode;
import dev.waxwing.function.Mapper;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.Outputs;
import java.io.Serializable;
import java.lang.invoke.MethodType;
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

    /** The elements of each item, which has to be a collection of them. */
    public static <T, U> Operator<Stream<T>, Stream<U>> elements(Class<U> type) {
        if (type.isPrimitive()) {
            throw new IllegalArgumentException(
                    "elements are objects, but elementType was "
                            + type
                            + "; give the class "
                            + MethodType.methodType(type).wrap().returnType().getSimpleName());
        }
        return Operator.named(
                "flatten", up -> up.transform("transform", new FlattenKernel<T, U>(type)));
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
final class FlattenKernel<T, U> implements Kernel<T, U> {

    private static final long serialVersionUID = 1L;

    private final Class<U> type;

    FlattenKernel(Class<U> type) {
        this.type = type;
    }

    @Override
    public void onItem(T item, Outputs<? super U> out) {
        if (!(item instanceof Iterable<?> elements)) {
            throw new ClassCastException(
                    item.getClass().getName() + " is not Iterable, so it has no elements");
        }
        for (Object element : elements) {
            out.emit(type.cast(element));
        }
    }
}
