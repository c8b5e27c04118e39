package dev.waxwing.sink;

import java.util.UUID;

/**
 * The recovery store of an execution, as a sink knows it, that keeps out executions that were taken
 * over. Thread-safe.
 *
 * <p>An execution may hang in the middle of anything, and wake up when another has taken the store
 * over and writes to the same target. A target without a marker is safe if each of the two does its
 * part. The older one opens what it writes to, and then calls {@link #check}. The newer one does
 * not write to what an execution up to {@link #takenOverGeneration} may have opened: it puts
 * another, such as a copy of the file, in the place of it.
 *
 * <p>Executions over copies of a store know nothing of each other, so that {@link #check} finds
 * nothing. A target is safe from them if each notes its {@link #token} there before it writes, does
 * not go on after one that {@link #hadExecution} does not know, and looks whether it is still the
 * last before what it wrote is decided.
 */
public interface StoreFence {

    /** Made with the store and never changed: a new store has another. */
    UUID lineage();

    /** Of this execution: larger than that of every earlier one. */
    long generation();

    /** Of this execution: made at random, and recorded in the store before anything is opened. */
    UUID token();

    /**
     * Whether an earlier execution of the store had a generation and a token. Of one that ran over
     * a copy of the store, nothing is known: what that has written must not be cut or overwritten.
     */
    boolean hadExecution(long generation, UUID token);

    /** Whether the user has said to take over whatever is found. */
    boolean adopts();

    /**
     * The newest generation from which a later one has taken the store over while it could not be
     * stopped, 0 if there is none. It, or one before it that was taken over, may still be writing.
     */
    long takenOverGeneration();

    /**
     * Checks that no later execution has taken the store over. If none has, what was opened before
     * was not put there by a later one. Reads from the disk.
     *
     * @throws FencedException if one has; nothing may be written then
     */
    void check() throws FencedException;
}
