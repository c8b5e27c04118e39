package dev.waxwing.jdbc;

import java.io.Serializable;

/**
 * Where markers are.
 *
 * @param table in the schema of the table that is written
 */
record MarkerOptions(String table, OnMissing onMissing) implements Serializable {

    static final MarkerOptions DEFAULTS = new MarkerOptions("waxwing_markers", OnMissing.FAIL);

    MarkerOptions {
        Identifiers.check("the name of the table of markers", table);
    }
}
