package dev.waxwing.recovery;

import dev.waxwing.recovery.PageTable.PageRow;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a store's file holds but for the pages themselves, as read when it was opened. */
final class StoreContents {

    private final EpochHistory history;
    private final List<String> schemas;
    private final Map<StateId, StateRows> states;

    private StoreContents(
            EpochHistory history, List<String> schemas, Map<StateId, StateRows> states) {
        this.history = history;
        this.schemas = schemas;
        this.states = states;
    }

    static StoreContents read(StoreFile file) throws SQLException {
        return new StoreContents(readHistory(file), readSchemas(file), readStates(file));
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
                "SELECT id, step, name, base_page FROM state ORDER BY id",
                row -> {
                    StateId state = new StateId(row.getString(2), row.getString(3));
                    byNumber.put(
                            row.getInt(1), new StateRows(row.getInt(1), state, row.getLong(4)));
                });
        file.query(
                "SELECT id, epoch, state, entries, length(data) FROM page ORDER BY id",
                row -> {
                    StateRows state = byNumber.get(row.getInt(3));
                    if (state == null) {
                        throw damaged(file, "state " + row.getInt(3) + " is missing");
                    }
                    state.add(
                            new PageRow(
                                    row.getLong(1), row.getLong(2), row.getInt(4), row.getInt(5)));
                });
        return byId(byNumber.values());
    }

    private static Map<StateId, StateRows> byId(Collection<StateRows> states) {
        Map<StateId, StateRows> byId = new LinkedHashMap<>();
        for (StateRows state : states) {
            byId.put(state.state(), state);
        }
        return byId;
    }

    private static RecoveryException damaged(StoreFile file, String how) {
        return new RecoveryException(
                file.description() + " is damaged, " + how + "; restore the directory from a copy");
    }
}
