package dev.waxwing.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.function.Supplier;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.TestSource;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the page of this connector shows. */
final class HttpGuideTest {

    private final Dataflow flow = Dataflow.named("shop");

    @Test
    void whatThePageShowsCanBeBuilt() {
        var orders = flow.input("orders", TestSource.of(new Order("a", 1)));
        Supplier<Map<String, String>> tokens = () -> Map.of("Authorization", "Bearer x");

        // region sending
        var sink =
                HttpSink.<Order>post(
                                URI.create("https://shop.example/orders"), RequestBody.jsonArray())
                        .withKeys(KeyOptions.keptFor(Duration.ofHours(24)))
                        .withHttp(HttpOptions.defaults().withHeaders(tokens));
        orders.output("post", sink)
                .onFailure(FailurePolicy.retry(20).withDeadLetters())
                .deadLetters()
                .forEach("refused", letter -> System.out.println(letter));
        // endregion
        // region polling
        flow.input(
                "rates",
                HttpPollingSource.get(
                        URI.create("https://bank.example/rates"),
                        Duration.ofSeconds(30),
                        page -> Page.of(page.text().lines().toList())));
        // endregion
        // region events
        flow.input("events", EventStreamSource.from(URI.create("https://shop.example/events")))
                .filter("of-orders", event -> event.event().equals("order"))
                .map("data", ServerSentEvent::data);
        // endregion

        assertThat(flow.plan().steps()).hasSizeGreaterThan(5);
    }

    record Order(String id, int count) {}
}
