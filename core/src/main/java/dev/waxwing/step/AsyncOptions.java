package dev.waxwing.step;

import java.io.Serializable;
import java.time.Duration;

/** How calls that complete elsewhere are made. */
public final class AsyncOptions implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Whether results keep the order of the items. */
    public enum Order {
        /**
         * In the order of the items; a slow call holds the results behind it. Within a key this
         * holds over crashes and changes of the number of workers, too: calls that were not
         * finished are made again before anything more is read.
         */
        KEPT,
        /** As calls complete, within an epoch. */
        AS_COMPLETED
    }

    private final int inFlightMax;
    private final Duration timeout;
    private final Order order;

    private AsyncOptions(int inFlightMax, Duration timeout, Order order) {
        if (inFlightMax < 1) {
            throw new IllegalArgumentException(
                    "inFlightMax must be 1 or more, but was " + inFlightMax);
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException(
                    "timeout must be longer than zero, but was " + timeout);
        }
        this.inFlightMax = inFlightMax;
        this.timeout = timeout;
        this.order = order;
    }

    /** 100 calls a worker, 30 seconds, order kept. */
    public static AsyncOptions defaults() {
        return new AsyncOptions(100, Duration.ofSeconds(30), Order.KEPT);
    }

    public AsyncOptions withInFlightMax(int calls) {
        return new AsyncOptions(calls, timeout, order);
    }

    public AsyncOptions withTimeout(Duration longest) {
        return new AsyncOptions(inFlightMax, longest, order);
    }

    public AsyncOptions withOrder(Order wanted) {
        return new AsyncOptions(inFlightMax, timeout, wanted);
    }

    /** {@return how many calls a worker keeps open, 1 or more; then the step takes no more} */
    public int inFlightMax() {
        return inFlightMax;
    }

    /** {@return how long a call may take; longer fails the execution} */
    public Duration timeout() {
        return timeout;
    }

    /** {@return whether results come out in the order of the items} */
    public Order order() {
        return order;
    }
}
