package dev.waxwing.recovery.store;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.codec.Schemas;
import dev.waxwing.recovery.page.PageConsumer;
import dev.waxwing.recovery.segment.Segments;
import java.util.List;
import java.util.UUID;

/**
 * Where snapshots live: keeps what every epoch changed and gives back the state as of an epoch.
 *
 * <p>Opened for writing by one execution at a time, which thereby gets a generation of its own. If
 * a later one takes the store over, nothing can be written by the earlier one any more. The usual
 * order of calls: {@link #restore} of {@link #decidedEpoch}, then for each epoch {@link #decide}
 * and, when all sinks have committed, {@link #done}; {@link #close} at the end.
 *
 * <p>Thread-safe: calls from several threads run one after the other; only {@link #schemaId} and
 * {@link #schema} do not wait for the others. All but these two may block on the disk.
 *
 * <p>Every method but {@code close} throws {@link IllegalStateException} after {@code close}, and
 * {@link RecoveryException} if the store cannot be read or written, or was taken over.
 */
public interface RecoveryStore extends Schemas, AutoCloseable {

    /** Made with the store and never changed: tells this store from one made in its place. */
    UUID lineage();

    /** Of this execution: larger than that of every earlier one, also of those that crashed. */
    long generation();

    /** Of this execution: made when the store was opened and recorded with the generation. */
    UUID token();

    /**
     * Whether an earlier execution of this store had a generation and a token. A copy of the store
     * knows those that began before it was made, and none that began in the other copy after.
     */
    boolean hadExecution(long generation, UUID token);

    /**
     * The newest generation from which a later one has taken the store over while it could not be
     * stopped; 0 if there was none. What it, or an earlier one, had open it may still write to.
     */
    long takenOverGeneration();

    /**
     * Checks that no later generation has taken the store over. Whatever this execution finds or
     * opens outside of the store before, no later one has made or opened.
     *
     * @throws RecoveryException if one has, with {@link RecoveryException#isTakenOver}
     */
    void checkNotTakenOver();

    /**
     * Checks that what the store keeps is where it was put: that nobody has deleted, replaced or
     * truncated a file of it, or taken the store over. Cheap: looks at names and lengths, not at
     * contents. {@link #decide} does the same.
     *
     * @throws RecoveryException if something is missing
     */
    void checkIntact();

    /** The newest decided epoch that was not rewound; 0 if there is none. */
    long decidedEpoch();

    /** The newest decided epoch that is done and was not rewound; 0 if there is none. */
    long doneEpoch();

    /** The largest epoch ever decided, rewound ones included; the next one must be larger. */
    long highestEpoch();

    /** The epochs that are kept, oldest first. */
    List<EpochRecord> epochs();

    /**
     * {@inheritDoc}
     *
     * <p>A new text is durable with the next epoch that is decided.
     */
    @Override
    int schemaId(String schemaText);

    /**
     * Gives the live entries as of an epoch: for every state and key the newest value, each exactly
     * once; removed keys are absent. Order is not promised.
     *
     * @param epoch one that {@link #epochs} tells to be restorable, or 0, which has no entries
     * @throws RecoveryException if the epoch is not restorable, or what was stored is damaged
     */
    void restore(long epoch, PageConsumer consumer);

    /**
     * Makes an epoch and its changes durable, all or nothing.
     *
     * <p>When this returns the epoch survives a loss of power. If it throws, nothing of the epoch
     * is visible in this store; after a failure that may pass, such as a full disk, the same epoch
     * may be given again.
     *
     * @throws IllegalArgumentException if the epoch is not larger than {@link #highestEpoch}, or a
     *     page names a schema that this store does not have
     */
    void decide(EpochSnapshot snapshot);

    /**
     * Records durably that all sinks have committed everything up to an epoch, and then collects a
     * little; more, and so longer, the further {@link #collect} has fallen behind. Nothing happens
     * if it was recorded before.
     *
     * @throws IllegalArgumentException if the epoch is not decided
     */
    void done(long epoch);

    /**
     * Does a bounded part of the outstanding housekeeping: forgets snapshots past their retention
     * and rewrites what they leave behind.
     *
     * <p>{@link #done} calls this, which suffices while changes are few. A caller with time to
     * spare repeats it until it returns false; that is what keeps a store small, and {@code done}
     * short, where every epoch changes a large part of a large state.
     *
     * @return whether more is left to do now
     */
    boolean collect();

    /**
     * Goes back to an earlier epoch: the later ones become unreachable and are collected in time.
     *
     * <p>Their numbers are not used again. Rewinding is a declared replay: what sinks committed
     * after that epoch they will get again, cut into other epochs.
     *
     * @param epoch one that {@link #epochs} tells to be restorable, or 0 for the very beginning
     * @throws RecoveryException if the epoch is not restorable
     */
    void rewindTo(long epoch);

    /** The files beside the store: the outboxes of sinks. */
    Segments segments();

    /**
     * Says that nothing outside of the store knows of this execution, as its start was refused. A
     * store that it has made, and in which nothing was decided, is removed when it is closed.
     */
    default void abandon() {}

    /** Releases the store; undecided changes are lost. May be called again. */
    @Override
    void close();
}
