package dev.waxwing.function;

import java.io.Serializable;
import java.util.Objects;

/**
 * Says which of two items is the greater; a {@code Comparator} is passed as {@code
 * comparator::compare}.
 *
 * @param <T> item
 */
@FunctionalInterface
public interface Order<T> extends Serializable {

    /** Less than, equal to or greater than zero, as {@code left} is to {@code right}. */
    int compare(T left, T right) throws Exception;

    /** The natural order of a property, which must not be null: {@code Order.by(Bid::amount)}. */
    static <T, C extends Comparable<? super C>> Order<T> by(
            Mapper<? super T, ? extends C> property) {
        Objects.requireNonNull(property, "property must not be null");
        return (left, right) -> property.map(left).compareTo(property.map(right));
    }
}
