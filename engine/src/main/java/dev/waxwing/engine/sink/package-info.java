/**
 * Ends of chains: batches of items, written by partition, and what becomes of those that were not.
 * Read {@link dev.waxwing.engine.sink.SinkLink} first.
 */
@NullMarked
package dev.waxwing.engine.sink;

import org.jspecify.annotations.NullMarked;
