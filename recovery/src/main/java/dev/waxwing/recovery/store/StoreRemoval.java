package dev.waxwing.recovery.store;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A recovery store that is held in order to remove it: no execution begins with it meanwhile. Works
 * for a store that is damaged, half removed or not there, too. Confined to one thread.
 */
public interface StoreRemoval extends AutoCloseable {

    /** Whether there is anything to remove. */
    boolean isNeeded();

    /**
     * Reads the store.
     *
     * @param question given a reader that is closed when it returns
     * @return its answer; null if the store is not there, or cannot be read
     */
    <R> @Nullable R read(Function<StoreReader, @Nullable R> question);

    /**
     * Removes the store; what else is at its place stays.
     *
     * @throws dev.waxwing.recovery.RecoveryException if that fails; it is to be done again then
     */
    void run();

    /** Lets go of the store; executions may begin with it, or with a new one in its place. */
    @Override
    void close();
}
