package dev.waxwing.jdbc;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Names as SQL has them: always quoted, by the database's own sign, so that nothing in a name is
 * SQL.
 *
 * @param quote sign around names; within a name it is doubled
 * @param bytesMax longest name in UTF-8, 0 if there is no limit. Some databases cut longer names
 *     off silently, and then find another table
 */
record Identifiers(String quote, int bytesMax) {

    static Identifiers of(Connection connection) throws SQLException {
        DatabaseMetaData facts = connection.getMetaData();
        String quote = facts.getIdentifierQuoteString();
        if (quote == null || quote.isBlank()) {
            throw new SQLException(
                    facts.getDatabaseProductName()
                            + " does not quote names, and what is not quoted is not written here");
        }
        return new Identifiers(quote, facts.getMaxTableNameLength());
    }

    /** Refuses what no database can have as a name. */
    static String check(String what, String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException(what + " must not be empty");
        }
        if (name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(what + " must not have the character NUL");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            throw new IllegalArgumentException(
                    what + " must be Unicode text, but has half of a surrogate pair");
        }
        return name;
    }

    String quoted(String name) throws SQLException {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytesMax > 0 && bytes > bytesMax) {
            throw new SQLException(
                    "the name '"
                            + name
                            + "' has "
                            + bytes
                            + " bytes, but this database knows names of up to "
                            + bytesMax
                            + "; use the name that it has");
        }
        return quote + name.replace(quote, quote + quote) + quote;
    }

    List<String> quoted(List<String> names) throws SQLException {
        List<String> quoted = new ArrayList<>();
        for (String name : names) {
            quoted.add(quoted(name));
        }
        return quoted;
    }
}
