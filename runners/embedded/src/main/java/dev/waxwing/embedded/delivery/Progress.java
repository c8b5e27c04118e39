package dev.waxwing.embedded.delivery;

/**
 * What the store knows of a partition.
 *
 * @param epoch the newest that has something for it, 0 if none
 */
public record Progress(long epoch) {}
