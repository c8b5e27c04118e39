package dev.waxwing.windowing;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/** How a window step treats its values and results. */
public final class WindowOptions implements Serializable {

    private static final long serialVersionUID = 1L;

    /** In which order values are put into windows. */
    public enum Order {
        /**
         * By timestamp: a value waits until the watermark has passed it. Costs memory and delay as
         * large as the clock's wait.
         */
        BY_TIMESTAMP,
        /** As they come. */
        AS_THEY_COME
    }

    /** When a window gives results before its end. */
    public static final class Early implements Serializable {

        private static final long serialVersionUID = 1L;

        /** No results before the end. */
        public static final Early NEVER = new Early(0, Duration.ZERO);

        private final int everyItems;
        private final Duration every;

        private Early(int everyItems, Duration every) {
            if (everyItems < 0) {
                throw new IllegalArgumentException(
                        "everyItems must be 0 or more, but was " + everyItems);
            }
            if (every.isNegative()) {
                throw new IllegalArgumentException(
                        "every must be zero or longer, but was " + every);
            }
            this.everyItems = everyItems;
            this.every = every;
        }

        /** {@return after how many values of a window it gives a result; 0 for never} */
        public int everyItems() {
            return everyItems;
        }

        /**
         * {@return how long after the first value since the last result a window gives another, in
         * the runtime's time; zero for never}
         */
        public Duration every() {
            return every;
        }
    }

    private final Order order;
    private final Duration allowedLateness;
    private final Early early;
    private final Duration retention;

    private WindowOptions(Order order, Duration allowedLateness, Early early, Duration retention) {
        Objects.requireNonNull(order, "order must not be null");
        Objects.requireNonNull(early, "early must not be null");
        if (allowedLateness.isNegative()) {
            throw new IllegalArgumentException(
                    "allowedLateness must be zero or longer, but was " + allowedLateness);
        }
        if (retention.isNegative()) {
            throw new IllegalArgumentException(
                    "retention must be zero or longer, but was " + retention);
        }
        this.order = order;
        this.allowedLateness = allowedLateness;
        this.early = early;
        this.retention = retention;
    }

    /** Values in order of their timestamps; results at the windows' ends; a day's retention. */
    public static WindowOptions ordered() {
        return new WindowOptions(
                Order.BY_TIMESTAMP, Duration.ZERO, Early.NEVER, Duration.ofDays(1));
    }

    /** Values as they come; results at the windows' ends; a day's retention. */
    public static WindowOptions unordered() {
        return new WindowOptions(
                Order.AS_THEY_COME, Duration.ZERO, Early.NEVER, Duration.ofDays(1));
    }

    /** The same with results that are updated for values behind the watermark. */
    public WindowOptions withAllowedLateness(Duration lateness) {
        return new WindowOptions(order, lateness, early, retention);
    }

    /** The same with a result after each so many values of a window. */
    public WindowOptions withEarlyResultEvery(int items) {
        return new WindowOptions(order, allowedLateness, new Early(items, early.every), retention);
    }

    /** The same with a result so long after a value of a window. */
    public WindowOptions withEarlyResultEvery(Duration duration) {
        return new WindowOptions(
                order, allowedLateness, new Early(early.everyItems, duration), retention);
    }

    /** The same with another retention of keys without windows. */
    public WindowOptions withRetention(Duration duration) {
        return new WindowOptions(order, allowedLateness, early, duration);
    }

    /** Whether each window gives exactly one result, at its end. */
    public boolean isOneResultAWindow() {
        return allowedLateness.isZero() && early.everyItems == 0 && early.every.isZero();
    }

    /** {@return whether values wait until the watermark has passed them} */
    public Order order() {
        return order;
    }

    /**
     * {@return how far behind the watermark a value may be without being late; zero or longer} If
     * it is longer than zero a window gives its result when the watermark passes its end, again for
     * each value that comes later, and is forgotten when the watermark is so far past its end.
     */
    public Duration allowedLateness() {
        return allowedLateness;
    }

    /** {@return when results are emitted before a window's end} */
    public Early early() {
        return early;
    }

    /**
     * {@return how long what is left of a key without open windows is kept: its own watermark, so
     * that late values stay late, and the number of its next session; then the key is as new} The
     * time for which the dataflow was stopped does not count. Zero or longer.
     */
    public Duration retention() {
        return retention;
    }
}
