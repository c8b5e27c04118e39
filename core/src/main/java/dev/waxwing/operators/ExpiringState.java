package dev.waxwing.operators;

/**
 * A state and when its key was last seen.
 *
 * @param state the inner logic's
 * @param lastMillis when the last value came, in milliseconds of running time
 */
public record ExpiringState<S>(S state, long lastMillis) {}
