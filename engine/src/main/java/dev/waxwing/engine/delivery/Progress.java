package dev.waxwing.engine.delivery;

import org.jspecify.annotations.Nullable;

/**
 * What the store knows of a partition.
 *
 * @param epoch the newest that has something for it, 0 if none
 * @param markedAs id of the step in the target's marker: the one it had when it wrote first,
 *     whatever it was renamed to; null for today's
 */
public record Progress(long epoch, @Nullable String markedAs) {}
