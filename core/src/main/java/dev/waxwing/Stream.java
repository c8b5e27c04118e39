package dev.waxwing;

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
import dev.waxwing.internal.FunctionTypes;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.Port;
import dev.waxwing.operators.Branch;
import dev.waxwing.operators.Distinct;
import dev.waxwing.operators.EnrichCached;
import dev.waxwing.operators.FanOut;
import dev.waxwing.operators.Filter;
import dev.waxwing.operators.FilterMap;
import dev.waxwing.operators.FlatMap;
import dev.waxwing.operators.FlatMapBatch;
import dev.waxwing.operators.ForEach;
import dev.waxwing.operators.Inspect;
import dev.waxwing.operators.Limit;
import dev.waxwing.operators.Map;
import dev.waxwing.operators.Raises;
import dev.waxwing.operators.Throttle;
import dev.waxwing.operators.Windows;
import dev.waxwing.plan.core.CoreOperator;
import dev.waxwing.plan.core.Origin;
import dev.waxwing.sink.Sink;
import dev.waxwing.step.AsyncOptions;
import dev.waxwing.step.CacheOptions;
import dev.waxwing.step.DeadLetter;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.step.InvalidDataflowException;
import dev.waxwing.step.StateOptions;
import dev.waxwing.step.ThrottleOptions;
import dev.waxwing.step.WatermarkOptions;
import dev.waxwing.windowing.Clock;
import dev.waxwing.windowing.Into;
import dev.waxwing.windowing.WindowLogic;
import dev.waxwing.windowing.Windower;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The items that a step emits, as a handle to add steps to. A table of contents: what an operator
 * does in detail is told in {@code docs/reference/operators.md}.
 *
 * <p>Unless said otherwise, steps keep the order of items and pass each on as soon as it is made. A
 * function that throws stops the execution, naming the step, unless the step is given a {@linkplain
 * #onFailure policy}. Null items are refused everywhere.
 *
 * @param <T> item
 */
public final class Stream<T> {

    private final Dataflow flow;
    private final Origin origin;

    Stream(Dataflow flow, Origin origin) {
        this.flow = flow;
        this.origin = origin;
    }

    /** The dataflow it belongs to. */
    public Dataflow flow() {
        return flow;
    }

    Origin origin() {
        return origin;
    }

    // ---- the door for all operators

    /** Makes a step of an operator. */
    public <R> R then(String stepName, Operator<? super Stream<T>, R> operator) {
        return flow.composite(stepName, operator, this);
    }

    /**
     * Does the work of a kernel on each item.
     *
     * @param sidePorts outputs that the kernel uses beside the main one; see {@link #side}
     */
    public <U> Stream<U> transform(
            String stepName, Kernel<? super T, U> kernel, Port<?>... sidePorts) {
        Objects.requireNonNull(kernel, "kernel must not be null");
        return stream(
                stepName, "transform", new CoreOperator.Transform(kernel, List.of(sidePorts)));
    }

    /** A side output of the step that makes this stream. */
    public <X> Stream<X> side(Port<X> port) {
        return new Stream<>(flow, flow.side(origin.step(), port));
    }

    // ---- one item in, some out

    /** Replaces each item by what {@code mapper} makes of it. */
    public <U> Stream<U> map(String stepName, Mapper<? super T, ? extends U> mapper) {
        return then(stepName, Map.by(mapper));
    }

    /** Replaces each item by all that {@code mapper} returns for it, in order, possibly nothing. */
    public <U> Stream<U> flatMap(
            String stepName, Mapper<? super T, ? extends Iterable<? extends U>> mapper) {
        return then(stepName, FlatMap.by(mapper));
    }

    /**
     * Replaces the items that are available for now, together, by all that {@code mapper} returns
     * for them. How many they are is the runner's choice; never none, never of two epochs.
     */
    public <U> Stream<U> flatMapBatch(
            String stepName, Mapper<List<T>, ? extends Iterable<? extends U>> mapper) {
        return then(stepName, FlatMapBatch.by(mapper));
    }

    /** Keeps the items for which {@code keep} returns true. */
    public Stream<T> filter(String stepName, Predicate<? super T> keep) {
        return then(stepName, Filter.by(keep));
    }

    /** Replaces each item by what {@code mapper} makes of it; drops it if that is null. */
    public <U> Stream<U> filterMap(
            String stepName, Mapper<? super T, ? extends @Nullable U> mapper) {
        return then(stepName, FilterMap.by(mapper));
    }

    /**
     * Replaces each item, which has to be an {@link Iterable}, by its elements, in order. An item
     * that is none, or an element of another type, fails the step. Where the compiler is to say
     * that items are collections, or elements have type arguments, write {@code flatMap("lists",
     * list -> list)}.
     *
     * @param elementType of all elements
     * @throws IllegalArgumentException if it is a primitive type
     */
    public <U> Stream<U> flatten(String stepName, Class<U> elementType) {
        return then(stepName, FlatMap.elements(elementType));
    }

    /** Parts the items into those that {@code predicate} accepts and the rest. */
    public Branches<Stream<T>> branch(String stepName, Predicate<? super T> predicate) {
        return then(stepName, Branch.by(predicate));
    }

    /**
     * Gives {@code mapper} a cache in front of {@code getter} to enrich items from. The cache is a
     * worker's own; {@code getter} is called on the worker and so should be quick.
     */
    public <K, V, U> Stream<U> enrichCached(
            String stepName,
            Mapper<? super K, ? extends V> getter,
            BiMapper<Cache<K, V>, ? super T, ? extends U> mapper,
            CacheOptions options) {
        return then(stepName, EnrichCached.of(getter, mapper, options));
    }

    /**
     * Replaces each item by the result of a call that completes elsewhere. Calls that are not
     * complete when an epoch ends are kept with its snapshot and made again after a resume.
     */
    public <U> Stream<U> mapAsync(
            String stepName, AsyncMapper<? super T, ? extends U> mapper, AsyncOptions options) {
        Objects.requireNonNull(mapper, "mapper must not be null");
        Objects.requireNonNull(options, "options must not be null");
        return stream(stepName, "mapAsync", new CoreOperator.Async(mapper, options));
    }

    // ---- keys, merging, spreading, time

    /** Gives each item a key; items of a key meet in the stateful steps that follow. */
    public <K> KeyedStream<K, T> keyOn(String stepName, Mapper<? super T, ? extends K> key) {
        Objects.requireNonNull(key, "key must not be null");
        return new KeyedStream<>(
                flow,
                core(stepName, "keyOn", new CoreOperator.KeyOn(key)),
                FunctionTypes.result(key));
    }

    /**
     * Keeps the first item of each key and drops the others, as {@link
     * KeyedStream#distinct(String)} does. Items go to the worker of their key, so that no order is
     * promised across keys.
     *
     * @param key makes of an item what is to be distinct: {@code item -> item} for the items
     *     themselves
     */
    public <K> Stream<T> distinct(String stepName, Mapper<? super T, ? extends K> key) {
        return then(stepName, Distinct.by(key));
    }

    /**
     * As {@link #distinct(String, Mapper)}, for keys that expire, see {@link
     * KeyedStream#distinct(String, StateOptions)}.
     */
    public <K> Stream<T> distinct(
            String stepName, Mapper<? super T, ? extends K> key, StateOptions options) {
        return then(stepName, Distinct.by(key, options));
    }

    /**
     * Keeps the first items, of all workers together, and drops those that come after them; does
     * not end the input. How many have been kept is known after crashes, stops and the end of
     * input. A later start may allow more or fewer.
     *
     * <p>Items are counted by one worker, on which the steps that follow get them, too: those that
     * come to it first are kept, in the order in which each worker sent them. A worker sends it no
     * more than could be kept. Where each key has a limit of its own, {@link KeyedStream#limit}
     * counts on all workers.
     *
     * @param itemsMax how many are kept; 1 or more
     * @throws IllegalArgumentException if it is less
     */
    public Stream<T> limit(String stepName, long itemsMax) {
        return then(stepName, Limit.to(itemsMax));
    }

    /**
     * Lets a number of items go on in each length of time, such as 100 in a minute, evenly spread,
     * and never more in any: of all workers together. Drops none: what comes faster waits here, up
     * to a bound, then in the steps before, and at last the sources are read more slowly, for other
     * steps behind them, too.
     *
     * <p>All items go to one worker, on which the steps that follow get them, in the order in which
     * each worker sent them. An item that was late, as a step was busy, is made up for, up to a
     * tenth of a second, within the limit. Steps that are slow or on other workers may see items
     * closer together.
     *
     * <p>What waits is stored with each epoch, so items are of types that can be: after a crash or
     * a stop it goes on first. The end of input comes behind it. Each start counts anew, so that
     * around it one item more may go on, beside those that come again after a crash.
     */
    public Stream<T> throttle(String stepName, ThrottleOptions options) {
        return then(stepName, Throttle.by(options));
    }

    /** This stream's items and those of others, in no promised order between streams. */
    @SafeVarargs
    public final Stream<T> merge(String stepName, Stream<? extends T>... others) {
        if (others.length == 0) {
            throw new InvalidDataflowException(
                    flow.name() + "." + stepName,
                    "merge step '" + stepName + "' needs at least one other stream");
        }
        List<Origin> ups = new ArrayList<>();
        ups.add(origin);
        for (Stream<? extends T> other : others) {
            flow.checkSame(other.flow, stepName);
            ups.add(other.origin);
        }
        return new Stream<>(
                flow, flow.core(stepName, "merge", new CoreOperator.Merge(), false, ups));
    }

    /** Spreads the items evenly over the workers; their order is lost. */
    public Stream<T> redistribute(String stepName) {
        return stream(stepName, "redistribute", new CoreOperator.Redistribute());
    }

    /**
     * Marks the stream with event time, for the windows that follow; items pass unchanged.
     *
     * @param timestamp when the item happened
     */
    public Stream<T> watermark(
            String stepName, Mapper<? super T, Instant> timestamp, WatermarkOptions eventTime) {
        Objects.requireNonNull(timestamp, "timestamp must not be null");
        Objects.requireNonNull(eventTime, "eventTime must not be null");
        return stream(stepName, "watermark", new CoreOperator.Watermark(timestamp, eventTime));
    }

    /** Counts the items of each key and window. */
    public <K> WindowOut<K, T, Long> countWindow(
            String stepName,
            Clock<? super T, ?> clock,
            Windower<?> windower,
            Mapper<? super T, ? extends K> key) {
        return then(stepName, Windows.countBy(clock, windower, key));
    }

    // ---- windows over all items; see KeyedStream for those of each key

    /**
     * Divides all items into windows, each with a logic of the user's, as {@link
     * KeyedStream#window} does the values of a key.
     *
     * <p>All items of the stream go to one worker, whatever their number: it alone knows when a
     * window is complete. The others are not used by this step, nor by those that follow up to the
     * next that spreads items. Where there is a key, windows of each key use all workers.
     */
    public <R, S> WindowOut.OfAll<T, R> window(
            String stepName,
            Clock<? super T, ?> clock,
            Windower<?> windower,
            WindowLogic.Builder<T, R, S> builder) {
        return then(stepName, Windows.ofAll("window", Windows.logic(clock, windower, builder)));
    }

    /** As {@link KeyedStream#foldWindow}, of all items, on one worker; see {@link #window}. */
    public <A> WindowOut.OfAll<T, A> foldWindow(
            String stepName,
            Clock<? super T, ?> clock,
            Windower<?> windower,
            Supplier<? extends A> initial,
            Folder<A, ? super T> folder,
            Reducer<A> merger) {
        return then(
                stepName,
                Windows.ofAll(
                        "foldWindow", Windows.fold(clock, windower, initial, folder, merger)));
    }

    /** As {@link KeyedStream#reduceWindow}, of all items, on one worker; see {@link #window}. */
    public WindowOut.OfAll<T, T> reduceWindow(
            String stepName, Clock<? super T, ?> clock, Windower<?> windower, Reducer<T> reducer) {
        return then(
                stepName, Windows.ofAll("reduceWindow", Windows.reduce(clock, windower, reducer)));
    }

    /** As {@link KeyedStream#collectWindow}, of all items, on one worker; see {@link #window}. */
    public <C> WindowOut.OfAll<T, C> collectWindow(
            String stepName,
            Clock<? super T, ?> clock,
            Windower<?> windower,
            Into<? super T, C> into) {
        return then(
                stepName, Windows.ofAll("collectWindow", Windows.collect(clock, windower, into)));
    }

    /** Counts all items of each window, on one worker; see {@link #window}. */
    public WindowOut.OfAll<T, Long> countWindow(
            String stepName, Clock<? super T, ?> clock, Windower<?> windower) {
        return then(stepName, Windows.ofAll("countWindow", Windows.count(clock, windower)));
    }

    /** As {@link KeyedStream#maxWindow}, of all items, on one worker; see {@link #window}. */
    public WindowOut.OfAll<T, T> maxWindow(
            String stepName,
            Clock<? super T, ?> clock,
            Windower<?> windower,
            Order<? super T> order) {
        return then(stepName, Windows.ofAll("maxWindow", Windows.max(clock, windower, order)));
    }

    /** As {@link KeyedStream#minWindow}, of all items, on one worker; see {@link #window}. */
    public WindowOut.OfAll<T, T> minWindow(
            String stepName,
            Clock<? super T, ?> clock,
            Windower<?> windower,
            Order<? super T> order) {
        return then(stepName, Windows.ofAll("minWindow", Windows.min(clock, windower, order)));
    }

    // ---- looking on, ending

    /** Calls {@code inspector} with the step's id and each item, and passes the item on. */
    public Stream<T> inspect(String stepName, Inspector<? super T> inspector) {
        return then(stepName, Inspect.by(inspector));
    }

    /** As {@link #inspect}, with epoch and worker. */
    public Stream<T> inspectDebug(String stepName, Inspector.Debug<? super T> inspector) {
        return then(stepName, Inspect.debug(inspector));
    }

    /** Stops the execution with the first item that comes: for what must never happen. */
    public void raises(String stepName) {
        then(stepName, Raises.onFirst());
    }

    /**
     * Ends the stream with a function that is called with each item, at least once: after a crash
     * again with those of the epoch that was open. It is called on the worker's thread, in the
     * order of the items, one call at a time a worker; with several workers it is called by several
     * threads. It should be quick, as the worker does nothing else meanwhile; what waits or must
     * not be repeated belongs in a {@linkplain #output sink}.
     *
     * @param action one that throws stops the execution, naming the step, unless the step is given
     *     a policy
     */
    public OutputStep forEach(String stepName, Consumer<? super T> action) {
        return new OutputStep(flow, then(stepName, ForEach.<T>of(action)).origin.step());
    }

    /**
     * Writes to a sink. A sink of several partitions needs a keyed stream; one of a single
     * partition takes a plain one, too.
     */
    public OutputStep output(String stepName, Sink<? super T> sink) {
        Objects.requireNonNull(sink, "sink must not be null");
        return new OutputStep(
                flow, core(stepName, "output", new CoreOperator.Output(sink, null)).step());
    }

    /**
     * Writes every item to each of some sinks, each a step within this one that is named by its
     * key. An epoch is done when all have it.
     */
    public SortedMap<String, OutputStep> outputs(
            String stepName, java.util.Map<String, ? extends Sink<? super T>> sinks) {
        return then(stepName, FanOut.to(sinks));
    }

    // ---- what may be said of the step that makes this stream

    /** What to do when the step's code throws. */
    public Stream<T> onFailure(FailurePolicy policy) {
        flow.onFailure(origin.step(), policy);
        return this;
    }

    /** What the step could not deal with; needs a policy with dead letters. */
    public Stream<DeadLetter> deadLetters() {
        return new Stream<>(flow, flow.deadLetters(origin.step()));
    }

    /** Says under which name the step's state was kept before it was renamed. */
    public Stream<T> formerly(String formerName) {
        flow.formerly(origin.step(), formerName);
        return this;
    }

    private Origin core(String stepName, String operatorName, CoreOperator operator) {
        return flow.core(stepName, operatorName, operator, false, List.of(origin));
    }

    private <U> Stream<U> stream(String stepName, String operatorName, CoreOperator operator) {
        return new Stream<>(flow, core(stepName, operatorName, operator));
    }

    /**
     * The two sides of a branch.
     *
     * @param trues what the predicate accepted, in order
     * @param falses the rest, in order
     * @param <S> stream, with keys or without
     */
    public record Branches<S>(S trues, S falses) {}

    /**
     * A worker's bounded cache in front of a look-up; starts empty in every execution.
     *
     * @param <K> key
     * @param <V> what is looked up
     */
    public interface Cache<K, V> {

        /**
         * The value of a key: from the cache if it is there and fresh, else looked up and kept.
         *
         * @throws Exception what the look-up throws; nothing is kept then
         */
        V get(K key) throws Exception;

        /**
         * Forgets a key, so that the next {@link #get} looks it up; returns whether it was there.
         */
        boolean remove(K key);
    }
}
