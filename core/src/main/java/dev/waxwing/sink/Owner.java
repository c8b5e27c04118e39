package dev.waxwing.sink;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An execution as the owner of a partition's marker.
 *
 * @param lineage of the recovery store: made with it, so that a new store has another
 * @param generation of the execution: larger than that of every earlier one of the store
 * @param token made by the execution at random and recorded in its store before anything is
 *     claimed, so that a copy of the store does not know it
 * @param known what the store knows of the executions before
 * @param adopts whether the user has said to take over whatever is found
 * @param dataflow name of the dataflow when its step first wrote to the partition; one that is
 *     renamed keeps it
 * @param step full id of the output step when it first wrote to the partition; a step that is
 *     renamed keeps it
 * @param partition name of the partition
 */
public record Owner(
        UUID lineage,
        long generation,
        UUID token,
        KnownMarkers known,
        boolean adopts,
        String dataflow,
        String step,
        String partition) {

    /**
     * The marker to write in place of one that was found.
     *
     * @param found null if there is none
     * @throws FencedException if the marker must not be taken over; it must stay as it is
     */
    public Marker takeOver(@Nullable Marker found) throws FencedException {
        if (found == null) {
            return new Marker(0, generation, lineage, token);
        }
        boolean ours = found.lineage().equals(lineage);
        if (!adopts) {
            checkLineage(found, ours);
            checkKnown(found);
        }
        return new Marker(ours ? found.epoch() : 0, generation, lineage, token);
    }

    /**
     * Checks that a marker is still the one that this execution has written.
     *
     * @param found null if there is none
     * @throws FencedException if it is not, so that nothing more may be written
     */
    public void checkHolds(@Nullable Marker found) throws FencedException {
        boolean ours =
                found != null && found.owner().equals(token) && found.generation() == generation;
        if (!ours) {
            throw new FencedException(
                    place()
                            + (found == null
                                    ? " is gone"
                                    : " was taken over by generation " + found.generation())
                            + " while generation "
                            + generation
                            + " was running, which commits no more; see that only one execution of a"
                            + " dataflow is running");
        }
    }

    /** How messages call the place of the marker. */
    public String place() {
        return "the marker of dataflow '"
                + dataflow
                + "', step '"
                + step
                + "', partition '"
                + partition
                + "'";
    }

    private void checkLineage(Marker found, boolean ours) throws FencedException {
        if (!ours) {
            throw new FencedException(
                    place()
                            + " was written from another recovery store ("
                            + found.lineage()
                            + ", this one is "
                            + lineage
                            + "): the store was deleted or exchanged, or two dataflows write here;"
                            + " bring the store back, start over by 'waxwing recovery reset', or"
                            + " say in the options of recovery to adopt the target as it is");
        }
    }

    private void checkKnown(Marker found) throws FencedException {
        boolean own = found.generation() == generation && found.owner().equals(token);
        boolean newer = found.generation() > generation;
        if (!own && (newer || !known.include(found))) {
            throw new FencedException(
                    place()
                            + " holds epoch "
                            + found.epoch()
                            + " and belongs to generation "
                            + found.generation()
                            + (newer ? ", which is newer than" : ", of which nothing is known to")
                            + " this execution of generation "
                            + generation
                            + ": the recovery store was copied and the other execution has claimed"
                            + " the target since, or it was restored from an older copy and would"
                            + " write again what came between; go on with the store that has"
                            + " written last, and with no other, start over by 'waxwing recovery"
                            + " reset', or say in the options of recovery to adopt the target as it"
                            + " is");
        }
    }

    /**
     * The markers that earlier executions of a recovery store may have left, as far as the store
     * knows: tells them from those of executions over a copy of it.
     *
     * <p>Called on the threads of partitions, also several at a time.
     */
    @FunctionalInterface
    public interface KnownMarkers {

        /**
         * Whether the store has recorded that an execution of the marker's generation and owner
         * began, and an epoch as new as the marker's.
         *
         * @param found of the store's lineage, and of an earlier generation than the execution's
         *     that asks
         */
        boolean include(Marker found);
    }
}
