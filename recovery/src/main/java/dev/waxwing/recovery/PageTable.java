package dev.waxwing.recovery;

import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.zip.CRC32C;

/** The rows of pages in a store's file; every page is checked when it is read. */
final class PageTable {

    private static final String COLUMNS =
            "(epoch, state, key_schema, value_schema, entries, crc, data";

    private final StoreFile file;

    PageTable(StoreFile file) {
        this.file = file;
    }

    /** Adds a page after all others. */
    PageRow insert(long epoch, int stateNumber, StatePage page) throws SQLException {
        PreparedStatement statement =
                file.prepare("INSERT INTO page" + COLUMNS + ") VALUES(?, ?, ?, ?, ?, ?, ?)");
        bind(statement, epoch, stateNumber, page);
        statement.executeUpdate();
        long id = file.number("SELECT last_insert_rowid()");
        return new PageRow(id, epoch, page.entries(), page.data().length);
    }

    /** Puts a page in the place of another one. */
    PageRow replace(long id, long epoch, int stateNumber, StatePage page) throws SQLException {
        PreparedStatement statement =
                file.prepare(
                        "INSERT OR REPLACE INTO page"
                                + COLUMNS
                                + ", id) VALUES(?, ?, ?, ?, ?, ?, ?, ?)");
        bind(statement, epoch, stateNumber, page);
        statement.setLong(8, id);
        statement.executeUpdate();
        return new PageRow(id, epoch, page.entries(), page.data().length);
    }

    void delete(long id) throws SQLException {
        file.execute("DELETE FROM page WHERE id = ?", id);
    }

    /**
     * Reads a page.
     *
     * @throws RecoveryException if it is not as it was written
     */
    StatePage read(long id, StateId state, int stateNumber) throws SQLException {
        PreparedStatement statement =
                file.prepare(
                        "SELECT epoch, key_schema, value_schema, entries, crc, data FROM page"
                                + " WHERE id = ?");
        statement.setLong(1, id);
        try (ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                throw damaged(id, state, "it is missing");
            }
            byte[] data = row.getBytes(6);
            int keySchema = row.getInt(2);
            int valueSchema = row.getInt(3);
            int entries = row.getInt(4);
            long crc = crc(row.getLong(1), stateNumber, keySchema, valueSchema, entries, data);
            if (crc != row.getLong(5)) {
                throw damaged(id, state, "its checksum does not match");
            }
            return new StatePage(state, keySchema, valueSchema, entries, data);
        }
    }

    private RecoveryException damaged(long id, StateId state, String how) {
        return new RecoveryException(
                file.description()
                        + ": page "
                        + id
                        + " of "
                        + state.asText()
                        + " is damaged, "
                        + how
                        + "; restore the directory from a copy");
    }

    private void bind(PreparedStatement statement, long epoch, int stateNumber, StatePage page)
            throws SQLException {
        statement.setLong(1, epoch);
        statement.setInt(2, stateNumber);
        statement.setInt(3, page.keySchema());
        statement.setInt(4, page.valueSchema());
        statement.setInt(5, page.entries());
        statement.setLong(
                6,
                crc(
                        epoch,
                        stateNumber,
                        page.keySchema(),
                        page.valueSchema(),
                        page.entries(),
                        page.data()));
        statement.setBytes(7, page.data());
        file.countWritten(page.data().length);
    }

    private static long crc(
            long epoch, int state, int keySchema, int valueSchema, int entries, byte[] data) {
        CRC32C crc = new CRC32C();
        ByteBuffer head = ByteBuffer.allocate(24);
        head.putLong(epoch).putInt(state).putInt(keySchema).putInt(valueSchema).putInt(entries);
        crc.update(head.flip());
        crc.update(data);
        return crc.getValue();
    }

    /**
     * What is known of a page without reading it.
     *
     * @param id pages count in the order of ids
     * @param epoch the newest one that wrote to it
     */
    record PageRow(long id, long epoch, int entries, int bytes) {

        private static final int SMALL_BYTES = PageWriter.MAX_BYTES / 2;
        private static final int SMALL_ENTRIES = PageWriter.MAX_ENTRIES / 2;

        /** Whether it is worth the while to join it with others. */
        boolean isSmall() {
            return entries < SMALL_ENTRIES && bytes < SMALL_BYTES;
        }

        boolean isClearing() {
            return entries == 0;
        }
    }
}
