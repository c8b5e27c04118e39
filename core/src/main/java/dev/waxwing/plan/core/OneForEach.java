package dev.waxwing.plan.core;

/**
 * A capability of a kernel: it emits one item in each call that takes one, and none at any other
 * time. Runners take its word for it and count the items once: with a kernel that does otherwise,
 * the counters of its step and of those behind it are wrong.
 */
public interface OneForEach {}
