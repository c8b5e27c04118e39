package dev.waxwing.operators;

import dev.waxwing.KeyedStream;
import dev.waxwing.Operator;
import dev.waxwing.Stream;
import dev.waxwing.function.TypeRef;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.kernel.StepContext;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.state.StatefulSpec;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the first so many. What is counted for all workers together is counted under one key, on
 * one of them; the others send it no more than could be kept.
 */
public final class Limit {

    private Limit() {}

    public static <T> Operator<Stream<T>, Stream<T>> to(long itemsMax) {
        checkMax("itemsMax", itemsMax);
        return Operator.named(
                "limit",
                up ->
                        up.transform("share", new ShareKernel<T>(itemsMax))
                                .keyOn("all", item -> "all")
                                .stateful("stateful", Limit.<String, T>spec(itemsMax))
                                .dropKey("drop-key"));
    }

    public static <K, V> Operator<KeyedStream<K, V>, KeyedStream<K, V>> perKey(long valuesMax) {
        checkMax("valuesMax", valuesMax);
        return Operator.named("limit", up -> up.stateful("stateful", Limit.<K, V>spec(valuesMax)));
    }

    private static void checkMax(String name, long max) {
        if (max < 1) {
            throw new IllegalArgumentException(name + " must be 1 or more, but was " + max);
        }
    }

    private static <K, V> StatefulSpec<K, V, V, Long> spec(long max) {
        return StatefulSpec.<K, V, V, Long>of(
                        "passed", (context, state) -> new LimitLogic<>(max, state))
                .withStateType(TypeRef.of(Long.class));
    }
}

/**
 * Passes on what one worker may add at most. It counts anew in each attempt, and no less than the
 * one that counts for all workers, so that this one drops nothing that would be kept there.
 */
final class ShareKernel<T> implements Kernel<T, T> {

    private static final long serialVersionUID = 1L;

    private final long itemsMax;
    private transient long left;

    ShareKernel(long itemsMax) {
        this.itemsMax = itemsMax;
    }

    @Override
    public void open(StepContext context) {
        left = itemsMax;
    }

    @Override
    public void onItem(T item, Outputs<? super T> out) {
        if (left > 0) {
            left--;
            out.emit(item);
        }
    }
}

/** Passes the first values on. */
final class LimitLogic<V> implements StatefulLogic<V, V, Long> {

    private final long max;
    private long passed;

    LimitLogic(long max, @Nullable Long resumeState) {
        this.max = max;
        passed = resumeState == null ? 0 : resumeState;
    }

    @Override
    public Retain onItem(V value, Outputs<? super V> out) {
        if (passed < max) {
            passed++;
            out.emit(value);
        }
        return Retain.KEEP;
    }

    @Override
    public Long snapshot() {
        return passed;
    }
}
