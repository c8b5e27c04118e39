package dev.waxwing.engine.channel;

/**
 * The size of the edges between stages.
 *
 * @param ringBatches how many batches the ring of an edge holds, 2 or more
 * @param batchItems how many items a batch holds, 1 or more
 * @param pace how long what a barrier waits for may take
 */
public record Channels(int ringBatches, int batchItems, Pace pace) {}
