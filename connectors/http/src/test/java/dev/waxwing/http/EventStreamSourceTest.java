package dev.waxwing.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.StatefulSourcePartition;
import dev.waxwing.step.BackOff;
import dev.waxwing.testing.PartitionReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How an event stream goes on when its connection does not. */
final class EventStreamSourceTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Queue<TestServer.Answers> answers = new ConcurrentLinkedQueue<>();
    private final List<String> lastEventIds = Collections.synchronizedList(new ArrayList<>());
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server =
                new TestServer(
                        request -> {
                            lastEventIds.add(request.header("Last-Event-ID", "-"));
                            TestServer.Answers next = answers.poll();
                            if (next == null) {
                                request.reply(204, "");
                            } else {
                                next.answer(request);
                            }
                        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void nextConnectionAsksForWhatIsBehindTheLastEvent() throws Exception {
        answers.add(request -> request.stream("id: 1\ndata: a\n\nid: 2\ndata: half"));
        answers.add(request -> request.stream("id: 2\ndata: b\n\n"));

        assertThat(readAll(source())).containsExactly("a", "b");
        assertThat(lastEventIds).containsExactly("-", "1", "2");
    }

    @Test
    void eventsComeAsSoonAsTheyAreSent() throws Exception {
        answers.add(request -> request.stream("data: a\n\n").hang());

        try (var partition = open(source())) {
            var reader = new PartitionReader<>(partition);

            assertThat(reader.readBatch(LIMIT))
                    .containsExactly(new ServerSentEvent("", "message", "a"));
        }
    }

    @Test
    void eventsThatAreCompressedUnaskedComeAsSoonAsTheyAreSent() throws Exception {
        answers.add(
                request -> {
                    request.with("Content-Encoding", "gzip").stream("");
                    var zip = new GZIPOutputStream(request.exchange().getResponseBody(), true);
                    zip.write("id: 1\ndata: a\n\n".getBytes(StandardCharsets.UTF_8));
                    zip.flush();
                    request.exchange().getResponseBody().flush();
                    request.hang();
                });

        try (var partition = open(source())) {
            assertThat(new PartitionReader<>(partition).readBatch(LIMIT))
                    .containsExactly(new ServerSentEvent("1", "message", "a"));
        }
    }

    @Test
    void eventsInAnotherContentCodingAreAFailureThatNamesIt() throws Exception {
        answers.add(request -> request.with("Content-Encoding", "br").stream("data: a\n\n"));

        assertThatThrownBy(() -> readAll(source()))
                .hasMessageContaining("content coding 'br'")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"caf\u00e9", "\u4e8b\u4ef6", "a\tb", "a\u0001", "a "})
    void eventWhoseIdCannotBeSentBackIsRejectedAndThePositionStaysSendable(String id)
            throws Exception {
        answers.add(
                request ->
                        request.stream("id: 1\ndata: a\n\nid: " + id + "\ndata: b\n\ndata: c\n\n"));
        List<String> taken = new ArrayList<>();
        List<String> rejected = new ArrayList<>();

        try (var partition = open(source())) {
            while (taken.size() < 2) {
                partition.nextBatch(emitter(taken, rejected));
            }
            assertThat(partition.snapshot()).isEqualTo(new EventStreamPosition("1", false));
        }

        assertThat(taken).containsExactly("a", "c");
        assertThat(rejected).hasSize(1);
        assertThat(rejected.get(0)).startsWith("b ").contains("the id '" + id + "'");
    }

    @Test
    void serverThatFailsForAWhileIsAskedAgain() throws Exception {
        answers.add(request -> request.reply(503, ""));
        answers.add(request -> request.exchange().close());
        answers.add(request -> request.stream("data: a\n\n"));

        assertThat(readAll(source())).containsExactly("a");
    }

    @Test
    void timeThatTheServerNamesIsWaitedFor() throws Exception {
        answers.add(request -> request.stream("retry: 60000\ndata: a\n\n"));

        try (var partition = open(source())) {
            var reader = new PartitionReader<>(partition);
            reader.readBatch(LIMIT);
            while (partition.nextAwake() == null) {
                reader.readOnce();
            }

            assertThat(partition.nextAwake()).isAfter(Instant.now().plusSeconds(30));
        }
    }

    @Test
    void silentConnectionIsMadeAgain() throws Exception {
        answers.add(request -> request.stream("id: 1\ndata: a\n\n").hang());
        answers.add(request -> request.stream("id: 2\ndata: b\n\n"));

        assertThat(readAll(source().withSilenceMax(Duration.ofMillis(300))))
                .containsExactly("a", "b");
    }

    @Test
    void connectionsThatBringNothingAreAFailureWhenThereWereTooMany() throws Exception {
        for (int i = 0; i < 4; i++) {
            answers.add(request -> request.reply(503, ""));
        }

        assertThatThrownBy(() -> readAll(source()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has brought nothing over 4 connections")
                .hasMessageContaining("status 503");
    }

    @Test
    void everyConnectionAfterTooManyThatBringsNothingIsAFailureUntilOneBringsSomething()
            throws Exception {
        for (int i = 0; i < 5; i++) {
            answers.add(request -> request.reply(503, ""));
        }
        answers.add(request -> request.stream(": opened, and nothing more\n\n"));
        answers.add(request -> request.stream("data: a\n\n"));

        try (var partition = open(source())) {
            var reader = new PartitionReader<>(partition);
            assertThatThrownBy(() -> reader.readBatch(LIMIT)).hasMessageContaining("4 connections");
            assertThatThrownBy(reader::readOnce).hasMessageContaining("5 connections");
            assertThatThrownBy(reader::readOnce).hasMessageContaining("6 connections");

            assertThat(reader.readOnce()).containsExactly(new ServerSentEvent("", "message", "a"));
        }
        assertThat(lastEventIds).hasSize(7);
    }

    @Test
    void answerThatIsNoEventStreamIsAFailureAtOnce() throws Exception {
        answers.add(request -> request.with("Content-Type", "text/html").reply(200, "<p>"));

        assertThatThrownBy(() -> readAll(source()))
                .hasMessageContaining("should answer with an event stream")
                .hasMessageContaining("text/html");
    }

    @Test
    void refusalIsAFailureAtOnce() throws Exception {
        answers.add(request -> request.reply(401, ""));

        assertThatThrownBy(() -> readAll(source()))
                .hasMessageContaining("status 401")
                .hasMessageContaining("credentials");
    }

    @Test
    void eventThatIsTooLargeIsRejectedAndReadingGoesOn() throws Exception {
        answers.add(
                request -> request.stream("id: 1\ndata: " + "x".repeat(99) + "\n\ndata: ok\n\n"));

        try (var partition = open(source().withEventBytesMax(50))) {
            var reader = new PartitionReader<>(partition);

            assertThat(reader.readAll(LIMIT).stream().map(ServerSentEvent::data))
                    .containsExactly("ok");
            assertThat(reader.rejected()).hasSize(1);
        }
    }

    @Test
    void closeEndsAConnectionThatIsOpen() throws Exception {
        answers.add(request -> request.stream("data: a\n\n").hang());
        var partition = open(source());
        new PartitionReader<>(partition).readBatch(LIMIT);

        partition.close();

        assertThat(lastEventIds).containsExactly("-");
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> source().withEventBytesMax(0))
                .hasMessageContaining("eventBytesMax must be 1 or more");
        assertThatThrownBy(() -> source().withSilenceMax(Duration.ZERO))
                .hasMessageContaining("silenceMax must be longer than zero");
        assertThatThrownBy(
                        () -> source().withReconnects(-1, BackOff.of(Duration.ZERO, Duration.ZERO)))
                .hasMessageContaining("reconnectsMax must be 0 or more");
    }

    private static SourceEmitter<ServerSentEvent> emitter(
            List<String> taken, List<String> rejected) {
        return new SourceEmitter<>() {
            @Override
            public void emit(ServerSentEvent event) {
                taken.add(event.data());
            }

            @Override
            public void reject(Object raw, Exception cause) {
                rejected.add(raw + " " + cause.getMessage());
            }
        };
    }

    private EventStreamSource source() {
        return EventStreamSource.from(server.address("/events?token=secret"))
                .withReconnects(3, BackOff.of(Duration.ZERO, Duration.ZERO));
    }

    private static StatefulSourcePartition<ServerSentEvent, EventStreamPosition> open(
            EventStreamSource source) throws Exception {
        return source.buildPart("flow.in", "events", null);
    }

    private static List<String> readAll(EventStreamSource source) throws Exception {
        try (var partition = open(source)) {
            return new PartitionReader<>(partition)
                    .readAll(LIMIT).stream().map(ServerSentEvent::data).toList();
        }
    }
}
