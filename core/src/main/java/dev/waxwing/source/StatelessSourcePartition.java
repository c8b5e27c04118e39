package dev.waxwing.source;

/**
 * A worker's part of a {@link DynamicSource}; it has no position.
 *
 * @param <T> item
 */
public non-sealed interface StatelessSourcePartition<T> extends SourcePartition<T> {}
