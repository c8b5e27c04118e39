/**
 * The files beside a store, for what is too large for its transactions: the outboxes of sinks.
 *
 * <p>Read {@link dev.waxwing.recovery.segment.Segments} first. A store says by {@link
 * dev.waxwing.recovery.segment.SegmentFile} where the bytes are; their layout is here. This package
 * must not know what the entries mean.
 */
@NullMarked
package dev.waxwing.recovery.segment;

import org.jspecify.annotations.NullMarked;
