package dev.waxwing;

/**
 * The two sides of a branch.
 *
 * @param trues what the predicate accepted, in order
 * @param falses the rest, in order
 * @param <T> item
 */
public record Branches<T>(Stream<T> trues, Stream<T> falses) {}
