package dev.waxwing.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.function.TypeRef;
import dev.waxwing.simulation.sink.SinkConformance;
import dev.waxwing.simulation.sink.SinkItem;
import dev.waxwing.simulation.sink.SinkReport;
import dev.waxwing.simulation.sink.SinkSubject;
import dev.waxwing.sink.Sink;
import dev.waxwing.testing.TargetFaults;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The sink keeps its promise wherever an execution crashes, against a real server. */
final class HttpSinkConformanceTest {

    /* A run takes some milliseconds here. */
    private static final int RUNS = 300;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Map<String, Endpoint> ENDPOINTS = new ConcurrentHashMap<>();
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        server =
                new TestServer(
                        request -> {
                            ENDPOINTS.get(request.path()).take(request);
                            request.reply(200, "");
                        });
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void keepsItsPromiseWhateverCrashes() {
        SinkReport report = SinkConformance.of("http", Subject::new).withRunsMax(RUNS).run();

        assertThat(report.failures()).isEmpty();
        assertThat(report.unreached())
                .as("an endpoint takes a request whole or not at all")
                .containsExactly("AFTER_PARTIAL_SUCCESS");
    }

    /** An endpoint with a path of its own. */
    private static final class Subject implements SinkSubject<String> {

        private final String path = "/" + NUMBER.incrementAndGet();
        private final Endpoint endpoint = new Endpoint();

        Subject() {
            ENDPOINTS.put(path, endpoint);
        }

        @Override
        public Sink<String> sink(TargetFaults faults) {
            RequestBody<String> lines =
                    RequestBody.of(
                            "text/plain",
                            (items, out) ->
                                    out.write(
                                            String.join("\n", items)
                                                    .getBytes(StandardCharsets.UTF_8)));
            return HttpSink.<String>post(server.address(path), lines)
                    .withWriters(2)
                    .withRequestItems(3)
                    .withItemType(TypeRef.of(String.class))
                    .withKeys(KeyOptions.keptFor(Duration.ofDays(1)))
                    .withHttp(
                            HttpOptions.defaults()
                                    .withClient(() -> CLIENT)
                                    .withClock(() -> Instant.EPOCH));
        }

        @Override
        public String item(SinkItem item) {
            return item.text();
        }

        @Override
        public List<SinkItem> committed() {
            return endpoint.items();
        }

        @Override
        public void close() {
            ENDPOINTS.remove(path);
        }
    }

    /** What was posted to a path, and by which keys. Thread-safe. */
    private static final class Endpoint {

        private final Map<String, String> byKey = new HashMap<>();
        private final List<SinkItem> items = new ArrayList<>();

        synchronized List<SinkItem> items() {
            return List.copyOf(items);
        }

        synchronized void take(TestServer.Request request) throws IOException {
            String body =
                    new String(
                            request.exchange().getRequestBody().readAllBytes(),
                            StandardCharsets.UTF_8);
            String before = byKey.putIfAbsent(request.header("Idempotency-Key", ""), body);
            if (before == null) {
                Arrays.stream(body.split("\n", -1)).map(SinkItem::parse).forEach(items::add);
            } else if (!before.equals(body)) {
                throw new IOException("a known key came with another body");
            }
        }
    }
}
