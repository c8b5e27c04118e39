package dev.waxwing.jdbc;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a partition of a {@link JdbcSource} has been read. Immutable.
 *
 * @param columns names of the columns that grow
 * @param values of the last row in these columns, as the database compares them; empty if no row
 *     was read
 * @param alike values of other rows that were read and are equal to that one for the database,
 *     though not in Java, such as "a" and "A"
 */
public record JdbcPosition(List<String> columns, List<Object> values, List<List<Object>> alike) {

    public JdbcPosition {
        columns = List.copyOf(columns);
        values = List.copyOf(values);
        alike = List.copyOf(alike);
    }

    /** A position that no other row is equal to. */
    JdbcPosition(List<String> columns, List<Object> values) {
        this(columns, values, List.of());
    }

    /** Bytes are equal if what is in them is. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JdbcPosition position
                && columns.equals(position.columns)
                && Arrays.deepEquals(contents(), position.contents());
    }

    @Override
    public int hashCode() {
        return 31 * columns.hashCode() + Arrays.deepHashCode(contents());
    }

    private Object[] contents() {
        return new Object[] {
            values.toArray(), alike.stream().map(List::toArray).toArray(Object[]::new)
        };
    }
}
