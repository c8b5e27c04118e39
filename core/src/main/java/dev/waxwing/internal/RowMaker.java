package dev.waxwing.internal;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Makes a row.
 *
 * @param <R> row
 */
@FunctionalInterface
public interface RowMaker<R> extends Serializable {

    /**
     * @param sides a value for each side, null where it is missing
     */
    R make(@Nullable Object[] sides);
}
