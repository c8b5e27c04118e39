package dev.waxwing.jdbc;

import java.sql.SQLException;

/** Writes rows within the open transaction of a connection. */
interface RowWriter {

    /**
     * Writes the rows from one index to before another, in their order.
     *
     * @throws SQLException if the database refused something; the transaction can go on from a
     *     savepoint
     * @throws UnwritableRowException if an item is no row
     */
    void write(Rows<?> rows, int from, int to) throws SQLException, UnwritableRowException;
}
