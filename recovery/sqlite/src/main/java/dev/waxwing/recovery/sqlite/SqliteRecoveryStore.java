package dev.waxwing.recovery.sqlite;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.page.PageConsumer;
import dev.waxwing.recovery.page.StateId;
import dev.waxwing.recovery.page.StatePage;
import dev.waxwing.recovery.segment.Segments;
import dev.waxwing.recovery.sqlite.PageTable.PageRow;
import dev.waxwing.recovery.store.EpochHistory;
import dev.waxwing.recovery.store.EpochRecord;
import dev.waxwing.recovery.store.EpochSnapshot;
import dev.waxwing.recovery.store.FaultHook;
import dev.waxwing.recovery.store.RecoveryStore;
import dev.waxwing.recovery.store.SchemaDictionary;
import dev.waxwing.recovery.store.StoreOptions;
import dev.waxwing.recovery.store.StoreReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * The store of one SQLite file in a directory of the user's, which is locked while it is open.
 *
 * <p>The directory must be on storage that outlives the process and honours fsync; a copy of it is
 * a copy of the store if no execution is using it, and {@link StoreBackup} makes one at any time.
 */
public final class SqliteRecoveryStore implements RecoveryStore {

    /*
     * decide is one transaction that only appends, forced to the disk before it returns. Everything
     * that is not a promise (forgetting, compacting) is written without forcing: the write-ahead log
     * keeps order, so the next decided epoch makes it durable. What decides between a fast and a
     * slow decide is how much is written, never how much is stored.
     *
     * The log is copied back into the file by collect rather than by whoever commits when it is
     * full, to keep that out of decide. One call of collect does either that or a slice of the rest.
     */

    private static final long LOG_BYTES_MAX = 4 << 20;
    private static final long LOG_BYTES_EMERGENCY = 128L << 20;
    private static final int SPARE_PAGES_MIN = 1_024;

    private final StoreLock lock;
    private final StoreFile file;
    private final PageTable pages;
    private final StoreOptions options;
    private final UUID lineage;
    private final OwnGeneration generation;
    private final EpochHistory history;
    private final Map<StateId, StateRows> states;
    private final SchemaDictionary schemas;
    private final Collector collector;
    private final StoreSegments segments;
    private final StoreMark mark;
    private final String dataflowName;

    /** Whether the directory was made for this store. */
    private final boolean madeDirectory;

    // guarded by this
    private volatile boolean isClosed;
    private boolean isAbandoned;
    private String storedName;

    private SqliteRecoveryStore(
            Opened opened, StoreOptions options, String dataflowName, boolean madeDirectory)
            throws IOException, SQLException {
        StoreContents contents = opened.contents();
        this.dataflowName = dataflowName;
        this.storedName = contents.dataflowName();
        this.madeDirectory = madeDirectory;
        this.lock = opened.lock();
        this.file = opened.file();
        this.options = options;
        this.pages = new PageTable(file);
        this.generation = opened.generation();
        this.lineage = contents.lineage();
        this.history = contents.history();
        this.states = contents.states();
        this.schemas = new SchemaDictionary(contents.schemas());
        this.collector = new Collector(file, contents, options.retention());
        this.segments = new StoreSegments(this, file, options.access(), () -> isClosed);
        this.mark = StoreMark.open(file.directory(), generation.number());
        mark.record(contents.point());
        file.afterForced(() -> mark.record(contents.point()));
        file.watch(new StoreWatch(file.directory()));
    }

    /** What a store has open, and has read. */
    private record Opened(
            StoreLock lock, StoreFile file, OwnGeneration generation, StoreContents contents) {}

    /**
     * Opens the store in a directory for one execution; makes directory and store if missing.
     *
     * @param dataflowName that the store belongs to, if it is not new
     * @throws RecoveryException if the store is in use and not to be taken over, belongs to another
     *     dataflow, is of another format, is damaged, or cannot be written to; it is not changed
     *     then
     */
    public static SqliteRecoveryStore open(
            Path directory, String dataflowName, StoreOptions options) {
        return open(directory, dataflowName, options, FaultHook.NONE);
    }

    /**
     * Opens it as above.
     *
     * @param faults is told of each point at which another execution may come between
     */
    static SqliteRecoveryStore open(
            Path directory, String dataflowName, StoreOptions options, FaultHook faults) {
        Objects.requireNonNull(dataflowName, "dataflowName");
        try {
            boolean made = StoreOpening.prepare(directory, options.access());
            faults.at("open.prepared");
            StoreLock lock = StoreLock.take(directory, options);
            StoreOpening opening = new StoreOpening(directory, dataflowName, options, lock, faults);
            return open(lock, opening, options, dataflowName, made);
        } catch (IOException e) {
            throw StoreOpening.unusable(directory, e);
        } catch (SQLException e) {
            throw StoreFile.explain(directory, "opening it", e);
        }
    }

    /** Opens the store in a directory for looking at it, also while an execution uses it. */
    public static StoreReader read(Path directory) {
        return SqliteStoreReader.open(directory);
    }

    private static SqliteRecoveryStore open(
            StoreLock lock,
            StoreOpening opening,
            StoreOptions options,
            String dataflowName,
            boolean made)
            throws IOException, SQLException {
        try {
            StoreFile file = opening.openOrMake();
            try {
                OwnGeneration generation = new OwnGeneration(file, lock, options);
                StoreContents contents = opening.begin(generation);
                return new SqliteRecoveryStore(
                        new Opened(lock, file, generation, contents), options, dataflowName, made);
            } catch (IOException | SQLException | RuntimeException | Error e) {
                file.close();
                throw e;
            }
        } catch (IOException | SQLException | RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    @Override
    public UUID lineage() {
        return lineage;
    }

    @Override
    public long generation() {
        return generation.number();
    }

    @Override
    public long takenOverGeneration() {
        return generation.takenOver();
    }

    @Override
    public synchronized void checkNotTakenOver() {
        checkOpen();
        try {
            generation.check();
        } catch (SQLException e) {
            throw file.explain("comparing generations", e);
        }
    }

    @Override
    public synchronized void checkIntact() {
        checkOpen();
        file.checkFiles();
        segments.check();
        try {
            generation.check();
        } catch (SQLException e) {
            throw file.explain("comparing generations", e);
        }
    }

    @Override
    public UUID token() {
        return generation.token();
    }

    @Override
    public synchronized boolean hadExecution(long number, UUID itsToken) {
        checkOpen();
        try {
            return generation.isAfter(number, itsToken);
        } catch (SQLException e) {
            throw file.explain("looking up generation " + number, e);
        }
    }

    @Override
    public synchronized long decidedEpoch() {
        checkOpen();
        return history.decided();
    }

    @Override
    public synchronized long doneEpoch() {
        checkOpen();
        return history.done();
    }

    @Override
    public synchronized long highestEpoch() {
        checkOpen();
        return history.highest();
    }

    @Override
    public synchronized List<EpochRecord> epochs() {
        checkOpen();
        return history.kept();
    }

    @Override
    public int schemaId(String schemaText) {
        return schemas.id(schemaText);
    }

    @Override
    public String schema(int id) {
        return schemas.text(id, file.description());
    }

    @Override
    public synchronized void restore(long epoch, PageConsumer consumer) {
        checkOpen();
        history.checkRestorable(epoch);
        try {
            for (StateRows state : states.values()) {
                state.restore(pages, epoch, history::isAbandoned, consumer);
            }
        } catch (SQLException e) {
            throw file.explain("restoring epoch " + epoch, e);
        }
    }

    @Override
    public synchronized void decide(EpochSnapshot snapshot) {
        checkOpen();
        history.checkNext(snapshot.epoch());
        snapshot.pages().forEach(schemas::check);
        segments.check();
        EpochRecord record =
                new EpochRecord(
                        snapshot.epoch(),
                        generation.number(),
                        options.workers(),
                        now(),
                        false,
                        true,
                        snapshot.notes());
        List<String> newSchemas = schemas.pending();
        Map<StateId, StateRows> newStates = new LinkedHashMap<>();
        List<StateRows> targets = targets(snapshot.pages(), newStates);
        List<PageRow> newRows = new ArrayList<>(targets.size());
        file.durably(
                "deciding epoch " + snapshot.epoch(),
                () -> {
                    insertSchemas(newSchemas);
                    insertStates(newStates.values());
                    renameDataflow();
                    EpochTable.insert(file.seal(), record);
                    for (int i = 0; i < targets.size(); i++) {
                        StatePage page = snapshot.pages().get(i);
                        newRows.add(pages.insert(snapshot.epoch(), targets.get(i), page));
                    }
                });
        storedName = dataflowName;
        schemas.stored(newSchemas.size());
        states.putAll(newStates);
        for (int i = 0; i < newRows.size(); i++) {
            targets.get(i).add(newRows.get(i));
        }
        history.decide(record);
        file.copyLogBack(LOG_BYTES_EMERGENCY);
    }

    @Override
    public synchronized void done(long epoch) {
        checkOpen();
        history.checkDecided(epoch);
        if (epoch <= history.done()) {
            return;
        }
        file.durably(
                "recording that epoch " + epoch + " is done",
                () -> {
                    for (EpochRecord record : history.undone(epoch)) {
                        EpochTable.markDone(file.seal(), record);
                    }
                });
        history.markDone(epoch);
        collectIfThereIsRoom();
    }

    @Override
    public synchronized boolean collect() {
        checkOpen();
        if (file.copyLogBack(LOG_BYTES_MAX)) {
            return true;
        }
        boolean hasMore = collector.collect(now());
        giveBackSpace();
        return hasMore;
    }

    @Override
    public synchronized void rewindTo(long epoch) {
        checkOpen();
        EpochHistory.Rewind rewind = history.planRewind(epoch, now());
        if (epoch == history.decided()) {
            return;
        }
        file.durably(
                "rewinding to epoch " + epoch,
                () ->
                        file.seal()
                                .insert(
                                        StoreTable.REWIND,
                                        history.rewinds() + 1,
                                        rewind.target(),
                                        rewind.highest(),
                                        rewind.at().toEpochMilli()));
        history.rewind(rewind);
        collector.restart();
    }

    @Override
    public Segments segments() {
        return segments;
    }

    @Override
    public synchronized void abandon() {
        checkOpen();
        isAbandoned = true;
    }

    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        boolean isRemoved = isAbandoned && generation.number() == 1 && history.highest() == 0;
        try (lock) {
            try (mark) {
                isRemoved = isRemoved && closesForEver();
                file.close();
            }
            if (isRemoved) {
                remove();
            }
        }
    }

    /* Whoever takes it over just now finds it damaged, and not gone while it writes to it. */
    private boolean closesForEver() {
        try {
            file.durably("removing it", () -> file.run("DROP TABLE meta"));
            return true;
        } catch (RecoveryException takenOverOrFull) {
            return false;
        }
    }

    private void remove() {
        try {
            StoreFormat.delete(file.directory());
            if (madeDirectory) {
                Files.delete(file.directory());
            }
        } catch (IOException e) {
            throw StoreOpening.unusable(file.directory(), e);
        }
    }

    /** Makes the disk full from the test's point of view: the file must not have more pages. */
    synchronized void limitPages(int count) throws SQLException {
        file.run("PRAGMA max_page_count=" + count);
    }

    private void collectIfThereIsRoom() {
        try {
            int slices = 2 + collector.backlog();
            while (slices-- > 0 && collect()) {
                assert !isClosed;
            }
        } catch (RecoveryException e) {
            // the epoch is done all the same; if the disk stays full, the next decide will say so
            if (!(e.getCause() instanceof SQLException error && StoreFile.isFull(error))) {
                throw e;
            }
        }
    }

    /* With the first epoch that is decided: a start that is refused leaves the store to the former name. */
    private void renameDataflow() throws SQLException {
        if (!storedName.equals(dataflowName)) {
            file.seal().delete(StoreTable.META, "dataflow", storedName);
            file.seal().insert(StoreTable.META, "dataflow", dataflowName);
        }
    }

    private void insertSchemas(List<String> texts) throws SQLException {
        for (int i = 0; i < texts.size(); i++) {
            file.seal().insert(StoreTable.SCHEMA, schemas.durable() + i + 1, texts.get(i));
        }
    }

    private void insertStates(Collection<StateRows> newStates) throws SQLException {
        for (StateRows state : newStates) {
            file.seal().insert(StoreTable.STATE, state.row());
        }
    }

    private List<StateRows> targets(List<StatePage> changes, Map<StateId, StateRows> newStates) {
        List<StateRows> targets = new ArrayList<>(changes.size());
        for (StatePage page : changes) {
            StateRows known = states.get(page.state());
            targets.add(
                    known != null
                            ? known
                            : newStates.computeIfAbsent(
                                    page.state(),
                                    state ->
                                            new StateRows(
                                                    states.size() + newStates.size() + 1,
                                                    state,
                                                    StateRows.Extent.EMPTY)));
        }
        return targets;
    }

    private void giveBackSpace() {
        try {
            long spare = file.number("PRAGMA freelist_count");
            if (spare > SPARE_PAGES_MIN && spare > file.number("PRAGMA page_count") / 2) {
                file.lazily(
                        "giving back space",
                        () -> file.run("PRAGMA incremental_vacuum(" + SPARE_PAGES_MIN / 2 + ")"));
            }
        } catch (SQLException e) {
            throw file.explain("giving back space", e);
        }
    }

    private Instant now() {
        return Instant.ofEpochMilli(options.clock().millis());
    }

    private void checkOpen() {
        if (isClosed) {
            throw new IllegalStateException(file.description() + " was closed; open it again");
        }
    }
}
