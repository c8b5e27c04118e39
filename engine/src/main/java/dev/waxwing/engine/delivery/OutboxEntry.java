package dev.waxwing.engine.delivery;

import dev.waxwing.recovery.segment.SegmentRef;
import dev.waxwing.recovery.segment.Segments;

/**
 * The outbox of a partition for an epoch, as the store keeps it with the epoch.
 *
 * @param segment holds the items
 * @param schema number of the schema of the items in the store
 * @param previous the epoch before it that has something for the partition, 0 if none
 * @param batchItems how many items a batch has if it is sent in batches, so that these stay the
 *     same; 0 if it is applied as a whole
 * @param closedMillis when it was closed, in milliseconds since 1970
 */
public record OutboxEntry(
        SegmentRef segment, int schema, long previous, int batchItems, long closedMillis) {

    /** Whether a target has rejected some of its items. */
    public boolean hasRejected(Segments segments) {
        return Rejections.exist(segments, segment.name());
    }
}
