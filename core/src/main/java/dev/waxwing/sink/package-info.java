/**
 * The contract of output. Read {@link dev.waxwing.sink.FixedPartitionedSink} first: its partitions
 * snapshot a position and so can keep a promise of exactly once. {@link
 * dev.waxwing.sink.DynamicSink} writes at least once.
 *
 * <p>This package knows no runner.
 */
@NullMarked
package dev.waxwing.sink;

import org.jspecify.annotations.NullMarked;
