package dev.waxwing.source;

import dev.waxwing.connector.Guarantee;
import java.io.Serializable;
import java.util.Arrays;

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

    /**
     * A source of these items; see {@link #from}.
     *
     * @param items none of them null; may be none at all
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    static <T> FixedPartitionedSource<T, Integer> of(T... items) {
        return ItemSource.of(Arrays.asList(items));
    }

    /**
     * A source of items that are in memory: reads each once, in their order, in one partition on
     * one worker, and ends after the last. {@link dev.waxwing.Stream#redistribute} spreads them.
     *
     * <p>How many have been read is recorded, the items are not. So the dataflow must be given the
     * same items in the same order when it is started again: it goes on behind those that it has
     * read, and with new ones if there are any behind them. A start with fewer items than have been
     * read fails. The source is serializable if the items are.
     *
     * @param items are copied; none of them null
     * @throws NullPointerException if one is null
     */
    static <T> FixedPartitionedSource<T, Integer> from(Iterable<? extends T> items) {
        return ItemSource.of(items);
    }

    /** How often an item is read for good, if positions are kept. */
    Guarantee guarantee();
}
