package dev.waxwing.recovery.segment;

import dev.waxwing.recovery.RecoveryException;
import java.util.List;

/**
 * The files beside a store: what is too large for its transactions, and lives for a few epochs
 * only. A segment counts when an epoch that was decided refers to it; whoever opens a store deletes
 * the others.
 *
 * <p>Thread-safe; every method may block on the disk, and throws {@link RecoveryException} if that
 * cannot be read or written, or the store was closed.
 */
public interface Segments {

    /**
     * Makes an empty segment to append to.
     *
     * @param name of letters, digits, hyphens and periods; never used before
     */
    SegmentWriter create(String name);

    /**
     * Opens a segment to read from.
     *
     * @throws RecoveryException if it is missing, or not what the reference says
     */
    SegmentReader open(SegmentRef ref);

    /** Writes a whole small segment; all or nothing, and on the disk when this returns. */
    void put(String name, byte[] content);

    /**
     * Reads what {@link #put} wrote.
     *
     * @return null if there is none
     */
    byte @org.jspecify.annotations.Nullable [] get(String name);

    /** Deletes a segment if it is there. */
    void delete(String name);

    /** All there are. */
    List<String> names();
}
