package dev.waxwing.source;

import dev.waxwing.kernel.Emitter;

/**
 * Takes the items that a source partition reads.
 *
 * @param <T> item
 */
public interface SourceEmitter<T> extends Emitter<T> {

    /**
     * Whether the call should go on emitting. The answer changes to no when the runner wants to do
     * something else, such as to end an epoch: a partition that has much to emit asks after each
     * item, which costs next to nothing, returns early, and is called again soon. It is a hint:
     * what is emitted nevertheless waits in memory, and in the snapshot if an epoch ends meanwhile.
     */
    default boolean hasRoom() {
        return true;
    }

    /**
     * Hands over something that was read but is no item, such as a malformed line. It goes to the
     * step's dead letters if the step has such a policy; otherwise the execution stops.
     *
     * @param raw what was read, for a person or a program to look at; never null
     * @param cause why it is no item; its message should say where it was read
     */
    void reject(Object raw, Exception cause);
}
