package dev.waxwing.operators;

import dev.waxwing.Keyed;
import dev.waxwing.KeyedStream;
import dev.waxwing.Operator;
import dev.waxwing.Stream;
import dev.waxwing.function.HoldsCode;
import dev.waxwing.function.Inspector;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.KeyedKernel;
import dev.waxwing.kernel.KeyedKernel.KeyedOutputs;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.kernel.StepContext;
import dev.waxwing.plan.core.OneForEach;
import dev.waxwing.plan.core.SideEffect;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Shows each item, or each key and value, to a function and passes it on. */
public final class Inspect {

    private Inspect() {}

    public static <T> Operator<Stream<T>, Stream<T>> by(Inspector<? super T> inspector) {
        Objects.requireNonNull(inspector, "inspector must not be null");
        return Operator.named(
                "inspect", up -> up.transform("transform", new InspectKernel<T>(inspector)));
    }

    public static <T> Operator<Stream<T>, Stream<T>> debug(Inspector.Debug<? super T> inspector) {
        Objects.requireNonNull(inspector, "inspector must not be null");
        return Operator.named(
                "inspectDebug",
                up -> up.transform("transform", new InspectDebugKernel<T>(inspector)));
    }

    public static <K, V> Operator<KeyedStream<K, V>, KeyedStream<K, V>> keyed(
            Inspector<? super Keyed<K, V>> inspector) {
        Objects.requireNonNull(inspector, "inspector must not be null");
        return Operator.named(
                "inspect",
                up -> up.transform("transform", new InspectKeyedKernel<K, V>(inspector)));
    }

    public static <K, V> Operator<KeyedStream<K, V>, KeyedStream<K, V>> keyedDebug(
            Inspector.Debug<? super Keyed<K, V>> inspector) {
        Objects.requireNonNull(inspector, "inspector must not be null");
        return Operator.named(
                "inspectDebug",
                up -> up.transform("transform", new InspectKeyedDebugKernel<K, V>(inspector)));
    }
}

/** Shows the step's id and the item. */
final class InspectKernel<T> implements Kernel<T, T>, OneForEach, SideEffect, HoldsCode {

    private static final long serialVersionUID = 1L;

    private final Inspector<? super T> inspector;
    private String stepId = "";

    InspectKernel(Inspector<? super T> inspector) {
        this.inspector = inspector;
    }

    @Override
    public void open(StepContext context) {
        stepId = context.stepId();
    }

    @Override
    public void onItem(T item, Outputs<? super T> out) throws Exception {
        inspector.inspect(stepId, item);
        out.emit(item);
    }

    @Override
    public List<Serializable> code() {
        return List.of(inspector);
    }
}

/** Shows the step's id, the item, the epoch and the worker. */
final class InspectDebugKernel<T> implements Kernel<T, T>, OneForEach, SideEffect, HoldsCode {

    private static final long serialVersionUID = 1L;

    private final Inspector.Debug<? super T> inspector;
    private transient @Nullable StepContext context;

    InspectDebugKernel(Inspector.Debug<? super T> inspector) {
        this.inspector = inspector;
    }

    @Override
    public void open(StepContext opened) {
        context = opened;
    }

    @Override
    public void onItem(T item, Outputs<? super T> out) throws Exception {
        StepContext here = Objects.requireNonNull(context, "open is called before the first item");
        inspector.inspect(here.stepId(), item, here.epoch(), here.workerIndex());
        out.emit(item);
    }

    @Override
    public List<Serializable> code() {
        return List.of(inspector);
    }
}

/** Shows the step's id, and key and value. */
final class InspectKeyedKernel<K, V>
        implements KeyedKernel<K, V, V>, OneForEach, SideEffect, HoldsCode {

    private static final long serialVersionUID = 1L;

    private final Inspector<? super Keyed<K, V>> inspector;
    private String stepId = "";

    InspectKeyedKernel(Inspector<? super Keyed<K, V>> inspector) {
        this.inspector = inspector;
    }

    @Override
    public void open(StepContext context) {
        stepId = context.stepId();
    }

    @Override
    public void onItem(K key, V value, KeyedOutputs<K, ? super V> out) throws Exception {
        inspector.inspect(stepId, new Keyed<>(key, value));
        out.emit(key, value);
    }

    @Override
    public List<Serializable> code() {
        return List.of(inspector);
    }
}

/** Shows the step's id, key and value, the epoch and the worker. */
final class InspectKeyedDebugKernel<K, V>
        implements KeyedKernel<K, V, V>, OneForEach, SideEffect, HoldsCode {

    private static final long serialVersionUID = 1L;

    private final Inspector.Debug<? super Keyed<K, V>> inspector;
    private transient @Nullable StepContext context;

    InspectKeyedDebugKernel(Inspector.Debug<? super Keyed<K, V>> inspector) {
        this.inspector = inspector;
    }

    @Override
    public void open(StepContext opened) {
        context = opened;
    }

    @Override
    public void onItem(K key, V value, KeyedOutputs<K, ? super V> out) throws Exception {
        StepContext here = Objects.requireNonNull(context, "open is called before the first item");
        inspector.inspect(here.stepId(), new Keyed<>(key, value), here.epoch(), here.workerIndex());
        out.emit(key, value);
    }

    @Override
    public List<Serializable> code() {
        return List.of(inspector);
    }
}
