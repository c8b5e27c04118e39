package dev.waxwing.plan.core;

/**
 * A capability of a kernel: what it does for each item is the point of it, as with inspecting. A
 * dataflow that ends in such a step needs no output.
 */
public interface SideEffect {}
