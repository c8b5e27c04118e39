package dev.waxwing.source;

import dev.waxwing.kernel.Emitter;

/**
 * Takes the items that a source partition reads.
 *
 * @param <T> item
 */
public interface SourceEmitter<T> extends Emitter<T> {

    /**
     * Hands over something that was read but is no item, such as a malformed line. It goes to the
     * step's dead letters if the step has such a policy; otherwise the execution stops.
     *
     * @param raw what was read, for a person or a program to look at; never null
     * @param cause why it is no item; its message should say where it was read
     */
    void reject(Object raw, Exception cause);
}
