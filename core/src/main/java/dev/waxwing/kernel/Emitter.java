package dev.waxwing.kernel;

/**
 * Takes items one at a time and never blocks.
 *
 * <p>Valid during the call that it was given to, on the thread of that call, and for that call's
 * own code. Use at any other time, on another thread or by another step is refused and stops the
 * execution, also if the exception is caught, as the item is lost. A runner may give the same
 * emitter to several calls of a step without a key: it is then the emitter of whichever of them is
 * under way. Runners that check items give each call its own, and refuse one of an earlier call.
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
