package dev.waxwing.engine.site;

/** Keys by their hashes, partitions and workers in turn. */
final class OwnersByHash implements Owners {

    @Override
    public int ofKey(Object key, int workers) {
        return (int) ((Route.spread(Boxed.hash(key)) & 0xffffffffL) * workers >>> 32);
    }

    @Override
    public int ofPartition(int partition, int workers) {
        return partition % workers;
    }

    @Override
    public int ofWorker(int earlier, int workers) {
        return earlier % workers;
    }
}
