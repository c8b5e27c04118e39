package dev.waxwing.plan.core;

/** The way by which items come to the workers of a step. */
public enum Routing {

    /** From outside: the step reads a source. */
    SOURCE,

    /** Items stay on the worker that has them. */
    STRAIGHT,

    /** Several streams become one; items stay on the worker that has them. */
    MERGED,

    /** Items of a key meet on one worker. */
    BY_KEY,

    /** Items are spread evenly over the workers. */
    SPREAD,

    /** Items go to the worker that has their partition of the step's sink, if it matters. */
    BY_PARTITION
}
