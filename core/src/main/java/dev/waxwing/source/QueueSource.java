package dev.waxwing.source;

import dev.waxwing.connector.Guarantee;
import java.io.Serializable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A source that reads a queue which delivers messages again until they are acknowledged, as SQS,
 * AMQP and MQTT do. The author of a connector says how to open a {@link MessageQueue}.
 *
 * <p>A message is acknowledged when its epoch is done: its effects are in a durable snapshot, and
 * all sinks have committed; what a crash kept from that, with the next epoch. So none is lost,
 * whatever crashes. What comes again, as it was not acknowledged in time or because queues do that,
 * is passed over if messages have ids and {@link Options#rememberedIds} reaches so far back: then
 * each takes effect once. Without ids it takes effect again.
 *
 * <p>Each partition is a queue of its own: what was delivered to one must not come again to
 * another. To work on a queue in parallel, {@code redistribute} what it emits.
 *
 * @param <T> item
 */
public interface QueueSource<T> extends FixedPartitionedSource<T, QueueSource.Position> {

    /**
     * Connects to a queue.
     *
     * @param forPart a name out of {@link #listParts}
     */
    MessageQueue<T> open(String forPart) throws Exception;

    /** Whether every message has an id. */
    boolean hasIds();

    /** How it is read. */
    default Options options() {
        return Options.defaults();
    }

    /** The clock that {@link Options#extendEvery} goes by; for tests. */
    default InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    default List<String> listParts() {
        return List.of("queue");
    }

    @Override
    default StatefulSourcePartition<T, Position> buildPart(
            String stepId, String forPart, @Nullable Position resumeState) throws Exception {
        return new QueuePartition<>(open(forPart), options(), clock(), resumeState);
    }

    @Override
    default Guarantee guarantee() {
        return hasIds() ? Guarantee.EFFECTIVELY_ONCE : Guarantee.AT_LEAST_ONCE;
    }

    /**
     * A connection to a queue that delivers a message again until it is acknowledged; what the
     * author of a connector writes, for a {@link QueueSource}. Used by a single thread, which is
     * its own, so that every method may block.
     *
     * <p>A tag is valid until the message is delivered again, acknowledged or released, or the
     * queue's time for it has run out; one that is not valid any more must be passed over silently.
     *
     * @param <T> item
     */
    interface MessageQueue<T> extends AutoCloseable {

        /**
         * Takes messages that nobody holds, and holds them.
         *
         * @param messagesMax 1 or more
         * @param wait how long to wait for the first, at most
         * @return in the queue's order, empty if there is none; null if there will never be one
         */
        @Nullable List<Message<T>> receive(int messagesMax, Duration wait) throws Exception;

        /** These have been dealt with for good and need not come again. */
        void acknowledge(List<String> tags) throws Exception;

        /**
         * Gives these back, so that they come again at once rather than when their time has run
         * out.
         */
        default void release(List<String> tags) throws Exception {}

        /**
         * Holds these for longer, as if they had just come; called now and then if there are any.
         */
        default void extend(List<String> tags) throws Exception {}

        /** Releases what the connection holds; exactly once, however the execution ends. */
        @Override
        default void close() throws Exception {}
    }

    /**
     * A message as a queue delivers it.
     *
     * @param tag names this delivery, to acknowledge it by
     * @param id names the message, the same each time that it is delivered; null if the queue has
     *     none
     * @param item what it says
     * @param <T> item
     */
    record Message<T>(String tag, @Nullable String id, T item) {

        public Message {
            Objects.requireNonNull(tag, "tag must not be null");
            Objects.requireNonNull(item, "item must not be null");
        }
    }

    /** Options of reading a queue. */
    final class Options implements Serializable {

        private static final long serialVersionUID = 1L;

        private final int batchMessages;
        private final Duration waitMax;
        private final int unacknowledgedMax;
        private final int rememberedIds;
        private final Duration extendEvery;

        private Options(
                int batchMessages,
                Duration waitMax,
                int unacknowledgedMax,
                int rememberedIds,
                Duration extendEvery) {
            require("batchMessages", batchMessages, 1);
            require("unacknowledgedMax", unacknowledgedMax, 1);
            require("rememberedIds", rememberedIds, 0);
            if (waitMax.isNegative()) {
                throw new IllegalArgumentException(
                        "waitMax must be zero or longer, but was " + waitMax);
            }
            if (extendEvery.isNegative() || extendEvery.isZero()) {
                throw new IllegalArgumentException(
                        "extendEvery must be longer than zero, but was " + extendEvery);
            }
            this.batchMessages = batchMessages;
            this.waitMax = waitMax;
            this.unacknowledgedMax = unacknowledgedMax;
            this.rememberedIds = rememberedIds;
            this.extendEvery = extendEvery;
        }

        /** 100 at a time, 200 ms, 10 000 under way, 10 000 ids, every 10 s. */
        public static Options defaults() {
            return new Options(100, Duration.ofMillis(200), 10_000, 10_000, Duration.ofSeconds(10));
        }

        public Options withBatchMessages(int messages) {
            return new Options(messages, waitMax, unacknowledgedMax, rememberedIds, extendEvery);
        }

        public Options withWaitMax(Duration longest) {
            return new Options(
                    batchMessages, longest, unacknowledgedMax, rememberedIds, extendEvery);
        }

        public Options withUnacknowledgedMax(int messages) {
            return new Options(batchMessages, waitMax, messages, rememberedIds, extendEvery);
        }

        public Options withRememberedIds(int ids) {
            return new Options(batchMessages, waitMax, unacknowledgedMax, ids, extendEvery);
        }

        public Options withExtendEvery(Duration interval) {
            return new Options(batchMessages, waitMax, unacknowledgedMax, rememberedIds, interval);
        }

        private static void require(String name, int value, int least) {
            if (value < least) {
                throw new IllegalArgumentException(
                        name + " must be " + least + " or more, but was " + value);
            }
        }

        /** {@return how many are received at a time, at most} */
        public int batchMessages() {
            return batchMessages;
        }

        /** {@return how long a call waits for messages; acknowledgements wait meanwhile} */
        public Duration waitMax() {
            return waitMax;
        }

        /** {@return how many may be under way; the queue is not read while there are as many} */
        public int unacknowledgedMax() {
            return unacknowledgedMax;
        }

        /**
         * {@return how many messages, beside those under way, have their ids kept, to pass over
         * what comes again; stored with every snapshot} A message that comes again later than that
         * is emitted again.
         */
        public int rememberedIds() {
            return rememberedIds;
        }

        /**
         * {@return how often the queue is told to hold what is under way for longer; about a third
         * of the time after which it would deliver again}
         */
        public Duration extendEvery() {
            return extendEvery;
        }
    }

    /**
     * A position in a queue.
     *
     * @param messages how many were emitted, over all executions
     * @param ids of the messages that are not to be emitted again, the oldest first, in the groups
     *     in which they were received
     */
    record Position(long messages, List<List<String>> ids) {

        public Position {
            ids = List.copyOf(ids);
        }
    }
}
