package dev.waxwing.http;

import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.step.BackOff;
import dev.waxwing.testing.SourceConformance;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/** Each source of this module keeps the contract of sources. */
final class HttpSourceConformanceTest {

    /** Two pages at once, one that has to be waited for, one without items, the last. */
    @Nested
    final class Polling extends SourceConformance<String, PollPosition> {

        private TestServer server;

        @BeforeEach
        void start() throws IOException {
            server = new TestServer(request -> request.reply(200, page(request.path())));
        }

        @AfterEach
        void stop() {
            server.close();
        }

        @Override
        protected FixedPartitionedSource<String, PollPosition> source() {
            return HttpPollingSource.get(
                    server.address("/1"), Duration.ofMillis(100), HttpSourceConformanceTest::parse);
        }

        @Override
        protected Map<String, List<String>> expected() {
            return Map.of("pages", List.of("a", "b", "c", "d", "e"));
        }

        private static String page(String path) {
            return switch (path) {
                case "/1" -> "before /2 a b";
                case "/2" -> "upTo /3 c";
                case "/3" -> "upTo /4";
                default -> "last - d e";
            };
        }
    }

    /** Streams of two events, and then no more. */
    @Nested
    final class Events extends SourceConformance<ServerSentEvent, EventStreamPosition> {

        private static final int LAST = 5;

        private TestServer server;

        @BeforeEach
        void start() throws IOException {
            server =
                    new TestServer(
                            request -> {
                                int from =
                                        Integer.parseInt(request.header("Last-Event-ID", "0")) + 1;
                                if (from > LAST) {
                                    request.reply(204, "");
                                } else {
                                    request.stream(
                                            event(from) + (from < LAST ? event(from + 1) : ""));
                                }
                            });
        }

        @AfterEach
        void stop() {
            server.close();
        }

        @Override
        protected FixedPartitionedSource<ServerSentEvent, EventStreamPosition> source() {
            return EventStreamSource.from(server.address("/"))
                    .withReconnects(3, BackOff.of(Duration.ZERO, Duration.ZERO));
        }

        @Override
        protected Map<String, List<ServerSentEvent>> expected() {
            return Map.of(
                    "events",
                    List.of(expected(1), expected(2), expected(3), expected(4), expected(5)));
        }

        private static ServerSentEvent expected(int number) {
            return new ServerSentEvent("" + number, "message", "n" + number);
        }

        private static String event(int number) {
            return "id: " + number + "\ndata: n" + number + "\n\n";
        }
    }

    private static Page<String> parse(HttpPage page) {
        List<String> words = Arrays.asList(page.text().split(" ", -1));
        List<String> items = words.subList(2, words.size());
        return switch (words.get(0)) {
            case "before" -> Page.before(words.get(1), items);
            case "upTo" -> Page.upTo(words.get(1), items);
            default -> Page.last(items);
        };
    }
}
