package dev.waxwing.join;

/**
 * A value and the side of a join that it is of.
 *
 * @param side from 0, in the order in which the join names its sides
 */
public record Sided(int side, Object value) {

    /**
     * The value as what it is.
     *
     * @throws ClassCastException if it is of another type
     */
    public <T> T value(Class<T> type) {
        return type.cast(value);
    }
}
