package dev.waxwing;

import dev.waxwing.function.TypeRef;
import dev.waxwing.state.StatefulSpec;
import dev.waxwing.windowing.LateValue;
import dev.waxwing.windowing.WindowOptions;
import dev.waxwing.windowing.WindowResult;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The three streams of a window step, and a handle to say more of the step.
 *
 * @param <K> key
 * @param <V> value
 * @param <R> result
 */
public final class WindowOut<K, V, R> {

    private final KeyedStream<K, WindowResult<R>> down;
    private final KeyedStream<K, LateValue<V>> late;
    private final KeyedStream<K, WindowResult.Metadata> meta;
    private final Declaration<K, V, R> declaration;
    private @Nullable WindowOptions options;
    private @Nullable TypeRef<?> stateType;

    /**
     * @param declaration declares the step anew when more is said of it
     */
    public WindowOut(
            KeyedStream<K, WindowResult<R>> down,
            KeyedStream<K, LateValue<V>> late,
            KeyedStream<K, WindowResult.Metadata> meta,
            Declaration<K, V, R> declaration) {
        this.down = down;
        this.late = late;
        this.meta = meta;
        this.declaration = declaration;
    }

    /**
     * Declares a window step.
     *
     * @param <K> key
     * @param <V> value
     * @param <R> result
     */
    @FunctionalInterface
    public interface Declaration<K, V, R> {

        /**
         * @param options null for those that the operator has by default
         * @param stateType type of what a window keeps, null if its functions tell it
         */
        StatefulSpec<K, V, WindowResult<R>, ?> spec(
                @Nullable WindowOptions options, @Nullable TypeRef<?> stateType);
    }

    /**
     * Results, as windows give them. Windows that become one, as sessions do, are withdrawn if they
     * have given results before: see {@link WindowResult#isWithdrawal}.
     */
    public KeyedStream<K, WindowResult<R>> down() {
        return down;
    }

    /** Values that came too late, once for each window that they would have been in. */
    public KeyedStream<K, LateValue<V>> late() {
        return late;
    }

    /** Each window once, when it is closed for good; not those that were merged away. */
    public KeyedStream<K, WindowResult.Metadata> meta() {
        return meta;
    }

    /** Replaces the options that the operator has by default, the order of values included. */
    public WindowOut<K, V, R> with(WindowOptions replaced) {
        options = Objects.requireNonNull(replaced, "options must not be null");
        down.replaceSpec(declaration.spec(options, stateType));
        return this;
    }

    /**
     * Declares the type of what a window keeps, such as what it folds into, where the signature of
     * its functions cannot tell: {@code .state(new TypeRef<List<Item>>() {})}.
     */
    public WindowOut<K, V, R> state(TypeRef<?> type) {
        stateType = Objects.requireNonNull(type, "type must not be null");
        down.replaceSpec(declaration.spec(options, stateType));
        return this;
    }

    /** Says under which name the step's state was kept before it was renamed. */
    public WindowOut<K, V, R> formerly(String formerName) {
        down.formerly(formerName);
        return this;
    }

    /**
     * The three streams of a window step over all items, without keys; see {@link WindowOut}.
     *
     * @param <T> item
     * @param <R> result
     */
    public static final class OfAll<T, R> {

        private final WindowOut<?, T, R> keyed;
        private final Stream<WindowResult<R>> down;
        private final Stream<LateValue<T>> late;
        private final Stream<WindowResult.Metadata> meta;

        /** Drops the key of windows that have all items under one. */
        public OfAll(WindowOut<?, T, R> keyed) {
            this.keyed = keyed;
            this.down = keyed.down.dropKey("down");
            this.late = keyed.late.dropKey("late");
            this.meta = keyed.meta.dropKey("meta");
        }

        /** As {@link WindowOut#down}. */
        public Stream<WindowResult<R>> down() {
            return down;
        }

        /** As {@link WindowOut#late}. */
        public Stream<LateValue<T>> late() {
            return late;
        }

        /** As {@link WindowOut#meta}. */
        public Stream<WindowResult.Metadata> meta() {
            return meta;
        }

        /** As {@link WindowOut#with}. */
        public OfAll<T, R> with(WindowOptions replaced) {
            keyed.with(replaced);
            return this;
        }

        /** As {@link WindowOut#state}. */
        public OfAll<T, R> state(TypeRef<?> type) {
            keyed.state(type);
            return this;
        }

        /** As {@link WindowOut#formerly}. */
        public OfAll<T, R> formerly(String formerName) {
            keyed.formerly(formerName);
            return this;
        }
    }
}
