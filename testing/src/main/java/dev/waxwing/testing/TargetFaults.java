package dev.waxwing.testing;

import java.io.Serializable;

/**
 * Called by the targets of this package before and after each call that an execution makes, to make
 * it fail there. The points are {@code claim}, {@code apply}, {@code send}, {@code write}, {@code
 * prepare}, {@code commit} and {@code abort}, each with {@code .before}: the target has nothing of
 * the call yet, and {@code .after}: it has all. {@code apply} and {@code send} have {@code
 * .middle}, too: rows are sent and the transaction is open, or some items are there and others are
 * not.
 */
@FunctionalInterface
public interface TargetFaults extends Serializable {

    /** Never fails. */
    TargetFaults NONE = point -> {};

    /** Lets the call go on by returning, or ends it there by throwing. */
    void at(String point) throws Exception;
}
