package dev.waxwing.jdbc;

import java.io.Serializable;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A table, by names as the database has them; each is one name, whatever is in it. */
record TableName(@Nullable String schema, String table) implements Serializable {

    TableName {
        Identifiers.check("the name of a table", table);
        if (schema != null) {
            Identifiers.check("the name of a schema", schema);
        }
    }

    TableName in(String otherSchema) {
        return new TableName(otherSchema, table);
    }

    TableName beside(String otherTable) {
        return new TableName(schema, otherTable);
    }

    /** As SQL has it. */
    String quoted(Identifiers identifiers) throws SQLException {
        String name = identifiers.quoted(table);
        return schema == null ? name : identifiers.quoted(schema) + "." + name;
    }
}
