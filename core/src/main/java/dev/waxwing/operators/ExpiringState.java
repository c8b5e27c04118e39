package dev.waxwing.operators;

/**
 * A state and when its key was last seen.
 *
 * @param state the inner logic's
 * @param lastMillis the runtime's time of the last value, in milliseconds since 1970
 */
public record ExpiringState<S>(S state, long lastMillis) {}
