package dev.waxwing.kernel;

/**
 * Takes items one at a time and never blocks.
 *
 * <p>Confined to the thread that was given it and to the call that it was given to. What is emitted
 * on another thread, or when no call of the step is under way, is refused and stops the execution,
 * also if the exception is caught: the item is lost.
 *
 * <p>One that was kept must not be used in a later call of the same step either. The reference
 * runner, which tests run with, refuses that; other runners give all calls of a step the same
 * emitter and cannot tell, so that the item counts as emitted by the later call, with its key.
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
