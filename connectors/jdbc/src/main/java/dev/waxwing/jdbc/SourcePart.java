package dev.waxwing.jdbc;

import java.io.Serializable;
import java.util.List;

/**
 * A part of the rows.
 *
 * @param condition of the user's, in SQL; empty for all rows
 * @param values bound to its question marks
 */
record SourcePart(String name, String condition, List<Serializable> values)
        implements Serializable {

    SourcePart {
        values = List.copyOf(values);
    }
}
