package dev.waxwing.sink;

import java.util.UUID;

/**
 * What a target remembers of the last epoch that it holds of a partition.
 *
 * @param epoch the last epoch, 0 if none
 * @param generation of the execution that owns it
 * @param lineage of the recovery store of that execution
 * @param owner made by that execution at random
 */
public record Marker(long epoch, long generation, UUID lineage, UUID owner) {}
