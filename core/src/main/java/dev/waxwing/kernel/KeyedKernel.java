package dev.waxwing.kernel;

/**
 * What a stateless step does with one value of a keyed stream; the keyed form of {@link Kernel}, by
 * the same rules.
 *
 * @param <K> key
 * @param <V> value
 * @param <W> emitted value
 */
public interface KeyedKernel<K, V, W> extends Lifecycle {

    /** Takes one value and emits any number, as a rule under the same key. */
    void onItem(K key, V value, KeyedOutputs<K, ? super W> out) throws Exception;

    /** As {@link Kernel#onActivationEnd}. */
    default void onActivationEnd(KeyedOutputs<K, ? super W> out) throws Exception {}

    /**
     * Takes what a keyed step without state emits.
     *
     * @param <K> key
     * @param <W> value of the main output
     */
    interface KeyedOutputs<K, W> {

        /** Passes a value on under a key. */
        void emit(K key, W value);

        /** Passes a value on under a key by a side output that the step declared. */
        <X> void emit(Port<X> port, K key, X value);
    }
}
