package dev.waxwing.join;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of a join of any number of sides.
 *
 * @param sides a value for each side in order; null if it is missing, and nothing else is: null
 *     values are refused everywhere
 */
public record Row(List<@Nullable Object> sides) {

    public Row {
        sides = Collections.unmodifiableList(new ArrayList<>(sides));
    }

    /**
     * The value of a side, from 0, or null if it is missing.
     *
     * @throws ClassCastException if the side's values are of another type
     */
    public <T> @Nullable T side(int index, Class<T> type) {
        return type.cast(sides.get(index));
    }
}
