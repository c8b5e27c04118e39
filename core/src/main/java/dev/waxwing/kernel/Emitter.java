package dev.waxwing.kernel;

/**
 * Takes items one at a time and never blocks.
 *
 * <p>Confined to the thread that was given it and to the call that it was given to.
 *
 * @param <T> item
 */
public interface Emitter<T> {

    /**
     * Passes an item on.
     *
     * @throws dev.waxwing.StepFailedException if the item is null; the step is named
     */
    void emit(T item);
}
