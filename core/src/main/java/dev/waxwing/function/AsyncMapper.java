package dev.waxwing.function;

import java.io.Serializable;
import java.util.concurrent.CompletionStage;

/**
 * Starts a call that completes elsewhere; must not block.
 *
 * @param <T> item
 * @param <R> result
 */
@FunctionalInterface
public interface AsyncMapper<T, R> extends Serializable {

    CompletionStage<R> call(T item) throws Exception;
}
