/** Sources and sinks of tables of a database. */
@SuppressWarnings("module") // recovery is compiled before this module, and is no dependency of it
module dev.waxwing.jdbc {
    requires static transitive org.jspecify;
    requires transitive dev.waxwing.core;
    requires transitive java.sql;
    requires static org.postgresql.jdbc;

    exports dev.waxwing.jdbc;

    // Positions of sources and sinks, and their kernels.
    opens dev.waxwing.jdbc to
            dev.waxwing.engine,
            dev.waxwing.recovery,
            dev.waxwing.testing;

    uses java.sql.Driver;
}
