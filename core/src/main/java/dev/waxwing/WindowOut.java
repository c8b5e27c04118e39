package dev.waxwing;

import dev.waxwing.state.StatefulSpec;
import dev.waxwing.windowing.LateValue;
import dev.waxwing.windowing.WindowMetadata;
import dev.waxwing.windowing.WindowOptions;
import dev.waxwing.windowing.WindowResult;
import java.util.Objects;
import java.util.function.Function;

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
    private final KeyedStream<K, WindowMetadata> meta;
    private final Function<WindowOptions, StatefulSpec<K, V, WindowResult<R>, ?>> spec;

    /**
     * @param spec the step with other options
     */
    public WindowOut(
            KeyedStream<K, WindowResult<R>> down,
            KeyedStream<K, LateValue<V>> late,
            KeyedStream<K, WindowMetadata> meta,
            Function<WindowOptions, StatefulSpec<K, V, WindowResult<R>, ?>> spec) {
        this.down = down;
        this.late = late;
        this.meta = meta;
        this.spec = spec;
    }

    /** Results, as windows give them. */
    public KeyedStream<K, WindowResult<R>> down() {
        return down;
    }

    /** Values that came too late, once for each window that they would have been in. */
    public KeyedStream<K, LateValue<V>> late() {
        return late;
    }

    /** Each window once, when it is closed for good; not those that were merged away. */
    public KeyedStream<K, WindowMetadata> meta() {
        return meta;
    }

    /** Replaces the options that the operator has by default. */
    public WindowOut<K, V, R> with(WindowOptions options) {
        down.replaceSpec(spec.apply(Objects.requireNonNull(options, "options must not be null")));
        return this;
    }

    /** Says under which name the step's state was kept before it was renamed. */
    public WindowOut<K, V, R> formerly(String formerName) {
        down.formerly(formerName);
        return this;
    }
}
