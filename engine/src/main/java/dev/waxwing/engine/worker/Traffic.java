package dev.waxwing.engine.worker;

import java.util.List;

/**
 * What went over the edges of a worker since the execution started.
 *
 * @param sent what it handed over
 * @param received what it received
 */
public record Traffic(List<Edge> sent, List<Edge> received) {}
