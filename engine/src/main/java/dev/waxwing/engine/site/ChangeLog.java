package dev.waxwing.engine.site;

/**
 * Takes what an epoch changed in one state of this worker, each key at most once an epoch: of two
 * changes of a key either may be the one that is stored. Confined to the worker.
 */
public interface ChangeLog {

    /**
     * The state of a key at the end of the epoch; what is mutable is encoded before this returns.
     */
    void put(Object key, Object state);

    /** The key has no state any more. */
    void remove(Object key);
}
