package dev.waxwing.operators;

import dev.waxwing.Operator;
import dev.waxwing.Stream;
import dev.waxwing.function.HoldsCode;
import dev.waxwing.function.Mapper;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.plan.core.OneForEach;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/** Replaces each item by what a function makes of it. */
public final class Map {

    private Map() {}

    public static <T, U> Operator<Stream<T>, Stream<U>> by(Mapper<? super T, ? extends U> mapper) {
        Objects.requireNonNull(mapper, "mapper must not be null");
        return Operator.named("map", up -> up.transform("transform", new MapKernel<>(mapper)));
    }
}

/** Passes on what the function returns. */
final class MapKernel<T, U> implements Kernel<T, U>, OneForEach, HoldsCode {

    private static final long serialVersionUID = 1L;

    private final Mapper<? super T, ? extends U> mapper;

    MapKernel(Mapper<? super T, ? extends U> mapper) {
        this.mapper = mapper;
    }

    @Override
    public void onItem(T item, Outputs<? super U> out) throws Exception {
        out.emit(mapper.map(item));
    }

    @Override
    public List<Serializable> code() {
        return List.of(mapper);
    }
}
