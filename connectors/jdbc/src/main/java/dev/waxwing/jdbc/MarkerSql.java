package dev.waxwing.jdbc;

import java.sql.SQLException;

/**
 * The statements of a table of markers. The parameters of all are, in this order, as far as they
 * have them: epoch, generation, lineage, owner, and flow, step and part.
 *
 * @param table its name, as SQL has it
 * @param definition makes the table
 * @param lock locks a marker, by changing nothing: any database locks what it changes
 */
record MarkerSql(
        String table,
        String definition,
        String select,
        String lock,
        String insert,
        String update,
        String delete) {

    static MarkerSql of(String table, Identifiers names, String keyTextType) throws SQLException {
        String flow = names.quoted("flow");
        String step = names.quoted("step");
        String part = names.quoted("part");
        String epoch = names.quoted("epoch");
        String generation = names.quoted("generation");
        String lineage = names.quoted("lineage");
        String owner = names.quoted("owner");
        String contents = String.join(", ", epoch, generation, lineage, owner);
        String keys = String.join(", ", flow, step, part);
        String keyType = " " + keyTextType + " not null, ";
        String where = String.format(" where %s = ? and %s = ? and %s = ?", flow, step, part);
        return new MarkerSql(
                table,
                "create table "
                        + table
                        + " ("
                        + (flow + keyType)
                        + (step + keyType)
                        + (part + keyType)
                        + (epoch + " bigint not null, ")
                        + (generation + " bigint not null, ")
                        + (lineage + " varchar(36) not null, ")
                        + (owner + " varchar(36) not null, ")
                        + ("primary key (" + keys + "))"),
                "select " + contents + " from " + table + where,
                "update " + table + " set " + epoch + " = " + epoch + where,
                "insert into "
                        + table
                        + " ("
                        + contents
                        + ", "
                        + keys
                        + ") values (?, ?, ?, ?, ?, ?, ?)",
                "update " + table + " set " + contents.replace(", ", " = ?, ") + " = ?" + where,
                "delete from " + table + where);
    }
}
