package dev.waxwing.engine.resume;

import dev.waxwing.engine.delivery.DeliveryPart;
import dev.waxwing.engine.delivery.Prepared;
import dev.waxwing.engine.site.Openings;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.run.check.StepChecks;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.EpochSinkPartition;
import dev.waxwing.sink.FencedException;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.ReleasablePartition;
import dev.waxwing.sink.TwoPhasePartition;
import dev.waxwing.step.DataflowException;
import dev.waxwing.step.StepFailedException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The claim of one partition of an epoch sink: takes over the marker of its target, for one owner,
 * and compares what the target holds with what is stored of the partition. Knows of no other
 * partition, whose owners may be of other generations. Confined to one thread.
 */
final class PartClaim {

    private final DeliveryPart part;
    private final long last;
    private final List<Prepared> works;
    private final long doneEpoch;
    private final Openings openings;
    private long held;
    private boolean adopted;

    /**
     * @param part that is open
     * @param stored of its sink
     * @param doneEpoch the newest epoch that all targets have
     */
    PartClaim(DeliveryPart part, StoredParts stored, long doneEpoch, Openings openings) {
        this.part = part;
        this.last = stored.progress(part.name()).epoch();
        this.works = stored.works(part, part.name());
        this.doneEpoch = doneEpoch;
        this.openings = openings;
    }

    /**
     * Opens a partition.
     *
     * @param sink of the step
     * @throws StepFailedException if the sink cannot make it
     */
    @SuppressWarnings("unchecked") // the stream that the sink was given to had its types
    static EpochSinkPartition<Object> open(
            CoreStep step, EpochSink<?> sink, String name, Openings openings) {
        String call = "buildPart of partition '" + name + "'";
        try {
            return (EpochSinkPartition<Object>)
                    openings.make(
                            step,
                            call,
                            () ->
                                    Objects.requireNonNull(
                                            sink.buildPart(step.userStep(), name),
                                            "buildPart returned null"));
        } catch (Throwable thrown) {
            throw new StepChecks(step).threw(call, thrown);
        }
    }

    DeliveryPart part() {
        return part;
    }

    /**
     * Finds all that can be found without changing the target, if its sink can look.
     *
     * @throws DataflowException if it must not be claimed, or does not hold what it should
     */
    void look() {
        if (part.partition() instanceof ReleasablePartition partition) {
            try {
                Optional<Marker> found =
                        openings.make(
                                part.step(),
                                "look at partition '" + part.name() + "'",
                                () -> Optional.ofNullable(partition.look(part.owner())));
                check(takeOver(found));
            } catch (DataflowException refused) {
                throw refused;
            } catch (Throwable thrown) {
                throw failed(part.step(), "look at", part.name(), thrown);
            }
        }
    }

    /**
     * Claims the target.
     *
     * @throws DataflowException if it must not be claimed, or does not hold what it should
     */
    void claim() {
        Optional<Marker> found;
        Marker taken;
        try {
            part.claiming();
            found =
                    openings.make(
                            part.step(),
                            "claim of partition '" + part.name() + "'",
                            () -> Optional.ofNullable(part.partition().claim(part.owner())));
            taken = takeOver(found);
        } catch (Throwable thrown) {
            throw failed(part.step(), "claim of", part.name(), thrown);
        }
        held = taken.epoch();
        adopted = part.owner().adopts() && (found.isPresent() || part.isTransactional());
        if (!adopted) {
            check(taken);
        }
        part.resume(taken, adopted ? held : last, works);
    }

    /** The epoch that the target held when it was claimed; 0 if it keeps none. */
    long heldEpoch() {
        return held;
    }

    /** Whether that epoch counts from now on, whatever is stored of the partition. */
    boolean isAdopted() {
        return adopted;
    }

    /** Has the target forget what it has staged in epochs that do not count any more. */
    void abortBeyond(long epoch) {
        if (part.partition() instanceof TwoPhasePartition<?, ?> partition) {
            try {
                openings.make(
                        part.step(),
                        "abortBeyond of partition '" + part.name() + "'",
                        () -> {
                            partition.abortBeyond(epoch);
                            return part;
                        });
            } catch (Throwable thrown) {
                throw failed(part.step(), "abortBeyond of", part.name(), thrown);
            }
        }
    }

    private Marker takeOver(Optional<Marker> found) throws FencedException {
        Marker taken = part.owner().takeOver(found.orElse(null));
        part.claims(found.orElse(null), taken);
        return taken;
    }

    private void check(Marker taken) {
        if (part.isTransactional() && !part.owner().adopts()) {
            new MarkerCheck(part, doneEpoch).check(taken.epoch(), last, works);
        }
    }

    /** Returns the exception to throw for a call of a partition that threw. */
    static DataflowException failed(CoreStep step, String call, String part, Throwable thrown) {
        StepChecks checks = new StepChecks(step);
        return thrown instanceof FencedException fenced
                ? checks.fenced(fenced)
                : checks.threw(call + " partition '" + part + "'", thrown);
    }
}
