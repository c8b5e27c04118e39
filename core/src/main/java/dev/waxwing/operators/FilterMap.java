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
import org.jspecify.annotations.Nullable;

/** Replaces each item by what a function makes of it, dropping it if that is null. */
public final class FilterMap {

    private FilterMap() {}

    public static <T, U> Operator<Stream<T>, Stream<U>> by(
            Mapper<? super T, ? extends @Nullable U> mapper) {
        Objects.requireNonNull(mapper, "mapper must not be null");
        return Operator.named(
                "filterMap", up -> up.transform("transform", new FilterMapKernel<>(mapper)));
    }
}

/** Passes on what the function returns, unless it is null. */
final class FilterMapKernel<T, U> implements Kernel<T, U>, HoldsCode {

    private static final long serialVersionUID = 1L;

    private final Mapper<? super T, ? extends @Nullable U> mapper;

    FilterMapKernel(Mapper<? super T, ? extends @Nullable U> mapper) {
        this.mapper = mapper;
    }

    @Override
    public void onItem(T item, Outputs<? super U> out) throws Exception {
        U result = mapper.map(item);
        if (result != null) {
            out.emit(result);
        }
    }

    @Override
    public List<Serializable> code() {
        return List.of(mapper);
    }
}
