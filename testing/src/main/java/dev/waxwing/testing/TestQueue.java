package dev.waxwing.testing;

import dev.waxwing.source.QueueSource;
import dev.waxwing.source.QueueSource.MessageQueue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A queue in memory that delivers its messages again until they are acknowledged, as its
 * connections are closed or time passes; it outlives executions. {@linkplain TestItems#crash
 * Crashes} among the elements fire once, when all before them have been received. Ends when all
 * messages are acknowledged or held by the connection that asks. Thread-safe.
 *
 * @param <T> item
 */
public final class TestQueue<T> implements QueueSource<T> {

    private static final long serialVersionUID = 1L;

    private final transient TestQueueMessages<T> messages;
    private final boolean hasIds;
    private final QueueSource.Options options;

    private TestQueue(TestQueueMessages<T> messages, boolean hasIds, QueueSource.Options options) {
        this.messages = messages;
        this.hasIds = hasIds;
        this.options = options;
    }

    /**
     * A queue of messages with ids, received one at a time, which come again when their connection
     * is closed.
     *
     * @param first the first item
     * @param rest further items of the same type, and crashes
     */
    public static <T> TestQueue<T> of(T first, Object... rest) {
        List<Object> elements = new ArrayList<>();
        elements.add(first);
        Collections.addAll(elements, rest);
        return ofElements(elements);
    }

    /** As {@link #of}, of a list, which may be empty or begin with a crash. */
    public static <T> TestQueue<T> ofElements(List<?> elements) {
        return new TestQueue<>(
                new TestQueueMessages<>(elements),
                true,
                QueueSource.Options.defaults().withBatchMessages(1).withWaitMax(Duration.ZERO));
    }

    /** The same queue, whose messages are delivered without their ids. */
    public TestQueue<T> withoutIds() {
        return new TestQueue<>(messages, false, options);
    }

    /** The same queue, read in this way. */
    public TestQueue<T> withOptions(QueueSource.Options wanted) {
        return new TestQueue<>(messages, hasIds, wanted);
    }

    /**
     * From now on messages do not come again when their connection is closed or gives them back, as
     * if its process had been killed, but when they have been held for so long by this clock.
     */
    public TestQueue<T> withVisibility(Duration visibility, InstantSource clock) {
        messages.setVisibility(visibility, clock);
        return this;
    }

    /**
     * From now on messages come in a random order, and some of them twice, also when they have been
     * acknowledged.
     */
    public TestQueue<T> withDisorder(long seed) {
        messages.setDisorder(seed);
        return this;
    }

    /** What has not been acknowledged, in the order of the elements; a copy. */
    public List<T> unacknowledged() {
        return messages.unacknowledged();
    }

    /** How many messages were delivered, repeated ones counted again. */
    public int deliveries() {
        return messages.deliveries();
    }

    @Override
    public MessageQueue<T> open(String forPart) {
        return messages.connect(hasIds);
    }

    @Override
    public boolean hasIds() {
        return hasIds;
    }

    @Override
    public QueueSource.Options options() {
        return options;
    }

    @Override
    public InstantSource clock() {
        return messages.clock();
    }
}
