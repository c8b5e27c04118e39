package dev.waxwing.operators;

import dev.waxwing.Operator;
import dev.waxwing.Stream;
import dev.waxwing.Stream.Branches;
import dev.waxwing.function.HoldsCode;
import dev.waxwing.function.Predicate;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.kernel.Port;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/** Parts the items into those that a predicate accepts and the rest. */
public final class Branch {

    private Branch() {}

    public static <T> Operator<Stream<T>, Branches<T>> by(Predicate<? super T> predicate) {
        Objects.requireNonNull(predicate, "predicate must not be null");
        Port<T> falses = Port.named("falses");
        return Operator.named(
                "branch",
                up -> {
                    Stream<T> trues =
                            up.transform(
                                    "transform", new BranchKernel<>(predicate, falses), falses);
                    return new Branches<>(trues, trues.side(falses));
                });
    }
}

/** Sends an item to one of two outputs. */
final class BranchKernel<T> implements Kernel<T, T>, HoldsCode {

    private static final long serialVersionUID = 1L;

    private final Predicate<? super T> predicate;
    private final Port<T> falses;

    BranchKernel(Predicate<? super T> predicate, Port<T> falses) {
        this.predicate = predicate;
        this.falses = falses;
    }

    @Override
    public void onItem(T item, Outputs<? super T> out) throws Exception {
        if (predicate.test(item)) {
            out.emit(item);
        } else {
            out.emit(falses, item);
        }
    }

    @Override
    public List<Serializable> code() {
        return List.of(predicate);
    }
}
