/**
 * Ends of chains: batches of items, written by partition, and what becomes of those that were not.
 * Read {@link dev.waxwing.engine.sink.SinkLink} first, then {@code SinkWriter}, and the link of
 * each kind of sink: {@code PlainSinkLink}, {@code PositionSinkLink}, {@code EpochSinkLink}.
 */
@NullMarked
package dev.waxwing.engine.sink;

import org.jspecify.annotations.NullMarked;
