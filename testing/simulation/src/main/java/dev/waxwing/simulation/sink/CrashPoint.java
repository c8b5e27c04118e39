package dev.waxwing.simulation.sink;

import static dev.waxwing.sink.SinkContract.AT_LEAST_ONCE;
import static dev.waxwing.sink.SinkContract.BY_POSITION;
import static dev.waxwing.sink.SinkContract.IDEMPOTENT;
import static dev.waxwing.sink.SinkContract.TRANSACTIONAL;
import static dev.waxwing.sink.SinkContract.TWO_PHASE;

import dev.waxwing.sink.SinkContract;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where an execution can crash: all that lies between an item and its being done. */
public enum CrashPoint {

    /** Nothing of the epoch has been written by the partition. */
    BEFORE_FIRST_WRITE,

    /** The sink has taken half of the items of a batch from the list that it was given. */
    IN_BATCH,

    /** The target has the first items of a batch, and not the others. */
    AFTER_PARTIAL_SUCCESS(
            "a transaction has the rows of an epoch or none of them", Set.of(TRANSACTIONAL)),

    /** A batch is written and has not been forced to the disk. */
    AFTER_WRITE_BEFORE_FLUSH,

    /** All is on the disk, but the runner has not heard so. */
    AFTER_FLUSH_BEFORE_PREPARED("nothing is prepared", Set.of(AT_LEAST_ONCE)),

    /** Some partitions are prepared, others not. */
    AFTER_PREPARE_OF_ONE("nothing is prepared", Set.of(AT_LEAST_ONCE)),

    /** All partitions are prepared, and the snapshot has not been given to the store. */
    AFTER_ALL_PREPARED,

    /** The power is lost while an outbox is forced: the disk has the beginning of it. */
    TORN_SNAPSHOT(
            "its items are not in the snapshot; a torn record is TORN_DECIDED_RECORD",
            Set.of(AT_LEAST_ONCE, BY_POSITION, TWO_PHASE)),

    /** The power is lost before the snapshot is forced: nothing of what was not forced is there. */
    SNAPSHOT_NOT_FORCED,

    /** The snapshot is complete, but for the record that decides it. */
    BEFORE_DECIDED,

    /**
     * The power is lost while the deciding record is written. The store of the kit is in memory and
     * has it as a whole or, as here, not at all; that a real one does is for its own tests to show.
     */
    TORN_DECIDED_RECORD,

    /** The epoch is decided, and nobody has been asked to commit it. */
    DECIDED_BEFORE_COMMIT,

    /** The sink is asked to commit, and has not talked to the target. */
    IN_COMMIT_BEFORE_TRANSACTION("nothing is committed", Set.of(AT_LEAST_ONCE, BY_POSITION)),

    /** The target has the rows of a transaction that is open, and not the marker. */
    ROWS_SENT_MARKER_NOT(
            "no marker goes with the rows",
            Set.of(AT_LEAST_ONCE, BY_POSITION, IDEMPOTENT, TWO_PHASE)),

    /** The target has committed, the reply is lost; the crash comes when the runner asks again. */
    REPLY_LOST_COMMITTED("nothing is committed", Set.of(AT_LEAST_ONCE, BY_POSITION)),

    /** The target never heard of the commit; the crash comes when the runner asks again. */
    REPLY_LOST_NOT_COMMITTED("nothing is committed", Set.of(AT_LEAST_ONCE, BY_POSITION)),

    /** The target has committed, much else happens, and the crash comes before the reply. */
    REPLY_LATE("nothing is committed", Set.of(AT_LEAST_ONCE, BY_POSITION)),

    /** Some partitions have committed, others not. */
    AFTER_COMMIT_OF_ONE("nothing is committed", Set.of(AT_LEAST_ONCE, BY_POSITION)),

    /** All have committed, and the store does not know. */
    ALL_COMMITTED_BEFORE_DONE,

    /** The power is lost while the store records that all have committed; it has not. */
    TORN_DONE,

    /** The epoch is done, and sources have not heard so. */
    DONE_BEFORE_ACKNOWLEDGED,

    /** Some partitions of the source have heard that the epoch is done, others not. */
    AFTER_ACKNOWLEDGEMENT_OF_ONE,

    /** The store forgets what is done. */
    IN_GARBAGE_COLLECTION,

    /** An execution after a crash, which has not claimed a partition. */
    BEFORE_FENCING(true, "has no marker to claim", Set.of(AT_LEAST_ONCE, BY_POSITION)),

    /** All partitions are claimed, and nothing is committed again. */
    FENCED_BEFORE_RECOMMIT(true, "nothing is committed", Set.of(AT_LEAST_ONCE, BY_POSITION)),

    /** Some of what was decided before the crash is committed again. */
    AFTER_RECOMMIT_OF_ONE(true, "nothing is committed", Set.of(AT_LEAST_ONCE, BY_POSITION)),

    /** What an earlier execution has left undecided is being undone. */
    WHILE_SWEEPING(true, "leaves what it has written", Set.of(AT_LEAST_ONCE)),

    /** An execution with another number of workers deals with what was decided and is not done. */
    WHILE_RESCALING(true, "", Set.of()),

    /** An execution of a changed dataflow reads the state of the former one. */
    WHILE_UPGRADING(true, "", Set.of()),

    /** An execution is stopped in the middle of a commit, another takes over, the first goes on. */
    OLD_WRITER_WAKES(
            "the lock of the store keeps an old writer out; there is no marker to fence it by",
            Set.of(AT_LEAST_ONCE, BY_POSITION));

    private final boolean ofRecovery;
    private final String reason;

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<SinkContract> exceptions;

    CrashPoint() {
        this(false, "", Set.of());
    }

    CrashPoint(String reason, Set<SinkContract> exceptions) {
        this(false, reason, exceptions);
    }

    CrashPoint(boolean ofRecovery, String reason, Set<SinkContract> exceptions) {
        this.ofRecovery = ofRecovery;
        this.reason = reason;
        this.exceptions = exceptions;
    }

    /** Whether it lies in an execution that follows a crash. */
    boolean isOfRecovery() {
        return ofRecovery;
    }

    /** Whether it is a loss of power and nothing else. */
    boolean isPowerLoss() {
        return this == TORN_SNAPSHOT
                || this == SNAPSHOT_NOT_FORCED
                || this == TORN_DECIDED_RECORD
                || this == TORN_DONE;
    }

    /** Why sinks of a contract never come there; null if they do. */
    @Nullable String whyNot(SinkContract contract) {
        return exceptions.contains(contract) ? reason : null;
    }
}
