package dev.waxwing.kernel;

/**
 * Takes what a step emits: items on its main output, and items on the side outputs that the step
 * declared.
 *
 * @param <T> item of the main output
 */
public interface Outputs<T> extends Emitter<T> {

    /** Passes an item on by a side output that the step declared when it was built. */
    <X> void emit(Port<X> port, X item);
}
