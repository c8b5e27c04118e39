package dev.waxwing.recovery.segment;

/**
 * Refers to a segment that is complete.
 *
 * @param name of the segment
 * @param bytes its length
 * @param items how many entries it has
 * @param checksum of its chunks' checksums
 */
public record SegmentRef(String name, long bytes, long items, long checksum) {}
