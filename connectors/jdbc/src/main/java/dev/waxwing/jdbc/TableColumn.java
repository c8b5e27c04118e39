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

/**
 * A column as the database has it.
 *
 * @param quoted its name, as SQL has it
 * @param sqlType out of {@link java.sql.Types}
 */
record TableColumn(String name, String quoted, int sqlType) {

    /**
     * Looks up columns.
     *
     * @param relation as SQL has it: a table, or a query in parentheses with a name
     * @param what it is called in messages
     * @throws SQLException that names all that are missing
     */
    static List<TableColumn> find(
            Connection connection, String relation, String what, List<String> names)
            throws SQLException {
        Map<String, Integer> types = types(connection, relation, what);
        List<String> missing =
                names.stream().filter(name -> !types.containsKey(name)).distinct().toList();
        if (!missing.isEmpty()) {
            throw new SQLException(
                    what
                            + " has no column "
                            + quoted(missing)
                            + ", only "
                            + quoted(List.copyOf(types.keySet()))
                            + "; add what is missing, or correct the names, in which upper and"
                            + " lower case differ");
        }
        Identifiers identifiers = Identifiers.of(connection);
        List<TableColumn> found = new ArrayList<>();
        for (String name : names) {
            found.add(new TableColumn(name, identifiers.quoted(name), types.getOrDefault(name, 0)));
        }
        return found;
    }

    private static Map<String, Integer> types(Connection connection, String relation, String what)
            throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("select * from " + relation + " where 1 = 0");
                ResultSet nothing = select.executeQuery()) {
            ResultSetMetaData facts = nothing.getMetaData();
            Map<String, Integer> types = new LinkedHashMap<>();
            for (int i = 1; i <= facts.getColumnCount(); i++) {
                types.put(facts.getColumnName(i), facts.getColumnType(i));
            }
            return types;
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
