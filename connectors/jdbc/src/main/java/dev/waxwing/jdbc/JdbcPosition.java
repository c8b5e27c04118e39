package dev.waxwing.jdbc;

import java.util.List;

/**
 * How far a partition of a {@link JdbcSource} has been read. Immutable.
 *
 * @param columns names of the columns that grow
 * @param values of the last row in these columns, as the database compares them; empty if no row
 *     was read
 */
public record JdbcPosition(List<String> columns, List<Object> values) {

    public JdbcPosition {
        columns = List.copyOf(columns);
        values = List.copyOf(values);
    }
}
