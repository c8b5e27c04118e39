package dev.waxwing.engine.worker;

import dev.waxwing.engine.channel.Pace;

/**
 * What the workers of an execution and its coordinator begin with.
 *
 * @param workers how many there are
 * @param lastEpoch the largest epoch ever used, 0 for a fresh start; the next one is the first
 * @param settledEpoch the last epoch before sources are read; up to it, epochs end as soon as they
 *     can
 * @param runningMillis how long the dataflow had been running, in milliseconds
 * @param pace how long what a barrier waits for may take
 */
public record Beginning(
        int workers, long lastEpoch, long settledEpoch, long runningMillis, Pace pace) {}
