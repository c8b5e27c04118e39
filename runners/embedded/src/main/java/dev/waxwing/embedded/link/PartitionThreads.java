package dev.waxwing.embedded.link;

import dev.waxwing.embedded.delivery.Lanes;

/**
 * Lanes that are threads.
 *
 * @param patience how long their ends are waited for
 */
public record PartitionThreads(Patience patience) implements Lanes {

    @Override
    public PartitionThread open(String name) {
        return new PartitionThread(name, patience);
    }
}
