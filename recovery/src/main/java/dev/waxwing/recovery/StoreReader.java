package dev.waxwing.recovery;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a store without changing it, also while an execution writes to it. Confined to one
 * thread.
 *
 * <p>Shows the store as it was when this was opened.
 */
public final class StoreReader implements AutoCloseable {

    private final StoreFile file;
    private final StoreContents contents;

    private StoreReader(StoreFile file) throws IOException, SQLException {
        this.file = file;
        StoreMark.Point marked = StoreMark.read(file.directory());
        file.run("BEGIN");
        this.contents = StoreContents.read(file, marked);
    }

    static StoreReader open(Path directory) {
        try {
            StoreFile file = StoreOpening.openForReading(directory);
            try {
                return new StoreReader(file);
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

    /** The dataflow that the store belongs to. */
    public String dataflowName() {
        return contents.dataflowName();
    }

    /** Throws if the store belongs to another dataflow. */
    void checkDataflow(String name, @Nullable String formerName) {
        StoreOpening.checkDataflow(file, contents.dataflowName(), name, formerName);
    }

    /** Made with the store. */
    public UUID lineage() {
        return contents.lineage();
    }

    /** Version of the file's layout. */
    public int format() {
        return StoreFormat.VERSION;
    }

    /** The epochs that are kept, oldest first. */
    public List<EpochRecord> epochs() {
        return contents.history().kept();
    }

    /** The newest decided epoch that was not rewound; 0 if there is none. */
    public long decidedEpoch() {
        return contents.history().decided();
    }

    /** The newest epoch that is done and was not rewound; 0 if there is none. */
    public long doneEpoch() {
        return contents.history().done();
    }

    /** The text of a schema that a page names. */
    public String schema(int id) {
        return new SchemaDictionary(contents.schemas()).text(id, file.description());
    }

    /** As {@link RecoveryStore#restore}. */
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

    /**
     * The states that have entries as of an epoch, in the order of their names. Reads all of them.
     */
    public List<StateSummary> states(long epoch) {
        Map<StateId, StateSummary> summaries = new TreeMap<>();
        restore(
                epoch,
                page -> {
                    StateSummary summary =
                            new StateSummary(
                                    page.state(),
                                    schema(page.keySchema()),
                                    schema(page.valueSchema()),
                                    page.entries(),
                                    page.data().length);
                    summaries.merge(page.state(), summary, StateSummary::plus);
                });
        return List.copyOf(summaries.values());
    }

    /**
     * Reads everything and tells what is wrong.
     *
     * @return a sentence for each problem; empty if the store is sound
     */
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
