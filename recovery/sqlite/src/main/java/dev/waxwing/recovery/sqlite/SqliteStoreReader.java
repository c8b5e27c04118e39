package dev.waxwing.recovery.sqlite;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.page.PageConsumer;
import dev.waxwing.recovery.page.PageCursor;
import dev.waxwing.recovery.page.StatePage;
import dev.waxwing.recovery.store.EpochRecord;
import dev.waxwing.recovery.store.SchemaDictionary;
import dev.waxwing.recovery.store.StoreReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a store within one transaction, so that it sees one moment of it. */
final class SqliteStoreReader implements StoreReader {

    private final StoreFile file;
    private final StoreContents contents;

    private SqliteStoreReader(StoreFile file) throws IOException, SQLException {
        this.file = file;
        StoreMark.Point marked = StoreMark.read(file.directory());
        file.run("BEGIN");
        this.contents = StoreContents.read(file, marked);
    }

    static SqliteStoreReader open(Path directory) {
        try {
            StoreFile file = StoreOpening.openForReading(directory);
            try {
                return new SqliteStoreReader(file);
            } catch (IOException | SQLException | RuntimeException | Error e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            throw StoreOpening.unusable(directory, e);
        } catch (SQLException e) {
            throw StoreFile.explain(directory, "opening it", e);
        }
    }

    @Override
    public String dataflowName() {
        return contents.dataflowName();
    }

    /** Throws if the store belongs to another dataflow. */
    void checkDataflow(String name, @Nullable String formerName) {
        StoreOpening.checkDataflow(file, contents.dataflowName(), name, formerName);
    }

    @Override
    public UUID lineage() {
        return contents.lineage();
    }

    @Override
    public int format() {
        return StoreFormat.VERSION;
    }

    @Override
    public List<EpochRecord> epochs() {
        return contents.history().kept();
    }

    @Override
    public long decidedEpoch() {
        return contents.history().decided();
    }

    @Override
    public long doneEpoch() {
        return contents.history().done();
    }

    @Override
    public String schema(int id) {
        return new SchemaDictionary(contents.schemas()).text(id, file.description());
    }

    @Override
    public void restore(long epoch, PageConsumer consumer) {
        contents.history().checkRestorable(epoch);
        try {
            for (StateRows state : contents.states().values()) {
                state.restore(
                        new PageTable(file), epoch, contents.history()::isAbandoned, consumer);
            }
        } catch (SQLException e) {
            throw file.explain("reading epoch " + epoch, e);
        }
    }

    @Override
    public List<String> check() {
        List<String> problems = new ArrayList<>();
        try {
            file.query(
                    "PRAGMA integrity_check",
                    row -> {
                        if (!row.getString(1).equals("ok")) {
                            problems.add(row.getString(1));
                        }
                    });
        } catch (SQLException e) {
            problems.add(e.getMessage());
        }
        for (StateRows state : contents.states().values()) {
            check(state, problems);
        }
        return List.copyOf(problems);
    }

    private void check(StateRows state, List<String> problems) {
        PageTable pages = new PageTable(file);
        for (PageTable.PageRow row : state.rows()) {
            try {
                StatePage page = pages.read(row, state);
                if (!page.isClearing()) {
                    schema(page.keySchema());
                    schema(page.valueSchema());
                }
                PageCursor entry = page.cursor();
                while (entry.next()) {
                    assert entry.keyLength() >= 0;
                }
            } catch (SQLException | RecoveryException e) {
                problems.add(e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
