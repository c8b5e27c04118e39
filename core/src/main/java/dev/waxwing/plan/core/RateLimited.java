package dev.waxwing.plan.core;

/**
 * A capability of what a step calls for each item: nothing is called, and the items themselves come
 * out, in order, when a {@link RateLimit} lets them. Items of a key meet on one worker for it, and
 * wait there for calls that an earlier execution has left.
 */
public interface RateLimited {

    /** A limit of its own for each worker and attempt. */
    RateLimit newLimit();
}
