package dev.waxwing.source;

import java.util.List;

/**
 * How far a queue has been read.
 *
 * @param messages how many were emitted, over all executions
 * @param ids of the messages that are not to be emitted again, the oldest first, in the groups in
 *     which they were received
 */
public record QueuePosition(long messages, List<List<String>> ids) {

    public QueuePosition {
        ids = List.copyOf(ids);
    }
}
