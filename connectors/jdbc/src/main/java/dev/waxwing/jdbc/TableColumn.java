package dev.waxwing.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A column as the database has it.
 *
 * @param quoted its name, as SQL has it
 * @param mayBeNull false if the database says that it is never null
 */
record TableColumn(String name, String quoted, ColumnType type, boolean mayBeNull) {

    /**
     * Looks up columns.
     *
     * @param relation as SQL has it: a table, or a query in parentheses with a name
     * @param what it is called in messages
     * @throws SQLException that names all that are missing
     */
    static List<TableColumn> find(
            Connection connection,
            Dialect dialect,
            String relation,
            String what,
            List<String> names)
            throws SQLException {
        Map<String, TableColumn> all = all(connection, dialect, relation, what);
        List<String> missing =
                names.stream().filter(name -> !all.containsKey(name)).distinct().toList();
        if (!missing.isEmpty()) {
            throw new SQLException(
                    what
                            + " has no column "
                            + quoted(missing)
                            + ", only "
                            + quoted(List.copyOf(all.keySet()))
                            + "; add what is missing, or correct the names, in which upper and"
                            + " lower case differ");
        }
        Identifiers identifiers = Identifiers.of(connection);
        List<TableColumn> found = new ArrayList<>();
        for (String name : names) {
            TableColumn column = Objects.requireNonNull(all.get(name));
            found.add(
                    new TableColumn(
                            name, identifiers.quoted(name), column.type(), column.mayBeNull()));
        }
        return found;
    }

    /** This column, if its type has another name. */
    TableColumn withTypeName(String other) {
        return new TableColumn(name, quoted, type.withName(other), mayBeNull);
    }

    /** What the elements are of a column of arrays. */
    TableColumn element() {
        return new TableColumn(name, quoted, type.element(), true);
    }

    private static Map<String, TableColumn> all(
            Connection connection, Dialect dialect, String relation, String what)
            throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("select * from " + relation + " where 1 = 0");
                ResultSet nothing = select.executeQuery()) {
            ResultSetMetaData facts = nothing.getMetaData();
            Map<String, TableColumn> all = new LinkedHashMap<>();
            for (int i = 1; i <= facts.getColumnCount(); i++) {
                String name = facts.getColumnName(i);
                all.put(
                        name,
                        new TableColumn(
                                name,
                                "",
                                ColumnType.of(facts, i, dialect),
                                facts.isNullable(i) != ResultSetMetaData.columnNoNulls));
            }
            return all;
        } catch (SQLException e) {
            throw new SQLException(
                    what
                            + " cannot be read: "
                            + e.getMessage()
                            + "; see that it is there, by this name in upper and lower case, and"
                            + " may be read",
                    e.getSQLState(),
                    e.getErrorCode(),
                    e);
        }
    }

    private static String quoted(List<String> names) {
        return "'" + String.join("', '", names) + "'";
    }
}
