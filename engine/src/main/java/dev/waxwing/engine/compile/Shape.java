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
 * @param chains how steps become chains of links
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

    /** Where stages begin, beside sources, merges and chains that are too deep. */
    public enum Stages {

        /** Where items may have to go to another worker; so not if there is but one. */
        AS_NEEDED,

        /**
         * Where the plan says that items may go to another worker, however many there are: with any
         * number of workers, a plan has the same stages.
         */
        AS_PLANNED
    }

    /**
     * The way in which steps become chains of links.
     *
     * @param stages where a chain ends and another begins
     * @param copied whether links get classes of their own
     * @param checked whether emitted items are looked at again
     */
    public record Chains(Stages stages, boolean copied, boolean checked) {}
}
