package dev.waxwing.engine.compile;

import dev.waxwing.engine.channel.Channels;
import dev.waxwing.engine.site.Openings;
import dev.waxwing.engine.site.Owners;

/**
 * The way in which an execution is to run.
 *
 * @param workers 1 or more
 * @param epochPerBatch whether an epoch ends after every batch
 * @param channels the size of edges between stages
 * @param chains what the links of a chain are
 * @param owners which worker owns a key or a partition
 * @param openings how calls are made that list and claim partitions
 */
public record Shape(
        int workers,
        boolean epochPerBatch,
        Channels channels,
        Chains chains,
        Owners owners,
        Openings openings) {

    /**
     * The links of a chain.
     *
     * @param copied whether they get classes of their own
     * @param checked whether emitted items are looked at again
     */
    public record Chains(boolean copied, boolean checked) {}
}
