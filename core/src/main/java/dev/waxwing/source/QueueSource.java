package dev.waxwing.source;

import dev.waxwing.connector.Promise;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source that reads a queue which delivers messages again until they are acknowledged, as SQS,
 * AMQP and MQTT do. The author of a connector says how to open a {@link MessageQueue}.
 *
 * <p>A message is acknowledged when its epoch is done: its effects are in a durable snapshot, and
 * all sinks have committed; what a crash kept from that, with the next epoch. So none is lost,
 * whatever crashes. What comes again, as it was not acknowledged in time or because queues do that,
 * is passed over if messages have ids and {@link QueueOptions#rememberedIds} reaches so far back:
 * then each takes effect once. Without ids it takes effect again.
 *
 * <p>Each partition is a queue of its own: what was delivered to one must not come again to
 * another. To work on a queue in parallel, {@code redistribute} what it emits.
 *
 * @param <T> item
 */
public interface QueueSource<T> extends FixedPartitionedSource<T, QueuePosition> {

    /**
     * Connects to a queue.
     *
     * @param forPart a name out of {@link #listParts}
     */
    MessageQueue<T> open(String forPart) throws Exception;

    /** Whether every message has an id. */
    boolean hasIds();

    /** How it is read. */
    default QueueOptions options() {
        return QueueOptions.defaults();
    }

    /** The clock that {@link QueueOptions#extendEvery} goes by; for tests. */
    default InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    default List<String> listParts() {
        return List.of("queue");
    }

    @Override
    default StatefulSourcePartition<T, QueuePosition> buildPart(
            String stepId, String forPart, @Nullable QueuePosition resumeState) throws Exception {
        return new QueuePartition<>(open(forPart), options(), clock(), resumeState);
    }

    @Override
    default Promise promise() {
        return hasIds() ? Promise.EFFECTIVELY_ONCE : Promise.AT_LEAST_ONCE;
    }
}
