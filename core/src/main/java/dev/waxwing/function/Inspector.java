package dev.waxwing.function;

import java.io.Serializable;

/**
 * Looks at an item that passes by; must not change it.
 *
 * @param <T> item
 */
@FunctionalInterface
public interface Inspector<T> extends Serializable {

    void inspect(String stepId, T item) throws Exception;

    /**
     * Looks at an item that passes by, with the epoch and the worker that handle it.
     *
     * @param <T> item
     */
    @FunctionalInterface
    interface Debug<T> extends Serializable {

        void inspect(String stepId, T item, long epoch, int workerIndex) throws Exception;
    }
}
