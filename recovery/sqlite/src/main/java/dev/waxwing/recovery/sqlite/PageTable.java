package dev.waxwing.recovery.sqlite;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.page.PageWriter;
import dev.waxwing.recovery.page.StatePage;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.zip.CRC32C;

/** The rows of pages in a store's file; every page is checked when it is read. */
final class PageTable {

    private final StoreFile file;

    PageTable(StoreFile file) {
        this.file = file;
    }

    /** Adds a page after all others. */
    PageRow insert(long epoch, StateRows state, StatePage page) throws SQLException {
        return write(file.seal().newPage(), epoch, state, page);
    }

    /** Puts a page in the place of another one. */
    PageRow replace(PageRow old, long epoch, StateRows state, StatePage page) throws SQLException {
        delete(old, state);
        return write(old.id(), epoch, state, page);
    }

    void delete(PageRow row, StateRows state) throws SQLException {
        file.execute("DELETE FROM page WHERE id = ?", row.id());
        state.removed(row);
        file.seal().touch(state);
    }

    /** Calls back for each row, in the order of ids. */
    void forEach(Rows rows) throws SQLException {
        file.query(
                "SELECT id, epoch, state, entries, crc, length(data) FROM page ORDER BY id",
                row ->
                        rows.take(
                                row.getInt(3),
                                PageRow.of(
                                        row.getLong(1),
                                        row.getLong(2),
                                        row.getInt(3),
                                        row.getInt(4),
                                        row.getLong(5),
                                        row.getInt(6))));
    }

    /**
     * Reads a page.
     *
     * @throws RecoveryException if it is not as it was written
     */
    StatePage read(PageRow row, StateRows state) throws SQLException {
        PreparedStatement statement =
                file.prepare("SELECT key_schema, value_schema, data FROM page WHERE id = ?");
        statement.setLong(1, row.id());
        try (ResultSet found = statement.executeQuery()) {
            if (!found.next()) {
                throw damaged(row, state, "it is missing");
            }
            byte[] data = found.getBytes(3);
            int keySchema = found.getInt(1);
            int valueSchema = found.getInt(2);
            if (data == null
                    || row.crc()
                            != crc(
                                    row.epoch(),
                                    state.number(),
                                    keySchema,
                                    valueSchema,
                                    row.entries(),
                                    data)) {
                throw damaged(row, state, "its checksum does not match");
            }
            if (row.entries() < 0 || (row.entries() == 0) != (data.length == 0)) {
                throw damaged(row, state, "it says that it has " + row.entries() + " entries");
            }
            return new StatePage(state.state(), keySchema, valueSchema, row.entries(), data);
        }
    }

    private RecoveryException damaged(PageRow row, StateRows state, String how) {
        return new RecoveryException(
                file.description()
                        + ": page "
                        + row.id()
                        + " of "
                        + state.state().asText()
                        + " is damaged, "
                        + how
                        + "; restore the directory from a copy");
    }

    private PageRow write(long id, long epoch, StateRows state, StatePage page)
            throws SQLException {
        long crc =
                crc(
                        epoch,
                        state.number(),
                        page.keySchema(),
                        page.valueSchema(),
                        page.entries(),
                        page.data());
        PreparedStatement statement =
                file.prepare("INSERT INTO page VALUES(?, ?, ?, ?, ?, ?, ?, ?)");
        statement.setLong(1, id);
        statement.setLong(2, epoch);
        statement.setInt(3, state.number());
        statement.setInt(4, page.keySchema());
        statement.setInt(5, page.valueSchema());
        statement.setInt(6, page.entries());
        statement.setLong(7, crc);
        statement.setBytes(8, page.data());
        statement.executeUpdate();
        file.countWritten(page.data().length);
        PageRow row =
                PageRow.of(id, epoch, state.number(), page.entries(), crc, page.data().length);
        state.added(row);
        file.seal().touch(state);
        return row;
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
     * @param crc of the page and of what its row says
     * @param hash of the row
     */
    record PageRow(long id, long epoch, int entries, int bytes, long crc, long hash) {

        private static final int SMALL_BYTES = PageWriter.MAX_BYTES / 2;
        private static final int SMALL_ENTRIES = PageWriter.MAX_ENTRIES / 2;

        /** The checksum is that of the schemas, too. */
        static PageRow of(long id, long epoch, int state, int entries, long crc, int bytes) {
            long hash = RowHash.of("page", id, epoch, state, entries, crc, bytes);
            return new PageRow(id, epoch, entries, bytes, crc, hash);
        }

        /** Whether it is worth the while to join it with others. */
        boolean isSmall() {
            return entries < SMALL_ENTRIES && bytes < SMALL_BYTES;
        }

        boolean isClearing() {
            return entries == 0;
        }
    }

    /** Takes the rows of pages. */
    @FunctionalInterface
    interface Rows {
        void take(int stateNumber, PageRow row);
    }
}
