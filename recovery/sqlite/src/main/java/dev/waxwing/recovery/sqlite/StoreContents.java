package dev.waxwing.recovery.sqlite;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.page.StateId;
import dev.waxwing.recovery.store.EpochHistory;
import dev.waxwing.recovery.store.EpochRecord;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a store's file holds but for the pages themselves, as read when it was opened. */
final class StoreContents {

    private final String dataflowName;
    private final UUID lineage;
    private final StoreSeal seal;
    private final EpochHistory history;
    private final List<String> schemas;
    private final Map<StateId, StateRows> states;

    private StoreContents(StoreFile file) throws SQLException {
        this.seal = StoreSeal.read(file);
        this.dataflowName = meta(file, "dataflow");
        this.lineage = UUID.fromString(meta(file, "lineage"));
        this.history = readHistory(file);
        this.schemas = readSchemas(file);
        this.states = readStates(file);
    }

    /**
     * Reads them within a transaction.
     *
     * @param marked as {@link StoreMark} said before the transaction
     * @throws RecoveryException if they are not what was written last
     */
    static StoreContents read(StoreFile file, StoreMark.Point marked) throws SQLException {
        checkTables(file);
        StoreContents contents = new StoreContents(file);
        StoreMark.check(file.directory(), marked, contents.point());
        return contents;
    }

    /** The dataflow that the store belongs to. */
    String dataflowName() {
        return dataflowName;
    }

    UUID lineage() {
        return lineage;
    }

    StoreSeal seal() {
        return seal;
    }

    /** The state of the store, to be compared later. */
    StoreMark.Point point() {
        return new StoreMark.Point(lineage, seal.number(), seal.total());
    }

    EpochHistory history() {
        return history;
    }

    /** The texts of schemas 1, 2, …. */
    List<String> schemas() {
        return schemas;
    }

    /** Mutable, in the order of their numbers. */
    Map<StateId, StateRows> states() {
        return states;
    }

    private static void checkTables(StoreFile file) throws SQLException {
        List<String> found = new ArrayList<>();
        file.query("SELECT sql FROM sqlite_master", row -> found.add(row.getString(1)));
        if (!found.equals(StoreFormat.tables())) {
            throw damaged(file, "its tables are others than were made");
        }
    }

    private static String meta(StoreFile file, String name) throws SQLException {
        String[] value = {""};
        file.query(
                "SELECT name, value FROM meta",
                row -> value[0] = name.equals(row.getString(1)) ? row.getString(2) : value[0]);
        return value[0];
    }

    private static EpochHistory readHistory(StoreFile file) throws SQLException {
        EpochHistory history = new EpochHistory(file.description());
        file.query(
                "SELECT target, highest, at FROM rewind ORDER BY number",
                row ->
                        history.load(
                                new EpochHistory.Rewind(
                                        row.getLong(1),
                                        row.getLong(2),
                                        Instant.ofEpochMilli(row.getLong(3)))));
        Map<Long, Map<String, String>> notes = readNotes(file);
        file.query(
                "SELECT epoch, generation, workers, decided_at, done FROM epoch"
                        + " JOIN generation ON number = generation ORDER BY epoch",
                row -> {
                    long epoch = row.getLong(1);
                    history.load(
                            new EpochRecord(
                                    epoch,
                                    row.getLong(2),
                                    row.getInt(3),
                                    Instant.ofEpochMilli(row.getLong(4)),
                                    row.getInt(5) != 0,
                                    !history.isAbandoned(epoch),
                                    notes.getOrDefault(epoch, Map.of())));
                });
        return history;
    }

    private static Map<Long, Map<String, String>> readNotes(StoreFile file) throws SQLException {
        Map<Long, Map<String, String>> notes = new HashMap<>();
        file.query(
                "SELECT epoch, name, text FROM note",
                row ->
                        notes.computeIfAbsent(row.getLong(1), epoch -> new HashMap<>())
                                .put(row.getString(2), row.getString(3)));
        return notes;
    }

    private static List<String> readSchemas(StoreFile file) throws SQLException {
        List<String> schemas = new ArrayList<>();
        file.query(
                "SELECT id, text FROM schema ORDER BY id",
                row -> {
                    if (row.getInt(1) != schemas.size() + 1) {
                        throw damaged(file, "schema " + (schemas.size() + 1) + " is missing");
                    }
                    schemas.add(row.getString(2));
                });
        return schemas;
    }

    private static Map<StateId, StateRows> readStates(StoreFile file) throws SQLException {
        Map<Integer, StateRows> byNumber = new LinkedHashMap<>();
        file.query(
                "SELECT id, step, name, base_page, pages, page_total FROM state ORDER BY id",
                row -> {
                    StateId state = new StateId(row.getString(2), row.getString(3));
                    StateRows.Extent extent =
                            new StateRows.Extent(row.getLong(4), row.getLong(5), row.getLong(6));
                    byNumber.put(row.getInt(1), new StateRows(row.getInt(1), state, extent));
                });
        new PageTable(file)
                .forEach(
                        (number, page) -> {
                            StateRows state = byNumber.get(number);
                            if (state == null) {
                                throw damaged(file, "it has a page of no state");
                            }
                            state.add(page);
                        });
        for (StateRows state : byNumber.values()) {
            if (!state.isComplete()) {
                throw damaged(
                        file,
                        state.state().asText()
                                + " should have "
                                + state.storedPages()
                                + " pages, and those that there are, "
                                + state.rows().size()
                                + ", do not add up to what was written");
            }
        }
        return byId(byNumber.values());
    }

    private static Map<StateId, StateRows> byId(Collection<StateRows> states) {
        Map<StateId, StateRows> byId = new LinkedHashMap<>();
        for (StateRows state : states) {
            byId.put(state.state(), state);
        }
        return byId;
    }

    static RecoveryException damaged(StoreFile file, String how) {
        return new RecoveryException(
                file.description()
                        + ": its "
                        + StoreFormat.FILE
                        + " is damaged, "
                        + how
                        + "; nothing was changed, restore the directory from a copy");
    }
}
