package dev.waxwing.kernel;

import java.io.Serializable;

/**
 * The life of a kernel on one worker: {@link #open} before the first item, {@link #close} once if
 * it was opened, however the execution ends.
 */
public interface Lifecycle extends Serializable, AutoCloseable {

    /**
     * Prepares this worker's instance; what is not to be shared by workers is made here. If it
     * throws, {@link #close} is not called.
     */
    default void open(StepContext context) throws Exception {}

    /** Releases what {@link #open} acquired. */
    @Override
    default void close() throws Exception {}
}
