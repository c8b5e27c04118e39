package dev.waxwing.step;

import org.jspecify.annotations.Nullable;

/**
 * Something that a step could not deal with and that was put aside by its policy.
 *
 * @param stepId full id of the step
 * @param key key of the item in a keyed stream, else null
 * @param item the item as it reached the step, or what a source read that is no item
 * @param epoch the epoch in which it was put aside
 * @param cause what was thrown
 */
public record DeadLetter(
        String stepId, @Nullable Object key, Object item, long epoch, Throwable cause) {}
