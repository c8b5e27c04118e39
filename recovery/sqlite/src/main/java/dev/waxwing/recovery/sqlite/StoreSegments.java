package dev.waxwing.recovery.sqlite;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.segment.SegmentReader;
import dev.waxwing.recovery.segment.SegmentRef;
import dev.waxwing.recovery.segment.SegmentWriter;
import dev.waxwing.recovery.segment.Segments;
import dev.waxwing.run.FileAccess;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The segments of a store: large ones are files, small ones rows of the store. Thread-safe. */
final class StoreSegments implements Segments {

    /*
     * A small segment that is lost, or that an execution replaces which was taken over, is one that nobody would miss.
     * As a row it is summed up with all others and written under the guard of the store's transactions.
     */

    private final Object lock;
    private final StoreFile file;
    private final DirectorySegments files;
    private final Set<String> small = new HashSet<>();

    /**
     * @param lock guards the file
     * @param access to the files
     * @param isClosed whether the store was closed
     */
    StoreSegments(Object lock, StoreFile file, FileAccess access, BooleanSupplier isClosed)
            throws SQLException {
        this.lock = lock;
        this.file = file;
        this.files =
                new DirectorySegments(
                        file.directory().resolve(StoreFormat.SEGMENTS), access, isClosed);
        file.query("SELECT name FROM small_segment", row -> small.add(row.getString(1)));
    }

    /**
     * Checks that the files that were finished or opened, and not deleted, are still there.
     *
     * @throws RecoveryException if one is not
     */
    void check() {
        files.check();
    }

    @Override
    public SegmentWriter create(String name) {
        return files.create(name);
    }

    @Override
    public SegmentReader open(SegmentRef ref) {
        return files.open(ref);
    }

    @Override
    public void put(String name, byte[] content) {
        synchronized (lock) {
            files.checkOpen();
            byte[] before = get(name);
            file.durably(
                    "writing segment '" + name + "'",
                    () -> {
                        if (before != null) {
                            file.seal().delete(StoreTable.SMALL_SEGMENT, name, before);
                        }
                        file.seal().insert(StoreTable.SMALL_SEGMENT, name, content);
                    });
            small.add(name);
        }
    }

    @Override
    public byte @Nullable [] get(String name) {
        synchronized (lock) {
            files.checkOpen();
            return small.contains(name) ? read(name) : null;
        }
    }

    @Override
    public void delete(String name) {
        synchronized (lock) {
            files.checkOpen();
            if (small.contains(name)) {
                byte[] content = read(name);
                file.lazily(
                        "deleting segment '" + name + "'",
                        () -> file.seal().delete(StoreTable.SMALL_SEGMENT, name, content));
                small.remove(name);
                return;
            }
        }
        files.delete(name);
    }

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>(files.names());
        synchronized (lock) {
            names.addAll(small);
        }
        names.sort(null);
        return names;
    }

    private byte[] read(String name) {
        try {
            PreparedStatement statement =
                    file.prepare("SELECT content FROM small_segment WHERE name = ?");
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    return row.getBytes(1);
                }
            }
        } catch (SQLException e) {
            throw file.explain("reading segment '" + name + "'", e);
        }
        throw StoreContents.damaged(file, "segment '" + name + "' is missing");
    }
}
