package dev.waxwing.operators;

import dev.waxwing.function.BiMapper;
import dev.waxwing.function.HoldsCode;
import dev.waxwing.kernel.KeyedKernel;
import dev.waxwing.kernel.KeyedKernel.KeyedOutputs;
import dev.waxwing.kernel.StepContext;
import dev.waxwing.plan.core.OneForEach;
import dev.waxwing.run.check.KeyChecks;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Passes each value on under another key. */
public final class RekeyKernel<K, V, L> implements KeyedKernel<K, V, V>, OneForEach, HoldsCode {

    private static final long serialVersionUID = 1L;

    private final BiMapper<? super K, ? super V, ? extends L> key;
    private transient @Nullable KeyChecks checks;

    public RekeyKernel(BiMapper<? super K, ? super V, ? extends L> key) {
        this.key = key;
    }

    @Override
    public void open(StepContext context) {
        checks = new KeyChecks(context.stepId());
    }

    @Override
    @SuppressWarnings("unchecked") // the stream behind this step has keys of the new type
    public void onItem(K before, V value, KeyedOutputs<K, ? super V> out) throws Exception {
        KeyChecks opened = Objects.requireNonNull(checks, "open is called before the first item");
        out.emit((K) opened.key(key.map(before, value), value), value);
    }

    @Override
    public List<Serializable> code() {
        return List.of(key);
    }
}
