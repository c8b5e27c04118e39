package dev.waxwing.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes by statements of the standard: batches of inserts; with keys an update for each row, and
 * an insert if it hit none.
 */
final class StandardWriter implements RowWriter {

    private static final int BATCH_ROWS = 500;

    private final Connection connection;
    private final Dialect dialect;
    private final List<TableColumn> columns;
    private final List<Integer> keys;
    private final List<Integer> set;
    private final String insert;
    private final String update;
    private final String delete;

    StandardWriter(
            Connection connection,
            Dialect dialect,
            String table,
            List<TableColumn> columns,
            List<Integer> keys,
            OnKnownKey onKnownKey) {
        this.connection = connection;
        this.dialect = dialect;
        this.columns = columns;
        this.keys = keys;
        List<Integer> others =
                IntStream.range(0, columns.size())
                        .boxed()
                        .filter(place -> !keys.contains(place))
                        .toList();
        this.set = onKnownKey == OnKnownKey.KEEP ? List.of() : others;
        this.insert =
                "insert into "
                        + table
                        + " ("
                        + columns.stream()
                                .map(TableColumn::quoted)
                                .collect(Collectors.joining(", "))
                        + ") values ("
                        + String.join(", ", Collections.nCopies(columns.size(), "?"))
                        + ")";
        String where = " where " + equal(keys, " and ");
        String sets = set.isEmpty() ? nothing() : equal(set, ", ");
        this.update = "update " + table + " set " + sets + where;
        this.delete = "delete from " + table + where;
    }

    @Override
    public void write(Rows<?> rows, int from, int to) throws SQLException, UnwritableRowException {
        if (keys.isEmpty()) {
            insert(rows, from, to);
        } else {
            merge(rows, from, to);
        }
    }

    private void insert(Rows<?> rows, int from, int to)
            throws SQLException, UnwritableRowException {
        try (PreparedStatement inserting = connection.prepareStatement(insert)) {
            int batched = 0;
            for (int i = from; i < to; i++) {
                bindAll(inserting, rows.at(i));
                inserting.addBatch();
                if (++batched == BATCH_ROWS || i + 1 == to) {
                    inserting.executeBatch();
                    batched = 0;
                }
            }
        }
    }

    private void merge(Rows<?> rows, int from, int to) throws SQLException, UnwritableRowException {
        try (PreparedStatement inserting = connection.prepareStatement(insert);
                PreparedStatement updating = connection.prepareStatement(update);
                PreparedStatement deleting = connection.prepareStatement(delete)) {
            for (int i = from; i < to; i++) {
                Rows.Row row = rows.at(i);
                if (row.deleted()) {
                    bind(deleting, row, keys, 1);
                    deleting.executeUpdate();
                    continue;
                }
                bind(updating, row, keys, bind(updating, row, set, 1));
                if (updating.executeUpdate() == 0) {
                    bindAll(inserting, row);
                    inserting.executeUpdate();
                }
            }
        }
    }

    private void bindAll(PreparedStatement statement, Rows.Row row) throws SQLException {
        for (int place = 0; place < columns.size(); place++) {
            bind(statement, place + 1, place, row);
        }
    }

    /* Returns the index behind. */
    private int bind(PreparedStatement statement, Rows.Row row, List<Integer> places, int first)
            throws SQLException {
        int index = first;
        for (int place : places) {
            bind(statement, index++, place, row);
        }
        return index;
    }

    private void bind(PreparedStatement statement, int index, int place, Rows.Row row)
            throws SQLException {
        Object value = row.values()[place];
        if (value == null) {
            statement.setNull(index, columns.get(place).type().sqlType());
        } else {
            dialect.bind(statement, index, value);
        }
    }

    /* An update that changes nothing tells whether the row is there, too. */
    private String nothing() {
        return keys.stream()
                .map(key -> columns.get(key).quoted() + " = " + columns.get(key).quoted())
                .collect(Collectors.joining(", "));
    }

    private String equal(List<Integer> places, String separator) {
        return places.stream()
                .map(place -> columns.get(place).quoted() + " = ?")
                .collect(Collectors.joining(separator));
    }
}
