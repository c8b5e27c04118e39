package dev.waxwing.plan;

import java.io.Serializable;

/**
 * Where a stream comes from.
 *
 * @param step index of a core step
 * @param port index of its output, 0 for the main one
 */
public record Origin(int step, int port) implements Serializable {}
