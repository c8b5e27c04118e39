/**
 * Contracts that sources and sinks share: {@link dev.waxwing.connector.Guarantee}, how often an
 * item has its effect, and {@link dev.waxwing.connector.BlockingPartition}, a partition with a
 * thread of its own.
 *
 * <p>This package knows neither sources nor sinks.
 */
@NullMarked
package dev.waxwing.connector;

import org.jspecify.annotations.NullMarked;
