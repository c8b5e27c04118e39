package dev.waxwing.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What the standard's states say of a failure. */
final class SqlStates {

    private SqlStates() {}

    /**
     * Whether a row is to blame: 22 is bad data, 23 a broken constraint, 44 a view that does not
     * show the row, 21 a row that meets itself.
     */
    static boolean blameRow(@Nullable String state) {
        return state != null
                && (state.startsWith("22")
                        || isConstraint(state)
                        || state.startsWith("44")
                        || state.startsWith("21"));
    }

    /** Whether a constraint is broken. */
    static boolean isConstraint(@Nullable String state) {
        return state != null && state.startsWith("23");
    }

    /** The last of a chain: of a batch, the first says only that something failed. */
    static SQLException last(SQLException failure) {
        SQLException last = failure;
        for (SQLException next = last.getNextException();
                next != null;
                next = next.getNextException()) {
            last = next;
        }
        return last;
    }

    /** Whether the connection is to blame. */
    static boolean isConnection(@Nullable String state) {
        return state != null && state.startsWith("08");
    }

    /** Whether a table is not there, as PostgreSQL and the standard of ODBC say it. */
    static boolean isMissingTable(@Nullable String state) {
        return "42P01".equals(state) || "42S02".equals(state);
    }
}
