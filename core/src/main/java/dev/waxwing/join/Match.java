package dev.waxwing.join;

/**
 * Two values that an interval join has found to belong together.
 *
 * @param left of the stream that is joined
 * @param right of the other one
 * @param <A> value of the left side
 * @param <B> value of the right side
 */
public record Match<A, B>(A left, B right) {}
