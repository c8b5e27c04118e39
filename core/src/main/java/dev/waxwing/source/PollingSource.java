package dev.waxwing.source;

import dev.waxwing.function.Supplier;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source that asks for one item at fixed times: a service without push, a sensor, a page.
 *
 * <p>Polls are scheduled one interval apart, counted from the first and not from when a poll was
 * really made, so that they do not drift. Times that have passed when a poll is done, because it or
 * the machine took long, are left out rather than made up for in a burst; a warning tells how many.
 *
 * <pre>{@code
 * record Prices(URI service) implements PollingSource<Price, Long> {
 *     @Override public Duration interval() { return Duration.ofSeconds(5); }
 *     @Override public Poller<Price, Long> open(@Nullable Long last) { return new PricePoller(service, last); }
 * }
 * }</pre>
 *
 * @param <T> item
 * @param <S> position of the next item; immutable, of a type that the state codec can handle
 */
public interface PollingSource<T, S> extends FixedPartitionedSource<T, S> {

    /** Asks a function that needs no position; after a resume it is simply asked again. */
    static <T> PollingSource<T, Boolean> every(
            Duration interval, Supplier<? extends @Nullable T> nextItem) {
        return new SuppliedPolling<>(interval, nextItem);
    }

    /** Time between two polls, longer than zero. */
    Duration interval();

    /**
     * A time that polls fall on, and all whole intervals before and after it: 04:00 and an interval
     * of half an hour make polls on the hour and the half hour.
     *
     * @return null to poll at once and from then on
     */
    default @Nullable Instant alignTo() {
        return null;
    }

    /** The clock that polls go by; for tests. */
    default InstantSource clock() {
        return InstantSource.system();
    }

    /**
     * Opens what is asked.
     *
     * @param resumeState what {@link Poller#snapshot} returned at the end of the resume epoch, or
     *     null to start from the beginning
     */
    Poller<T, S> open(@Nullable S resumeState) throws Exception;

    @Override
    default List<String> listParts() {
        return List.of("singleton");
    }

    @Override
    default StatefulSourcePartition<T, S> buildPart(
            String stepId, String forPart, @Nullable S resumeState) throws Exception {
        PollTimes times = PollTimes.from(clock(), interval(), alignTo(), stepId);
        return new PollingPartition<>(open(resumeState), times);
    }

    /**
     * What a {@link PollingSource} asks for items. Used by a single thread, which is its own, so
     * that it may block.
     *
     * @param <T> item
     * @param <S> position of the next item; immutable
     */
    interface Poller<T, S> extends AutoCloseable {

        /**
         * Asks once.
         *
         * @return the item, or null if there is none this time
         * @throws RetryException to be asked again at another time than the interval says
         * @throws Exception if asking fails; the execution stops unless the step has a policy for
         *     it
         */
        @Nullable T nextItem() throws Exception;

        /**
         * Whether there is more already, so that it is asked again at once; asked after each call
         * of {@link #nextItem} that did not throw.
         */
        default boolean hasMore() {
            return false;
        }

        /** Whether that was all; asked after each call of {@link #nextItem}. */
        default boolean isEnded() {
            return false;
        }

        /** Position after the last item; what {@link PollingSource#open} is given on a resume. */
        S snapshot();

        /** Releases what the poller holds; exactly once, however the execution ends. */
        @Override
        default void close() throws Exception {}
    }

    /**
     * Thrown by a {@link Poller} that has nothing now and wants to be asked again at another time.
     */
    final class RetryException extends Exception {

        private static final long serialVersionUID = 1L;

        private final Duration after;

        /**
         * @param after time from this poll to the next, zero or longer
         */
        public RetryException(Duration after) {
            super("nothing now, poll again after " + after);
            if (after.isNegative()) {
                throw new IllegalArgumentException(
                        "after must be zero or longer, but was " + after);
            }
            this.after = after;
        }

        /** Time from this poll to the next. */
        public Duration after() {
            return after;
        }
    }
}
