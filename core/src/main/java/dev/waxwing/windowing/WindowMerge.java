package dev.waxwing.windowing;

/**
 * Two windows have become one.
 *
 * @param from the window that is no more
 * @param into the window that holds the values of both
 */
public record WindowMerge(long from, long into) {}
