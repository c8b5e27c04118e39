/** Stores in a directory: one SQLite file for each worker, and segments beside it. */
module dev.waxwing.recovery.sqlite {
    requires static transitive org.jspecify;
    requires transitive dev.waxwing.recovery;
    requires java.sql;
    requires org.xerial.sqlitejdbc;

    exports dev.waxwing.recovery.sqlite;
    exports dev.waxwing.recovery.sqlite.inspect;

    provides dev.waxwing.recovery.store.StoreKind with
            dev.waxwing.recovery.sqlite.SqliteStoreKind;
}
