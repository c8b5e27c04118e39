package dev.waxwing.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.source.QueueSource.MessageQueue;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is emitted, passed over, acknowledged and told to the queue; call by call. */
final class QueuePartitionTest {

    private final HandQueue queue = new HandQueue();
    private final List<String> emitted = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private QueueSource.Options options = QueueSource.Options.defaults().withBatchMessages(2);

    @Test
    void messagesAreAcknowledgedUpToThePosition() throws Exception {
        var partition = open(null);
        queue.has("t1 a", "t2 b");
        queue.has("t3 c");

        read(partition);
        QueueSource.Position first = partition.snapshot();
        read(partition);
        partition.acknowledge(first);

        assertThat(emitted).containsExactly("a", "b", "c");
        assertThat(queue.calls).containsExactly("acknowledge [t1, t2]");
    }

    @Test
    void nothingIsAcknowledgedTwice() throws Exception {
        var partition = open(null);
        queue.has("t1 a");
        read(partition);

        partition.acknowledge(partition.snapshot());
        partition.acknowledge(partition.snapshot());

        assertThat(queue.calls).containsExactly("acknowledge [t1]");
    }

    @Test
    void messageThatComesAgainWhileItIsUnderWayIsPassedOverAndItsNewTagAcknowledged()
            throws Exception {
        var partition = open(null);
        queue.has("t1 a", "t2 b");
        queue.has("t3 a");
        read(partition);
        read(partition);

        partition.acknowledge(partition.snapshot());

        assertThat(emitted).containsExactly("a", "b");
        assertThat(queue.calls).containsExactly("acknowledge [t3, t2]");
    }

    @Test
    void messageThatComesTwiceAtATimeIsEmittedOnce() throws Exception {
        var partition = open(null);
        queue.has("t1 a", "t2 a");
        read(partition);

        partition.acknowledge(partition.snapshot());

        assertThat(emitted).containsExactly("a");
        assertThat(queue.calls).containsExactly("acknowledge [t2]");
    }

    @Test
    void messageThatComesAgainWhenItIsDoneIsAcknowledgedAgain() throws Exception {
        var partition = open(null);
        queue.has("t1 a");
        queue.has("t2 a");
        read(partition);
        partition.acknowledge(partition.snapshot());

        read(partition);

        assertThat(emitted).containsExactly("a");
        assertThat(queue.calls).containsExactly("acknowledge [t1]", "acknowledge [t2]");
    }

    @Test
    void restartPassesOverWhatItsPositionCoversAndAcknowledgesItWithTheNext() throws Exception {
        var before = open(null);
        queue.has("t1 a", "t2 b");
        read(before);
        QueueSource.Position position = before.snapshot();
        var partition = open(position);
        queue.has("t3 b", "t4 c");

        read(partition);

        assertThat(emitted).containsExactly("a", "b", "c");
        assertThat(queue.calls).isEmpty();
        partition.acknowledge(partition.snapshot());
        assertThat(queue.calls).containsExactly("acknowledge [t3, t4]");
        assertThat(partition.snapshot().messages()).isEqualTo(3);
    }

    @Test
    void positionOfARestartIsTheOneItWasGiven() throws Exception {
        var before = open(null);
        queue.has("t1 a", "t2 b");
        read(before);

        assertThat(open(before.snapshot()).snapshot()).isEqualTo(before.snapshot());
    }

    @Test
    void messageWithoutAnIdIsEmittedAsOftenAsItComes() throws Exception {
        var partition = open(null);
        queue.has("t1 -", "t2 -");
        read(partition);

        partition.acknowledge(partition.snapshot());

        assertThat(emitted).containsExactly("-", "-");
        assertThat(queue.calls).containsExactly("acknowledge [t1, t2]");
        assertThat(partition.snapshot().ids()).isEmpty();
    }

    @Test
    void oldestIdsAreForgottenWhenThereAreTooMany() throws Exception {
        options = options.withRememberedIds(2);
        var partition = open(null);
        for (String message : List.of("t1 a", "t2 b", "t3 c", "t4 a", "t5 c")) {
            queue.has(message);
            read(partition);
            partition.acknowledge(partition.snapshot());
        }

        assertThat(emitted).containsExactly("a", "b", "c", "a");
    }

    @Test
    void queueIsNotReadWhileTooManyAreUnderWay() throws Exception {
        options = options.withUnacknowledgedMax(3);
        var partition = open(null);
        queue.has("t1 a", "t2 b");
        queue.has("t3 c");
        queue.has("t4 d");
        read(partition);
        read(partition);
        read(partition);
        assertThat(emitted).containsExactly("a", "b", "c");

        partition.acknowledge(partition.snapshot());
        read(partition);

        assertThat(emitted).containsExactly("a", "b", "c", "d");
        assertThat(queue.asked).containsExactly(2, 1, 2);
    }

    @Test
    void whatIsUnderWayIsHeldForLongerNowAndThen() throws Exception {
        var partition = open(null);
        queue.has("t1 a");
        queue.has();
        queue.has();
        read(partition);
        now = now.plusSeconds(9);
        read(partition);
        now = now.plusSeconds(1);
        read(partition);

        assertThat(queue.calls).containsExactly("extend [t1]");
    }

    @Test
    void clockThatIsSetBackDelaysNoExtension() throws Exception {
        var partition = open(null);
        queue.has("t1 a");
        read(partition);

        now = now.minusSeconds(3_600);
        partition.renew();
        now = now.plusSeconds(9);
        partition.renew();
        assertThat(queue.calls).isEmpty();
        now = now.plusSeconds(1);
        partition.renew();

        assertThat(queue.calls).containsExactly("extend [t1]");
    }

    @Test
    void closeGivesBackWhatIsUnderWay() throws Exception {
        var partition = open(null);
        queue.has("t1 a", "t2 b");
        read(partition);

        partition.close();

        assertThat(queue.calls).containsExactly("release [t1, t2]", "close");
    }

    @Test
    void closeClosesTheQueueThoughGivingBackFails() throws Exception {
        var partition = open(null);
        queue.has("t1 a");
        read(partition);
        queue.failure = new IOException("gone");

        assertThatThrownBy(partition::close).hasMessage("gone");
        assertThat(queue.calls).containsExactly("close");
    }

    @Test
    void whatWasReceivedIsEmittedThoughACallFailsToAcknowledge() throws Exception {
        var partition = open(null);
        queue.has("t1 a");
        queue.has("t2 a", "t3 b");
        read(partition);
        partition.acknowledge(partition.snapshot());
        queue.failure = new IOException("gone");

        assertThatThrownBy(() -> read(partition)).hasMessage("gone");
        assertThat(emitted).containsExactly("a", "b");
        assertThat(partition.snapshot().messages()).isEqualTo(2);
        queue.failure = null;
        read(partition);
        assertThat(queue.calls).containsExactly("acknowledge [t1]", "acknowledge [t2]");
    }

    @Test
    void whatIsUnderWayIsHeldForLongerThoughTheQueueIsNotRead() throws Exception {
        var partition = open(null);
        queue.has("t1 a");
        read(partition);

        partition.renew();
        now = now.plusSeconds(10);
        partition.renew();
        partition.renew();

        assertThat(queue.calls).containsExactly("extend [t1]");
    }

    @Test
    void queueThatWillNeverHaveMoreEndsTheInput() throws Exception {
        var partition = open(null);

        assertThat(read(partition)).isEqualTo(SourceStatus.ENDED);
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> options.withBatchMessages(0))
                .hasMessage("batchMessages must be 1 or more, but was 0");
        assertThatThrownBy(() -> options.withUnacknowledgedMax(0))
                .hasMessage("unacknowledgedMax must be 1 or more, but was 0");
        assertThatThrownBy(() -> options.withRememberedIds(-1))
                .hasMessage("rememberedIds must be 0 or more, but was -1");
        assertThatThrownBy(() -> options.withWaitMax(Duration.ofSeconds(-1)))
                .hasMessageContaining("waitMax must be zero or longer");
        assertThatThrownBy(() -> options.withExtendEvery(Duration.ZERO))
                .hasMessageContaining("extendEvery must be longer than zero");
    }

    private QueuePartition<String> open(QueueSource.@Nullable Position position) {
        InstantSource clock = () -> now;
        return new QueuePartition<>(queue, options, clock, position);
    }

    private SourceStatus read(QueuePartition<String> partition) throws Exception {
        return partition.nextBatch(
                new SourceEmitter<>() {
                    @Override
                    public void emit(String item) {
                        emitted.add(item);
                    }

                    @Override
                    public void reject(Object raw, Exception cause) {
                        throw new AssertionError("a queue rejects nothing");
                    }
                });
    }

    /** Gives what it is told to, as tag and id, which is the item, too; an id of - is none. */
    private static final class HandQueue implements MessageQueue<String> {

        private final Deque<List<String>> batches = new ArrayDeque<>();
        private final List<String> calls = new ArrayList<>();
        private final List<Integer> asked = new ArrayList<>();
        private @Nullable IOException failure;

        void has(String... messages) {
            batches.add(Arrays.asList(messages));
        }

        @Override
        public @Nullable List<QueueSource.Message<String>> receive(int messagesMax, Duration wait) {
            asked.add(messagesMax);
            List<String> batch = batches.poll();
            return batch == null ? null : batch.stream().map(HandQueue::message).toList();
        }

        @Override
        public void acknowledge(List<String> tags) throws IOException {
            called("acknowledge " + tags);
        }

        @Override
        public void release(List<String> tags) throws IOException {
            called("release " + tags);
        }

        @Override
        public void extend(List<String> tags) throws IOException {
            called("extend " + tags);
        }

        @Override
        public void close() {
            calls.add("close");
        }

        private void called(String call) throws IOException {
            if (failure != null) {
                throw failure;
            }
            calls.add(call);
        }

        private static QueueSource.Message<String> message(String text) {
            String id = text.substring(text.indexOf(' ') + 1);
            return new QueueSource.Message<>(
                    text.substring(0, text.indexOf(' ')), id.equals("-") ? null : id, id);
        }
    }
}
