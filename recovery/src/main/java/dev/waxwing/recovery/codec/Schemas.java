package dev.waxwing.recovery.codec;

import dev.waxwing.recovery.RecoveryException;

/**
 * The numbers by which what is stored names the schemas that it was written in. Thread-safe; no
 * call waits for a disk.
 */
public interface Schemas {

    /**
     * The number of a schema; the same text gets the same number for ever.
     *
     * @return 1 or more
     */
    int schemaId(String schemaText);

    /**
     * The text of a schema.
     *
     * @throws RecoveryException if there is no such schema
     */
    String schema(int id);
}
