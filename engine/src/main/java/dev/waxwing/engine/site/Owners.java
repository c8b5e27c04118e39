package dev.waxwing.engine.site;

/**
 * The worker that owns a key, a partition, or what an earlier worker has left; a host chooses it.
 *
 * <p>Each method is a function of its arguments alone, the same on every worker and over restarts
 * with as many workers: items of a key meet where the key's state was restored. Keys that are equal
 * have the same owner.
 */
public interface Owners {

    /** Keys by their hashes, partitions and workers in turn. */
    Owners BY_HASH = new OwnersByHash();

    /** The owner of a key. */
    int ofKey(Object key, int workers);

    /**
     * The owner of a partition of a source or a sink.
     *
     * @param partition its place in the list of partitions, from 0
     */
    int ofPartition(int partition, int workers);

    /**
     * The worker that goes on with what another has left: itself if it is still there.
     *
     * @param earlier the number of a worker of an earlier execution
     */
    int ofWorker(int earlier, int workers);
}
