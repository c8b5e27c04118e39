package dev.waxwing.source;

/** Whether a partition may have more items. */
public enum SourceStatus {
    /** There may be more, now or later. */
    OPEN,
    /** That was the last item; the partition has ended for this execution. */
    ENDED
}
