package dev.waxwing.source;

import dev.waxwing.connector.Guarantee;
import java.io.Serializable;

/**
 * Where items come from: one of two kinds, by compiler rule.
 *
 * <p>A source is a description: serializable, immutable, opened by the runner. What is open and has
 * a position is a partition.
 *
 * @param <T> item
 */
public sealed interface Source<T> extends Serializable
        permits FixedPartitionedSource, DynamicSource {

    /** How often an item is read for good, if positions are kept. */
    Guarantee guarantee();
}
