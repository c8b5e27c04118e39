package dev.waxwing.recovery.sqlite;

import dev.waxwing.recovery.store.EpochRecord;
import java.sql.SQLException;
import java.util.Map;

/** What a store's file keeps of an epoch: a row, and one for each note. */
final class EpochTable {

    private EpochTable() {}

    /** Adds an epoch within the current transaction. */
    static void insert(StoreSeal seal, EpochRecord record) throws SQLException {
        seal.insert(StoreTable.EPOCH, row(record));
        for (Map.Entry<String, String> note : record.notes().entrySet()) {
            seal.insert(StoreTable.NOTE, record.epoch(), note.getKey(), note.getValue());
        }
    }

    /** Removes an epoch within the current transaction. */
    static void delete(StoreSeal seal, EpochRecord record) throws SQLException {
        seal.delete(StoreTable.EPOCH, row(record));
        for (Map.Entry<String, String> note : record.notes().entrySet()) {
            seal.delete(StoreTable.NOTE, record.epoch(), note.getKey(), note.getValue());
        }
    }

    /** Makes an epoch one that is done, within the current transaction. */
    static void markDone(StoreSeal seal, EpochRecord record) throws SQLException {
        seal.delete(StoreTable.EPOCH, row(record));
        seal.insert(StoreTable.EPOCH, row(record.asDone()));
    }

    private static Object[] row(EpochRecord record) {
        return new Object[] {
            record.epoch(),
            record.generation(),
            record.decidedAt().toEpochMilli(),
            record.done() ? 1 : 0
        };
    }
}
