package dev.waxwing;

import dev.waxwing.Sides.Row2;
import dev.waxwing.Stream.Branches;
import dev.waxwing.function.AsyncMapper;
import dev.waxwing.function.BiMapper;
import dev.waxwing.function.Consumer;
import dev.waxwing.function.Folder;
import dev.waxwing.function.Inspector;
import dev.waxwing.function.Mapper;
import dev.waxwing.function.Order;
import dev.waxwing.function.Predicate;
import dev.waxwing.function.Reducer;
import dev.waxwing.function.Supplier;
import dev.waxwing.function.TypeRef;
import dev.waxwing.internal.FunctionTypes;
import dev.waxwing.join.Interval;
import dev.waxwing.join.Interval.Match;
import dev.waxwing.join.JoinOptions;
import dev.waxwing.join.Sided;
import dev.waxwing.kernel.KeyedKernel;
import dev.waxwing.kernel.Port;
import dev.waxwing.operators.BatchStateful;
import dev.waxwing.operators.Branch;
import dev.waxwing.operators.Collect;
import dev.waxwing.operators.Distinct;
import dev.waxwing.operators.EnrichCached;
import dev.waxwing.operators.FanOut;
import dev.waxwing.operators.Finals;
import dev.waxwing.operators.ForEach;
import dev.waxwing.operators.Inspect;
import dev.waxwing.operators.Joins;
import dev.waxwing.operators.Limit;
import dev.waxwing.operators.MapEntry;
import dev.waxwing.operators.Raises;
import dev.waxwing.operators.RekeyKernel;
import dev.waxwing.operators.Running;
import dev.waxwing.operators.StatefulMaps;
import dev.waxwing.operators.Values;
import dev.waxwing.operators.Windows;
import dev.waxwing.plan.core.CoreOperator;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.plan.core.Origin;
import dev.waxwing.sink.Sink;
import dev.waxwing.state.StateMapper;
import dev.waxwing.state.StatefulBatchLogic;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.state.StatefulSpec;
import dev.waxwing.step.AsyncOptions;
import dev.waxwing.step.CacheOptions;
import dev.waxwing.step.CollectOptions;
import dev.waxwing.step.DeadLetter;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.step.InvalidDataflowException;
import dev.waxwing.step.StateOptions;
import dev.waxwing.step.WatermarkOptions;
import dev.waxwing.windowing.Clock;
import dev.waxwing.windowing.Into;
import dev.waxwing.windowing.WindowLogic;
import dev.waxwing.windowing.Windower;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Values under keys, as a handle to add steps to. A table of contents, as {@link Stream}.
 *
 * <p>In a stateful step all values of a key meet on one worker, in the order in which each worker
 * sent them; no order is promised across keys. Keys need stable {@code equals} and {@code
 * hashCode}: strings, boxed numbers, UUIDs, enums, records and lists of these.
 *
 * @param <K> key
 * @param <V> value
 */
public final class KeyedStream<K, V> {

    private final Dataflow flow;
    private final Origin origin;
    private final @Nullable TypeRef<?> keyType;

    KeyedStream(Dataflow flow, Origin origin, @Nullable TypeRef<?> keyType) {
        this.flow = flow;
        this.origin = origin;
        this.keyType = keyType;
    }

    /** The dataflow it belongs to. */
    public Dataflow flow() {
        return flow;
    }

    Origin origin() {
        return origin;
    }

    // ---- the doors for all operators

    /** Makes a step of an operator. */
    public <R> R then(String stepName, Operator<? super KeyedStream<K, V>, R> operator) {
        return flow.composite(stepName, operator, this);
    }

    /** Does the work of a kernel on each value; see {@link Stream#transform}. */
    public <W> KeyedStream<K, W> transform(
            String stepName, KeyedKernel<K, ? super V, W> kernel, Port<?>... sidePorts) {
        Objects.requireNonNull(kernel, "kernel must not be null");
        return keyed(
                stepName, "transform", new CoreOperator.KeyedTransform(kernel, List.of(sidePorts)));
    }

    /** Keeps a logic for each key, as an operator declares it. */
    public <W, S> KeyedStream<K, W> stateful(
            String stepName, StatefulSpec<K, ? super V, W, S> spec) {
        Objects.requireNonNull(spec, "spec must not be null");
        StatefulSpec<K, ? super V, W, S> typed =
                spec.keyType() == null ? spec.withKeyType(keyType) : spec;
        return keyed(stepName, "stateful", new CoreOperator.Stateful(typed));
    }

    /** A side output of the step that makes this stream. */
    public <X> KeyedStream<K, X> side(Port<X> port) {
        return new KeyedStream<>(flow, flow.side(origin.step(), port), keyType);
    }

    // ---- one value in, some out, under the same key

    /** Replaces each value by what {@code mapper} makes of it. */
    public <W> KeyedStream<K, W> mapValue(String stepName, Mapper<? super V, ? extends W> mapper) {
        return then(stepName, Values.map(mapper));
    }

    /** Replaces each value by all that {@code mapper} returns for it, in order. */
    public <W> KeyedStream<K, W> flatMapValue(
            String stepName, Mapper<? super V, ? extends Iterable<? extends W>> mapper) {
        return then(stepName, Values.flatMap(mapper));
    }

    /** Keeps the values for which {@code keep} returns true. */
    public KeyedStream<K, V> filterValue(String stepName, Predicate<? super V> keep) {
        return then(stepName, Values.filter(keep));
    }

    /** Replaces each value by what {@code mapper} makes of it; drops it if that is null. */
    public <W> KeyedStream<K, W> filterMapValue(
            String stepName, Mapper<? super V, ? extends @Nullable W> mapper) {
        return then(stepName, Values.filterMap(mapper));
    }

    /** As {@link Stream#mapAsync}, for values; keys stay. */
    public <W> KeyedStream<K, W> mapValueAsync(
            String stepName, AsyncMapper<? super V, ? extends W> mapper, AsyncOptions options) {
        Objects.requireNonNull(mapper, "mapper must not be null");
        Objects.requireNonNull(options, "options must not be null");
        return keyed(stepName, "mapAsync", new CoreOperator.Async(mapper, options));
    }

    /** Parts the values into those that {@code predicate} accepts and the rest. */
    public Branches<KeyedStream<K, V>> branchValue(
            String stepName, Predicate<? super V> predicate) {
        return then(stepName, Branch.byValue(predicate));
    }

    /** As {@link Stream#enrichCached}, of keys and values; keys stay. */
    public <C, X, W> KeyedStream<K, W> enrichCached(
            String stepName,
            Mapper<? super C, ? extends X> getter,
            BiMapper<Stream.Cache<C, X>, ? super Keyed<K, V>, ? extends W> mapper,
            CacheOptions options) {
        return then(stepName, EnrichCached.ofKeyed(getter, mapper, options));
    }

    // ---- other keys or none, merging, spreading, time

    /**
     * Gives each value another key, made of its key and itself; values of the new key meet in the
     * stateful steps that follow. A null key fails the step.
     */
    public <L> KeyedStream<L, V> keyOn(
            String stepName, BiMapper<? super K, ? super V, ? extends L> key) {
        Objects.requireNonNull(key, "key must not be null");
        var rekey = new CoreOperator.KeyedTransform(new RekeyKernel<K, V, L>(key), List.of());
        return new KeyedStream<>(flow, core(stepName, "keyOn", rekey), FunctionTypes.result(key));
    }

    /** Makes one item of each key and value. */
    public <R> Stream<R> map(String stepName, BiMapper<? super K, ? super V, ? extends R> mapper) {
        return then(stepName, MapEntry.by(mapper));
    }

    /** Drops the keys. */
    public Stream<V> dropKey(String stepName) {
        return new Stream<>(flow, core(stepName, "dropKey", new CoreOperator.DropKey()));
    }

    /** This stream's values and those of others, in no promised order between streams. */
    @SafeVarargs
    public final KeyedStream<K, V> merge(String stepName, KeyedStream<K, ? extends V>... others) {
        if (others.length == 0) {
            throw new InvalidDataflowException(
                    flow.name() + "." + stepName,
                    "merge step '" + stepName + "' needs at least one other stream");
        }
        List<Origin> ups = new ArrayList<>();
        ups.add(origin);
        for (KeyedStream<K, ? extends V> other : others) {
            flow.checkSame(other.flow, stepName);
            ups.add(other.origin);
        }
        return new KeyedStream<>(
                flow, flow.core(stepName, "merge", new CoreOperator.Merge(), true, ups), keyType);
    }

    /**
     * Spreads the values evenly over the workers, for costly work that needs no state; the order
     * within a key is lost. Keys stay, and values of a key meet again in the next stateful step.
     */
    public KeyedStream<K, V> redistribute(String stepName) {
        return keyed(stepName, "redistribute", new CoreOperator.Redistribute());
    }

    /** As {@link Stream#watermark}, with the time in the values; keys stay. */
    public KeyedStream<K, V> watermark(
            String stepName, Mapper<? super V, Instant> timestamp, WatermarkOptions eventTime) {
        Objects.requireNonNull(timestamp, "timestamp must not be null");
        Objects.requireNonNull(eventTime, "eventTime must not be null");
        return keyed(stepName, "watermark", new CoreOperator.Watermark(timestamp, eventTime));
    }

    // ---- state

    /**
     * Keeps a logic of the user's for each key. The type of its state is read from the builder's
     * signature; where that cannot tell, say {@link #state}.
     */
    public <W, S> KeyedStream<K, W> stateful(
            String stepName, StatefulLogic.Builder<K, V, W, S> builder) {
        return then(stepName, StatefulMaps.logic(builder));
    }

    /**
     * As {@link #stateful(String, StatefulLogic.Builder)} for logics that take the available values
     * together.
     */
    public <W, S> KeyedStream<K, W> statefulBatch(
            String stepName, StatefulBatchLogic.Builder<K, V, W, S> builder) {
        return then(stepName, BatchStateful.of(builder));
    }

    /** Turns each value and the key's state into a new state and one output. */
    public <W, S> KeyedStream<K, W> statefulMap(
            String stepName, StateMapper<S, ? super V, W> mapper) {
        return then(stepName, StatefulMaps.map(mapper));
    }

    /** As {@link #statefulMap(String, StateMapper)}, with state that expires. */
    public <W, S> KeyedStream<K, W> statefulMap(
            String stepName, StateMapper<S, ? super V, W> mapper, StateOptions options) {
        return then(stepName, StatefulMaps.map(mapper, options));
    }

    /** Turns each value and the key's state into a new state and any number of outputs. */
    public <W, S> KeyedStream<K, W> statefulFlatMap(
            String stepName, StateMapper<S, ? super V, ? extends Iterable<? extends W>> mapper) {
        return then(stepName, StatefulMaps.flatMap(mapper));
    }

    /** As {@link #statefulFlatMap(String, StateMapper)}, with state that expires. */
    public <W, S> KeyedStream<K, W> statefulFlatMap(
            String stepName,
            StateMapper<S, ? super V, ? extends Iterable<? extends W>> mapper,
            StateOptions options) {
        return then(stepName, StatefulMaps.flatMap(mapper, options));
    }

    /**
     * Gathers the values of a key into lists, emitted by size, by time-out, and at the end of
     * input.
     */
    public KeyedStream<K, List<V>> collect(String stepName, CollectOptions options) {
        return then(stepName, Collect.by(options));
    }

    /**
     * Keeps the first value of each key and drops the others, whatever they are: what is to be
     * distinct is the key. Which keys there have been is kept over crashes, stops and the end of
     * input, and takes memory for each of them; see {@link #distinct(String, StateOptions)}.
     */
    public KeyedStream<K, V> distinct(String stepName) {
        return then(stepName, Distinct.keys());
    }

    /**
     * As {@link #distinct(String)}, for keys that expire: a value is kept, too, if its key has been
     * silent for the time to live. A value that is dropped ends the silence as any other does.
     */
    public KeyedStream<K, V> distinct(String stepName, StateOptions options) {
        return then(stepName, Distinct.keys(options));
    }

    /**
     * Keeps the first values of each key and drops those that come after them; does not end the
     * input. How many have been kept is known after crashes, stops and the end of input, for each
     * key that there was. A later start may allow more or fewer.
     *
     * @param valuesMax how many of a key are kept; 1 or more
     * @throws IllegalArgumentException if it is less
     */
    public KeyedStream<K, V> limit(String stepName, long valuesMax) {
        return then(stepName, Limit.perKey(valuesMax));
    }

    // ---- running folds: emitted at each value

    /**
     * Folds the values of each key and emits, at each value, what they have been folded into so
     * far. The fold is kept over crashes, stops and the end of input, unlike that of {@link
     * #foldFinal}; its type is read from the signature of {@code folder}, or declared by {@link
     * #state}. A null from either function fails the step.
     *
     * @param initial makes what the first value of a key is folded into
     * @param folder returns what is emitted and what the next value is folded into. Must not change
     *     what it gets, which has been emitted: it returns something immutable, or a changed copy
     */
    public <S> KeyedStream<K, S> scan(
            String stepName, Supplier<? extends S> initial, Folder<S, ? super V> folder) {
        return then(stepName, Running.scan(initial, folder));
    }

    /**
     * Combines the values of each key and emits, at each value, what it and all before it come to:
     * the first value as it is. What is combined is kept as by {@link #scan}.
     *
     * @param reducer gets the result so far and the value, changes neither, and does not return
     *     null
     */
    public KeyedStream<K, V> reduce(String stepName, Reducer<V> reducer) {
        return then(stepName, Running.reduce(reducer));
    }

    /**
     * Counts the values of each key and emits, at each value, how many there have been with it. The
     * count is kept as by {@link #scan}.
     */
    public KeyedStream<K, Long> count(String stepName) {
        return then(stepName, Running.count());
    }

    // ---- final folds: emitted once a key, at the end of input

    /**
     * Folds the values of each key; emits the result at the end of input, and forgets it. After a
     * crash or a stop the fold goes on; after the end of input a continuation folds only what is
     * new.
     */
    public <S> KeyedStream<K, S> foldFinal(
            String stepName, Supplier<? extends S> initial, Folder<S, ? super V> folder) {
        return then(stepName, Finals.fold(initial, folder));
    }

    /**
     * Combines the values of each key; emits the result at the end of input. A continuation after
     * that combines only what is new, see {@link #foldFinal}.
     */
    public KeyedStream<K, V> reduceFinal(String stepName, Reducer<V> reducer) {
        return then(stepName, Finals.reduce(reducer));
    }

    /**
     * Counts the values of each key; emits the count at the end of input. A continuation after that
     * counts only what is new, see {@link #foldFinal}.
     */
    public KeyedStream<K, Long> countFinal(String stepName) {
        return then(stepName, Finals.count());
    }

    /**
     * The greatest value of each key, the first of equals, at the end of input. A continuation
     * after that looks only at what is new, see {@link #foldFinal}.
     */
    public KeyedStream<K, V> maxFinal(String stepName, Order<? super V> order) {
        return then(stepName, Finals.max(order));
    }

    /**
     * The least value of each key, the first of equals, at the end of input. A continuation after
     * that looks only at what is new, see {@link #foldFinal}.
     */
    public KeyedStream<K, V> minFinal(String stepName, Order<? super V> order) {
        return then(stepName, Finals.min(order));
    }

    // ---- windows

    /** Divides the values into windows, each with a logic of the user's; by timestamp. */
    public <R, S> WindowOut<K, V, R> window(
            String stepName,
            Clock<? super V, ?> clock,
            Windower<?> windower,
            WindowLogic.Builder<V, R, S> builder) {
        return then(stepName, Windows.logic(clock, windower, builder));
    }

    /**
     * Folds the values of each window, by timestamp. If they are taken as they come, parts are
     * still combined in order of time, so what a fold makes of values that are out of order must
     * not depend on their order.
     *
     * @param initial neutral for {@code merger}: values are folded in parts, as windows overlap and
     *     sessions become one, and each part begins with it
     * @param folder may change and return what was folded before
     * @param merger combines what earlier and later values were folded into; may change and return
     *     the first, must leave the second alone
     */
    public <A> WindowOut<K, V, A> foldWindow(
            String stepName,
            Clock<? super V, ?> clock,
            Windower<?> windower,
            Supplier<? extends A> initial,
            Folder<A, ? super V> folder,
            Reducer<A> merger) {
        return then(stepName, Windows.fold(clock, windower, initial, folder, merger));
    }

    /**
     * Combines the values of each window, which must not be changed.
     *
     * @param reducer associative and commutative: values are combined in parts, as windows overlap
     *     and sessions become one, and not always in the order in which they come. Where the order
     *     matters use {@link #foldWindow} or {@link #collectWindow}, which go by timestamp
     */
    public WindowOut<K, V, V> reduceWindow(
            String stepName, Clock<? super V, ?> clock, Windower<?> windower, Reducer<V> reducer) {
        return then(stepName, Windows.reduce(clock, windower, reducer));
    }

    /** Collects the values of each window, by timestamp. */
    public <C> WindowOut<K, V, C> collectWindow(
            String stepName,
            Clock<? super V, ?> clock,
            Windower<?> windower,
            Into<? super V, C> into) {
        return then(stepName, Windows.collect(clock, windower, into));
    }

    /** Counts the values of each window. */
    public WindowOut<K, V, Long> countWindow(
            String stepName, Clock<? super V, ?> clock, Windower<?> windower) {
        return then(stepName, Windows.count(clock, windower));
    }

    /** The greatest value of each window, of equals the first that was taken. */
    public WindowOut<K, V, V> maxWindow(
            String stepName,
            Clock<? super V, ?> clock,
            Windower<?> windower,
            Order<? super V> order) {
        return then(stepName, Windows.max(clock, windower, order));
    }

    /** The least value of each window, of equals the first that was taken. */
    public WindowOut<K, V, V> minWindow(
            String stepName,
            Clock<? super V, ?> clock,
            Windower<?> windower,
            Order<? super V> order) {
        return then(stepName, Windows.min(clock, windower, order));
    }

    // ---- joins; see Sides for more than two

    /** Joins the values of each key with those of another stream. */
    public <B> KeyedStream<K, Row2<V, B>> join(
            String stepName, KeyedStream<K, B> other, JoinOptions options) {
        return Sides.of(this, other).join(stepName, options);
    }

    /** Joins the values of each window with those of another stream, by timestamp. */
    public <B> WindowOut<K, Sided, Row2<V, B>> joinWindow(
            String stepName,
            Clock<Object, ?> clock,
            Windower<?> windower,
            KeyedStream<K, B> other,
            JoinOptions options) {
        return Sides.of(this, other).joinWindow(stepName, clock, windower, options);
    }

    /** Joins each value with those of another stream that happened near to it. */
    public <B> JoinOut<K, Match<V, B>> intervalJoin(
            String stepName, Clock<Object, ?> clock, KeyedStream<K, B> other, Interval interval) {
        return then(stepName, Joins.near(other, clock, interval));
    }

    // ---- looking on, ending

    /** Calls {@code inspector} with the step's id and each key and value, and passes them on. */
    public KeyedStream<K, V> inspect(String stepName, Inspector<? super Keyed<K, V>> inspector) {
        return then(stepName, Inspect.keyed(inspector));
    }

    /** As {@link #inspect}, with epoch and worker. */
    public KeyedStream<K, V> inspectDebug(
            String stepName, Inspector.Debug<? super Keyed<K, V>> inspector) {
        return then(stepName, Inspect.keyedDebug(inspector));
    }

    /** Stops the execution with the first value that comes: for what must never happen. */
    public void raises(String stepName) {
        then(stepName, Raises.onFirstValue());
    }

    /** As {@link Stream#forEach}, with the key and the value; on the worker where they are. */
    public OutputStep forEach(String stepName, Consumer.OfPair<? super K, ? super V> action) {
        return new OutputStep(flow, then(stepName, ForEach.<K, V>ofPairs(action)).origin.step());
    }

    /**
     * Writes values to a sink of any kind: to the partition of their key, or wherever they are if
     * it has no partitions.
     *
     * @throws InvalidDataflowException if it is known that the sink takes keys of another type
     */
    public OutputStep output(String stepName, Sink<? super V> sink) {
        Objects.requireNonNull(sink, "sink must not be null");
        int step = core(stepName, "output", new CoreOperator.Output(sink, null)).step();
        OutputStep.checkKeys(flow.coreStep(step), sink, keyType);
        return new OutputStep(flow, step);
    }

    /**
     * Writes every value to each of some sinks, each a step within this one that is named by its
     * key. An epoch is done when all have it.
     */
    public SortedMap<String, OutputStep> outputs(
            String stepName, Map<String, ? extends Sink<? super V>> sinks) {
        return then(stepName, FanOut.toKeyed(sinks));
    }

    // ---- what may be said of the step that makes this stream

    /**
     * Declares the type of the state of the step that makes this stream, where the signature of its
     * function cannot tell: {@code .state(new TypeRef<List<Item>>() {})}.
     */
    public KeyedStream<K, V> state(TypeRef<?> type) {
        Objects.requireNonNull(type, "type must not be null");
        replaceSpec(flow.spec(origin.step()).withStateType(type));
        return this;
    }

    /** Declares the stateful step that makes this stream anew. */
    void replaceSpec(StatefulSpec<?, ?, ?, ?> spec) {
        CoreStep step = flow.coreStep(origin.step());
        StatefulSpec<?, ?, ?, ?> typed = spec.keyType() == null ? spec.withKeyType(keyType) : spec;
        flow.replace(step.withOperator(new CoreOperator.Stateful(typed)));
    }

    /** What to do when the step's code throws. */
    public KeyedStream<K, V> onFailure(FailurePolicy policy) {
        flow.onFailure(origin.step(), policy);
        return this;
    }

    /** What the step could not deal with; needs a policy with dead letters. */
    public Stream<DeadLetter> deadLetters() {
        return new Stream<>(flow, flow.deadLetters(origin.step()));
    }

    /** Says under which name the step's state was kept before it was renamed. */
    public KeyedStream<K, V> formerly(String formerName) {
        flow.formerly(origin.step(), formerName);
        return this;
    }

    private Origin core(String stepName, String operatorName, CoreOperator operator) {
        return flow.core(stepName, operatorName, operator, true, List.of(origin));
    }

    private <W> KeyedStream<K, W> keyed(
            String stepName, String operatorName, CoreOperator operator) {
        return new KeyedStream<>(flow, core(stepName, operatorName, operator), keyType);
    }
}
