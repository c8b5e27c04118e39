package dev.waxwing.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.source.StatefulSourcePartition;
import dev.waxwing.testing.ManualClock;
import dev.waxwing.testing.PartitionReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What polling does with each answer; the clock stands still until it is moved. */
final class HttpPollingSourceTest {

    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final ManualClock clock = ManualClock.start();
    private final Deque<TestServer.Answers> answers = new ArrayDeque<>();
    private final List<String> conditions = new ArrayList<>();
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server =
                new TestServer(
                        request -> {
                            conditions.add(
                                    request.header("If-None-Match", "-")
                                            + " "
                                            + request.header("If-Modified-Since", "-"));
                            answers.remove().answer(request);
                        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void pageIsAskedForAgainWhenTheIntervalHasPassed() throws Exception {
        answers.add(request -> request.reply(200, "a b"));
        answers.add(request -> request.reply(200, "c"));

        try (var partition = open(source(), null)) {
            assertThat(poll(partition)).containsExactly("a", "b");
            assertThat(poll(partition)).isEmpty();
            clock.advance(INTERVAL);
            assertThat(poll(partition)).containsExactly("c");
        }

        assertThat(server.asked()).containsExactly("/items", "/items");
    }

    @Test
    void pageThatHasNotChangedIsNotReadAgain() throws Exception {
        answers.add(request -> request.with("ETag", "\"v1\"").reply(200, "a"));
        answers.add(request -> request.reply(304, ""));

        try (var partition = open(source(), null)) {
            poll(partition);
            clock.advance(INTERVAL);
            assertThat(poll(partition)).isEmpty();
        }

        assertThat(conditions).containsExactly("- -", "\"v1\" -");
    }

    @Test
    void timeOfTheLastChangeIsAskedForIfThereIsNoTag() throws Exception {
        String then = "Thu, 01 Jan 2026 00:00:00 GMT";
        answers.add(request -> request.with("Last-Modified", then).reply(200, "a"));
        answers.add(request -> request.reply(304, ""));

        try (var partition = open(source(), null)) {
            poll(partition);
            clock.advance(INTERVAL);
            poll(partition);
        }

        assertThat(conditions).containsExactly("- -", "- " + then);
    }

    @Test
    void restartRemembersThatThePageHasNotChanged() throws Exception {
        answers.add(request -> request.with("ETag", "\"v1\"").reply(200, "a"));
        answers.add(request -> request.reply(304, ""));

        PollPosition position;
        try (var partition = open(source(), null)) {
            poll(partition);
            position = partition.snapshot();
        }
        try (var partition = open(source(), position)) {
            assertThat(poll(partition)).isEmpty();
        }

        assertThat(conditions).containsExactly("- -", "\"v1\" -");
    }

    @Test
    void pageBehindACursorIsAskedForAtOnce() throws Exception {
        answers.add(request -> request.with("ETag", "\"v1\"").reply(200, "next=/items?page=2 a"));
        answers.add(request -> request.reply(200, "b"));

        try (var partition = open(source(), null)) {
            assertThat(poll(partition)).containsExactly("a");
            assertThat(poll(partition)).containsExactly("b");
        }

        assertThat(server.asked()).containsExactly("/items", "/items?page=2");
        assertThat(conditions).containsExactly("- -", "- -");
    }

    @Test
    void ownFunctionSaysWhereACursorLeads() throws Exception {
        answers.add(request -> request.reply(200, "next=42 a"));
        answers.add(request -> request.reply(200, "b"));
        String base = server.address("/after/").toString();

        try (var partition =
                open(source().withCursors(cursor -> URI.create(base + cursor)), null)) {
            poll(partition);
            poll(partition);
        }

        assertThat(server.asked()).containsExactly("/items", "/after/42");
    }

    @Test
    void pageMayNotLeadTheHeadersToAnotherHost() throws Exception {
        answers.add(request -> request.reply(200, "next=http://example.org/items a"));

        try (var partition = open(source(), null)) {
            assertThatThrownBy(() -> poll(partition))
                    .hasMessageContaining("leads to http://example.org")
                    .hasMessageContaining("withCursors");
            assertThat(partition.snapshot()).isEqualTo(PollPosition.START);
        }
    }

    @Test
    void cursorIsRelativeToThePageThatNamesIt() throws Exception {
        answers.add(request -> request.reply(200, "next=more/items?page=2 a"));
        answers.add(request -> request.reply(200, "next=?page=[3] b"));
        answers.add(request -> request.reply(200, "c"));

        PollPosition position;
        try (var partition = open(source(), null)) {
            assertThat(poll(partition)).containsExactly("a");
            position = partition.snapshot();
        }
        try (var partition = open(source(), position)) {
            assertThat(poll(partition)).containsExactly("b");
            assertThat(poll(partition)).containsExactly("c");
        }

        assertThat(server.asked())
                .containsExactly("/items", "/more/items?page=2", "/more/items?page=%5B3%5D");
    }

    @Test
    void waitThatIsOverIsNoFailureAndASecondOneIsAnInterval() throws Exception {
        answers.add(request -> request.with("Retry-After", "0").reply(429, ""));
        answers.add(request -> request.with("Retry-After", "0").reply(429, ""));
        answers.add(request -> request.reply(200, "a"));

        try (var partition = open(source(), null)) {
            assertThat(poll(partition)).isEmpty();
            assertThat(partition.nextAwake()).isEqualTo(clock.instant());
            assertThat(poll(partition)).isEmpty();
            assertThat(partition.nextAwake()).isEqualTo(clock.instant().plus(INTERVAL));
            clock.advance(INTERVAL);
            assertThat(poll(partition)).containsExactly("a");
        }
    }

    @Test
    void pageWhoseTagCannotBeSentBackIsReadOnce() throws Exception {
        answers.add(request -> request.with("ETag", "\"caf\u00e9\"").reply(200, "a"));
        answers.add(request -> request.with("ETag", "\"caf\u00e9\"").reply(200, "a"));
        answers.add(request -> request.with("ETag", "\"the\u00e9\"").reply(200, "b"));

        try (var partition = open(source(), null)) {
            assertThat(poll(partition)).containsExactly("a");
            clock.advance(INTERVAL);
            assertThat(poll(partition)).isEmpty();
            clock.advance(INTERVAL);
            assertThat(poll(partition)).containsExactly("b");
        }

        assertThat(conditions).containsExactly("- -", "- -", "- -");
    }

    @Test
    void pageThatIsCompressedUnaskedIsDecoded() throws Exception {
        answers.add(request -> request.with("Content-Encoding", "gzip").replyBytes(gzip("a b")));

        try (var partition = open(source(), null)) {
            assertThat(poll(partition)).containsExactly("a", "b");
        }
    }

    @Test
    void pageInAnotherContentCodingIsAFailureThatNamesIt() throws Exception {
        answers.add(
                request ->
                        request.with("ETag", "\"1\"")
                                .with("Content-Encoding", "br")
                                .reply(200, "a"));

        try (var partition = open(source(), null)) {
            assertThatThrownBy(() -> poll(partition)).hasMessageContaining("content coding 'br'");
            assertThat(partition.snapshot()).isEqualTo(PollPosition.START);
        }
    }

    @Test
    void textIsInTheCharacterSetThatTheAnswerNames() throws Exception {
        byte[] latin = "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);
        answers.add(
                request ->
                        request.with("Content-Type", "text/plain; charset=\"iso-8859-1\"")
                                .replyBytes(latin));
        answers.add(request -> request.replyBytes("\uFEFFb".getBytes(StandardCharsets.UTF_8)));
        answers.add(request -> request.replyBytes(latin));

        try (var partition = open(source(), null)) {
            assertThat(poll(partition)).containsExactly("caf\u00e9");
            clock.advance(INTERVAL);
            assertThat(poll(partition)).containsExactly("b");
            clock.advance(INTERVAL);
            assertThatThrownBy(() -> poll(partition)).hasMessageContaining("is not text in UTF-8");
        }
    }

    @Test
    void characterSetIsTheParameterOfThatNameAndNoOther() throws Exception {
        for (String type :
                List.of(
                        "text/plain; note=\"a; charset=utf-16\"",
                        "text/plain; charset='utf-8'",
                        "text/plain;x=y ; Charset = \"utf-8\"")) {
            answers.add(request -> request.with("Content-Type", type).reply(200, "caf\u00e9"));
            try (var partition = open(source(), null)) {
                assertThat(poll(partition)).as(type).containsExactly("caf\u00e9");
            }
        }
        answers.add(
                request -> request.replyBytes("caf\u00e9".getBytes(StandardCharsets.ISO_8859_1)));
        try (var partition = open(source(), null)) {
            assertThatThrownBy(() -> poll(partition))
                    .hasMessageContaining("the answer names no character set; decode body()");
        }
    }

    @Test
    void emptyTagSaysNothingOfWhetherThePageHasChanged() throws Exception {
        answers.add(request -> request.with("ETag", "").with("Last-Modified", "").reply(200, "a"));
        answers.add(request -> request.with("ETag", "").reply(200, "b"));

        try (var partition = open(source(), null)) {
            assertThat(poll(partition)).containsExactly("a");
            clock.advance(INTERVAL);
            assertThat(poll(partition)).containsExactly("b");
        }

        assertThat(conditions).containsExactly("- -", "- -");
    }

    @Test
    void answerWithoutAPageBringsNothing() throws Exception {
        for (int status : new int[] {204, 205, 304}) {
            answers.add(request -> request.reply(status, ""));
            try (var partition = open(source(), null)) {
                assertThat(poll(partition)).as("%s", status).isEmpty();
            }
        }
    }

    @Test
    void cursorWithTwoSlashesLeadsToNoOtherHost() throws Exception {
        answers.add(request -> request.reply(200, "next=/..//x.example/items?page=2 a"));
        answers.add(request -> request.reply(200, "b"));

        try (var partition = open(source(), null)) {
            assertThat(poll(partition)).containsExactly("a");
            assertThat(poll(partition)).containsExactly("b");
        }

        assertThat(server.asked()).containsExactly("/items", "//x.example/items?page=2");
    }

    @Test
    void redirectIsAFailureThatSaysWhereItLeads() throws Exception {
        answers.add(request -> request.with("Location", "/items/?token=secret").reply(301, ""));

        try (var partition = open(source(), null)) {
            assertThatThrownBy(() -> poll(partition))
                    .hasMessageContaining("a redirect to http://127.0.0.1:")
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void clientThatFollowsRedirectsIsRefused() {
        var options =
                HttpOptions.defaults()
                        .withClient(
                                () ->
                                        HttpClient.newBuilder()
                                                .followRedirects(HttpClient.Redirect.NORMAL)
                                                .build());

        assertThatThrownBy(() -> open(source().withHttp(options), null))
                .hasMessageContaining("Redirect.NEVER");
    }

    @Test
    void waitThatTheServerAsksForIsKept() throws Exception {
        answers.add(request -> request.with("Retry-After", "5").reply(429, ""));
        answers.add(request -> request.reply(200, "a"));

        try (var partition = open(source(), null)) {
            assertThat(poll(partition)).isEmpty();
            assertThat(partition.nextAwake()).isEqualTo(clock.instant().plusSeconds(5));
            clock.advance(Duration.ofSeconds(5));
            assertThat(poll(partition)).containsExactly("a");
        }
    }

    @Test
    void failureSaysWhatWasAnsweredAndThePageIsReadByTheNextAttempt() throws Exception {
        answers.add(request -> request.reply(500, "oh dear"));
        answers.add(request -> request.reply(200, "a"));

        try (var partition = open(source(), null)) {
            assertThatThrownBy(() -> poll(partition))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("status 500 and 'oh dear'")
                    .hasMessageContaining("a policy of the step with retries");
            assertThat(poll(partition)).containsExactly("a");
        }
    }

    @Test
    void pageThatIsTooLargeIsAFailure() throws Exception {
        answers.add(request -> request.reply(200, "x".repeat(11)));

        try (var partition = open(source().withPageBytesMax(10), null)) {
            assertThatThrownBy(() -> poll(partition))
                    .hasMessageContaining("a page of more than 10 bytes")
                    .hasMessageContaining("withPageBytesMax");
        }
    }

    @Test
    void pageThatCannotBeParsedIsAFailureAndThePositionStays() throws Exception {
        answers.add(request -> request.reply(200, "boom"));

        try (var partition = open(source(), null)) {
            PollPosition before = partition.snapshot();
            assertThatThrownBy(() -> poll(partition)).hasMessage("boom");
            assertThat(partition.snapshot()).isEqualTo(before);
        }
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        URI address = server.address("/");

        assertThatThrownBy(
                        () ->
                                HttpPollingSource.get(
                                        address, Duration.ZERO, HttpPollingSourceTest::parse))
                .hasMessageContaining("interval must be longer than zero");
        assertThatThrownBy(() -> source().withPageBytesMax(0))
                .hasMessageContaining("pageBytesMax must be 1 or more");
    }

    @Test
    void textOfTheSourceHasItsHostOnly() {
        assertThat(source().toString())
                .startsWith("HttpPollingSource(GET http://127.0.0.1:")
                .doesNotContain("items");
    }

    private HttpPollingSource<String> source() {
        return HttpPollingSource.get(
                        server.address("/items"), INTERVAL, HttpPollingSourceTest::parse)
                .withHttp(HttpOptions.defaults().withClock(clock::instant));
    }

    private static StatefulSourcePartition<String, PollPosition> open(
            HttpPollingSource<String> source, @Nullable PollPosition position) throws Exception {
        return source.buildPart("flow.in", "pages", position);
    }

    private static List<String> poll(StatefulSourcePartition<String, PollPosition> partition)
            throws Exception {
        return new PartitionReader<>(partition).readOnce();
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static Page<String> parse(HttpPage page) {
        if (page.text().equals("boom")) {
            throw new IllegalStateException("boom");
        }
        List<String> words = List.of(page.text().split(" ", -1));
        String first = words.get(0);
        return first.startsWith("next=")
                ? Page.before(first.substring(5), words.subList(1, words.size()))
                : Page.of(words);
    }
}
