package dev.waxwing.testing;

import dev.waxwing.source.QueueSource;
import dev.waxwing.source.QueueSource.MessageQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What a test queue keeps, whoever is connected to it. Thread-safe. */
final class TestQueueMessages<T> {

    /** Of how many messages a disorderly queue chooses the next. */
    private static final int CHOICE = 4;

    private static final int ONE_REPETITION_IN = 5;

    private final List<Message<T>> messages = new ArrayList<>();

    /** By index of a message, how many crashes are to fire before it is delivered. */
    private final List<Integer> crashes = new ArrayList<>();

    private @Nullable Duration visibility;
    private @Nullable InstantSource clock;
    private @Nullable Random disorder;
    private int deliveries;

    @SuppressWarnings("unchecked") // whoever made the queue said that they are
    TestQueueMessages(List<?> elements) {
        crashes.add(0);
        for (Object element : elements) {
            if (element instanceof TestItems.Crash) {
                crashes.set(messages.size(), crashes.get(messages.size()) + 1);
            } else {
                messages.add(new Message<>(messages.size(), (T) element));
                crashes.add(0);
            }
        }
    }

    synchronized void setVisibility(Duration wanted, InstantSource by) {
        visibility = wanted;
        clock = by;
    }

    /** The clock that time is told by, the system's if none was given. */
    synchronized InstantSource clock() {
        return clock == null ? InstantSource.system() : clock;
    }

    synchronized void setDisorder(long seed) {
        disorder = new Random(seed);
    }

    synchronized List<T> unacknowledged() {
        return messages.stream()
                .filter(message -> !message.acknowledged)
                .map(message -> message.item)
                .toList();
    }

    synchronized int deliveries() {
        return deliveries;
    }

    MessageQueue<T> connect(boolean hasIds) {
        return new Connection(hasIds);
    }

    /* Null if there will never be one, empty if there is none for now. */
    private synchronized @Nullable List<QueueSource.Message<T>> receive(
            Connection connection, int messagesMax) {
        expire();
        List<QueueSource.Message<T>> received = new ArrayList<>();
        while (received.size() < messagesMax) {
            List<Message<T>> choice = choice();
            if (choice.isEmpty()) {
                crashIfDue(received.isEmpty());
                break;
            }
            Random random = disorder;
            int index = random == null ? 0 : random.nextInt(choice.size());
            received.add(deliver(choice.get(index), connection));
            if (random != null && random.nextInt(ONE_REPETITION_IN) == 0) {
                repeat(connection, random, received);
            }
        }
        return received.isEmpty() && isDrainedBy(connection) ? null : received;
    }

    private void repeat(
            Connection connection, Random random, List<QueueSource.Message<T>> received) {
        Message<T> any = messages.get(random.nextInt(messages.size()));
        if (any.holder == connection || any.acknowledged) {
            received.add(deliver(any, connection));
        }
    }

    /* Those that may be next: free, and not behind a crash. */
    private List<Message<T>> choice() {
        List<Message<T>> free = new ArrayList<>();
        for (Message<T> message : messages) {
            if (crashes.get(message.number) > 0 || free.size() == CHOICE) {
                break;
            }
            if (message.holder == null && !message.acknowledged) {
                free.add(message);
            }
        }
        return free;
    }

    private void crashIfDue(boolean nothingReceived) {
        for (int i = 0; i < crashes.size() && nothingReceived; i++) {
            if (crashes.get(i) > 0) {
                crashes.set(i, crashes.get(i) - 1);
                throw new CrashException("crash before message " + i + ", as the test asked for");
            }
        }
    }

    private QueueSource.Message<T> deliver(Message<T> message, Connection connection) {
        deliveries++;
        message.deliveries++;
        message.holder = connection;
        message.heldUntil = heldUntil();
        return new QueueSource.Message<>(
                message.tag(), connection.hasIds ? "m" + message.number : null, message.item);
    }

    private boolean isDrainedBy(Connection connection) {
        return crashes.stream().allMatch(count -> count == 0)
                && messages.stream()
                        .allMatch(message -> message.acknowledged || message.holder == connection);
    }

    private void expire() {
        if (clock != null) {
            Instant now = clock.instant();
            messages.stream()
                    .filter(message -> !now.isBefore(message.heldUntil))
                    .forEach(message -> message.holder = null);
        }
    }

    private Instant heldUntil() {
        return clock == null || visibility == null ? Instant.MAX : clock.instant().plus(visibility);
    }

    /** A message and who holds it. */
    private static final class Message<T> {

        private final int number;
        private final T item;
        private int deliveries;
        private boolean acknowledged;
        private @Nullable Object holder;
        private Instant heldUntil = Instant.MAX;

        Message(int number, T item) {
            this.number = number;
            this.item = item;
        }

        String tag() {
            return number + "/" + deliveries;
        }
    }

    /** A connection; what it holds is free again when it is closed, unless time decides that. */
    private final class Connection implements MessageQueue<T> {

        private final boolean hasIds;

        Connection(boolean hasIds) {
            this.hasIds = hasIds;
        }

        @Override
        public @Nullable List<QueueSource.Message<T>> receive(int messagesMax, Duration wait) {
            return TestQueueMessages.this.receive(this, messagesMax);
        }

        @Override
        public void acknowledge(List<String> tags) {
            synchronized (TestQueueMessages.this) {
                held(tags).forEach(message -> message.acknowledged = true);
            }
        }

        @Override
        public void release(List<String> tags) {
            synchronized (TestQueueMessages.this) {
                if (visibility == null) {
                    held(tags).forEach(message -> message.holder = null);
                }
            }
        }

        @Override
        public void extend(List<String> tags) {
            synchronized (TestQueueMessages.this) {
                held(tags).forEach(message -> message.heldUntil = heldUntil());
            }
        }

        @Override
        public void close() {
            synchronized (TestQueueMessages.this) {
                if (visibility == null) {
                    messages.stream()
                            .filter(message -> message.holder == this)
                            .forEach(message -> message.holder = null);
                }
            }
        }

        /* By the tag of the last delivery; others are not valid any more. */
        private List<Message<T>> held(List<String> tags) {
            return messages.stream()
                    .filter(message -> message.holder == this && tags.contains(message.tag()))
                    .toList();
        }
    }
}
