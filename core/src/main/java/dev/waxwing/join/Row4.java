package dev.waxwing.join;

import org.jspecify.annotations.Nullable;

/**
 * A row of a join of four sides. A missing side is null, and nothing else is: null values are
 * refused everywhere.
 *
 * @param first of the first side; null if it is missing
 * @param second of the second side; null if it is missing
 * @param third of the third side; null if it is missing
 * @param fourth of the fourth side; null if it is missing
 * @param <A> value of the first side
 * @param <B> value of the second side
 * @param <C> value of the third side
 * @param <D> value of the fourth side
 */
public record Row4<A, B, C, D>(
        @Nullable A first, @Nullable B second, @Nullable C third, @Nullable D fourth) {}
