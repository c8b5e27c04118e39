package dev.waxwing.engine.delivery;

import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.recovery.segment.Segments;
import dev.waxwing.sink.EpochSinkPartition;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.ReleasablePartition;
import dev.waxwing.sink.TransactionalPartition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A partition of an epoch sink that this execution has opened and claimed. */
public final class DeliveryPart {

    private final CoreStep step;
    private final Owner owner;
    private final EpochSinkPartition<Object> partition;
    private final @Nullable ItemCoding items;
    private final Segments segments;
    private final String outboxPrefix;
    private final Queue<Committed> rejections = new ConcurrentLinkedQueue<>();
    private final List<Prepared> resumed = new ArrayList<>();
    private @Nullable Lane lane;
    private @Nullable Marker before;
    private @Nullable Marker claimed;
    private boolean mayBeClaimed;

    /** The epoch that the target held when it was taken over. */
    private long held;

    /* Confined to the worker once it has started. */
    private long last;
    private int outboxes;

    /**
     * @param items how items are kept, or null if the partition stages them itself
     * @param number of the partition, different from those of all other partitions
     */
    public DeliveryPart(
            CoreStep step,
            Owner owner,
            EpochSinkPartition<Object> partition,
            @Nullable ItemCoding items,
            Segments segments,
            int number) {
        this.step = step;
        this.owner = owner;
        this.partition = partition;
        this.items = items;
        this.segments = segments;
        this.outboxPrefix = owner.token() + "-" + number + "-";
    }

    public CoreStep step() {
        return step;
    }

    public String name() {
        return owner.partition();
    }

    public EpochSinkPartition<Object> partition() {
        return partition;
    }

    /** Whether its target always has a marker. */
    public boolean isTransactional() {
        return partition instanceof TransactionalPartition;
    }

    /** This execution, as the owner of the partition. */
    public Owner owner() {
        return owner;
    }

    /** How items are kept in the outbox. */
    public ItemCoding items() {
        return Objects.requireNonNull(items, "a partition with an outbox");
    }

    /** Where outboxes are. */
    public Segments segments() {
        return segments;
    }

    /** The works that the store has of the partition, in the order of epochs. */
    List<Prepared> resumed() {
        return resumed;
    }

    /** The segments that the store refers to for the partition. */
    public List<String> resumedSegments() {
        return resumed.stream().flatMap(work -> work.segments().stream()).toList();
    }

    /** The works that the store has, for the worker that writes to the partition. */
    public KeptWorks kept() {
        return new KeptWorks(resumed, rejections);
    }

    /** A claim is about to be made: if it throws, it may have been. */
    public void claiming() {
        mayBeClaimed = true;
    }

    /**
     * A claim would change the marker, or has changed it.
     *
     * @param found null if there was none
     */
    public void claims(@Nullable Marker found, Marker taken) {
        before = found;
        claimed = taken;
    }

    /** What is claimed stays so, however the start ends. */
    public void keepClaim() {
        claimed = null;
    }

    /**
     * Puts the marker back as it was, if it was claimed and nothing was committed since.
     *
     * @return whether nothing is left of the claim
     */
    public boolean giveBack() throws Exception {
        if (!mayBeClaimed) {
            return true;
        }
        Marker taken = claimed;
        if (taken != null && partition instanceof ReleasablePartition releasable) {
            releasable.release(owner, taken, before);
            return true;
        }
        return false;
    }

    /**
     * Tells what was found at the start.
     *
     * @param marker as it was taken over; of epoch 0 if the target keeps none
     */
    public void resume(Marker marker, long lastEpoch, List<Prepared> works) {
        held = marker.epoch();
        last = lastEpoch;
        resumed.addAll(works);
        works.forEach(Prepared::readRejections);
    }

    /**
     * Takes what is done of partitions that are not there any more, to remove it in their stead.
     */
    public void inherit(List<Prepared> works) {
        resumed.addAll(works);
        resumed.sort(Comparator.comparingLong(Prepared::epoch));
        works.forEach(Prepared::readRejections);
    }

    /** The newest epoch that has something for the partition. */
    public long last() {
        return last;
    }

    /** An epoch has something for the partition. */
    public void wrote(long epoch) {
        last = epoch;
    }

    /** A name for an outbox that none has had. */
    public String newOutboxName() {
        return outboxPrefix + ++outboxes;
    }

    /** The epoch that the target held when the execution started; 0 if it keeps none. */
    long heldEpoch() {
        return held;
    }

    /**
     * A work is dealt with, before its epoch is done: what was rejected of it becomes dead letters,
     * if there are any.
     */
    void settled(Committed work) {
        if (work.hasRejected() && step.hasDeadLetters()) {
            rejections.add(work);
        }
    }

    /** Where the partition is used. */
    public Lane lane() {
        return Objects.requireNonNull(lane, "the execution has started");
    }

    void attach(Lane used) {
        lane = used;
    }

    boolean hasOutbox() {
        return items != null;
    }

    /** How messages call it. */
    String description() {
        return "step '" + step.userStep() + "': partition '" + name() + "'";
    }
}
