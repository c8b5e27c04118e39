package dev.waxwing.kernel;

/**
 * Takes what a keyed step without state emits.
 *
 * @param <K> key
 * @param <W> value of the main output
 */
public interface KeyedOutputs<K, W> {

    /** Passes a value on under a key. */
    void emit(K key, W value);

    /** Passes a value on under a key by a side output that the step declared. */
    <X> void emit(Port<X> port, K key, X value);
}
