package dev.waxwing.source;

import java.io.Serializable;
import java.time.Duration;

/**
 * How a queue is read.
 *
 * @param batchMessages how many are received at a time, at most
 * @param waitMax how long a call waits for messages; acknowledgements wait meanwhile
 * @param unacknowledgedMax how many may be under way; the queue is not read while there are as many
 * @param rememberedIds of how many messages, beside those under way, the ids are kept to pass over
 *     what comes again; stored with every snapshot. A message that comes again later than that is
 *     emitted again
 * @param extendEvery how often the queue is told to hold what is under way for longer; about a
 *     third of the time after which it would deliver again
 */
public record QueueOptions(
        int batchMessages,
        Duration waitMax,
        int unacknowledgedMax,
        int rememberedIds,
        Duration extendEvery)
        implements Serializable {

    public QueueOptions {
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
    }

    /** 100 at a time, 200 ms, 10 000 under way, 10 000 ids, every 10 s. */
    public static QueueOptions defaults() {
        return new QueueOptions(
                100, Duration.ofMillis(200), 10_000, 10_000, Duration.ofSeconds(10));
    }

    public QueueOptions withBatchMessages(int messages) {
        return new QueueOptions(messages, waitMax, unacknowledgedMax, rememberedIds, extendEvery);
    }

    public QueueOptions withWaitMax(Duration longest) {
        return new QueueOptions(
                batchMessages, longest, unacknowledgedMax, rememberedIds, extendEvery);
    }

    public QueueOptions withUnacknowledgedMax(int messages) {
        return new QueueOptions(batchMessages, waitMax, messages, rememberedIds, extendEvery);
    }

    public QueueOptions withRememberedIds(int ids) {
        return new QueueOptions(batchMessages, waitMax, unacknowledgedMax, ids, extendEvery);
    }

    public QueueOptions withExtendEvery(Duration interval) {
        return new QueueOptions(batchMessages, waitMax, unacknowledgedMax, rememberedIds, interval);
    }

    private static void require(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    name + " must be " + least + " or more, but was " + value);
        }
    }
}
