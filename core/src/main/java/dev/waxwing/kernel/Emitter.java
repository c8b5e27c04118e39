package dev.waxwing.kernel;

/**
 * Takes items one at a time and never blocks.
 *
 * <p>Valid during the call that it was given to, on the thread of that call, and for that call's
 * own code: each call is given another. Use at any other time, in a later call, on another thread
 * or by another step is refused and stops the execution, also if the exception is caught. The item
 * may have reached steps behind by then.
 *
 * @param <T> item
 */
public interface Emitter<T> {

    /**
     * Passes an item on. It must not change from then on, neither by the step that emits it nor by
     * one that takes it: other steps, other workers, sinks and outboxes have the same object, and
     * look at it whenever they come to it. Runners that check items stop if one changes.
     *
     * @throws dev.waxwing.step.StepFailedException if the item is null, or the emitter may not be
     *     used here; the step is named
     */
    void emit(T item);
}
