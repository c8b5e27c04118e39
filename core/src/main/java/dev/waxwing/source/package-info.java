/**
 * The contract of input. Read {@link dev.waxwing.source.FixedPartitionedSource} first; {@link
 * dev.waxwing.source.DynamicSource} is for input without positions, {@link
 * dev.waxwing.source.PollingSource} for what is asked now and then, {@link
 * dev.waxwing.source.QueueSource} for queues that deliver again; {@link
 * dev.waxwing.source.Source#of} makes one of items in memory. Capabilities that a partition may add
 * ({@link dev.waxwing.source.AcknowledgingPartition}, {@link
 * dev.waxwing.connector.BlockingPartition}) are interfaces of their own.
 *
 * <p>This package knows no runner.
 */
@NullMarked
package dev.waxwing.source;

import org.jspecify.annotations.NullMarked;
