package dev.waxwing.engine.worker;

/**
 * What went over an edge, for the ledger.
 *
 * @param id of the edge, the same on all workers
 * @param items handed over or received since the execution started
 */
public record Edge(int id, long items) {}
