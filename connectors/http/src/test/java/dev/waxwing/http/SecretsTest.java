package dev.waxwing.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.RestartPolicy;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.http.TestEndpoint.Fault;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.render.Rendering;
import dev.waxwing.step.BackOff;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.LoggedLines;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That nobody reads a secret who reads messages. */
final class SecretsTest {

    private static final String[] SECRETS = {
        "header-secret-4711", "query-secret-4711", "path-secret-4711"
    };

    @TempDir private Path directory;
    private TestEndpoint endpoint;

    @BeforeEach
    void start() throws Exception {
        endpoint = new TestEndpoint();
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    @Test
    void failureSaysWhereAndWhatButNoSecretThoughTheEndpointRepeatsThem() throws Exception {
        endpoint.always(new Fault.Answer(500, Map.of(), "cannot: " + String.join(" ", SECRETS)));

        Throwable failure = failure();

        assertThat(stackTrace(failure))
                .contains("step 'flow.out'", "127.0.0.1", "status 500", "cannot: ***")
                .doesNotContain(SECRETS);
    }

    @Test
    void refusalTellsNoSecret() throws Exception {
        endpoint.always(new Fault.Answer(400, Map.of(), "cannot: " + String.join(" ", SECRETS)));

        assertThat(stackTrace(failure())).contains("status 400").doesNotContain(SECRETS);
    }

    @Test
    void noAnswerTellsNoSecret() throws Exception {
        endpoint.close();

        assertThat(stackTrace(failure())).contains("gave no answer").doesNotContain(SECRETS);
    }

    @Test
    void headerThatCannotBeSentIsNamedWithoutItsValue() {
        var http = HttpOptions.defaults().withHeaders(() -> Map.of("X-Key", SECRETS[0] + "\n"));

        Throwable failure = failure(http);

        assertThat(stackTrace(failure))
                .contains("cannot send header 'X-Key'")
                .doesNotContain(SECRETS);
    }

    @Test
    void sinkItsPlanAndItsPicturesShowNoSecret() {
        var flow = flow(http());

        assertThat(sink(http()).toString()).startsWith("HttpSink(POST http://127.0.0.1:");
        assertThat(
                        List.of(
                                sink(http()).toString(),
                                flow.plan().toString(),
                                Rendering.JSON.of(flow.plan())))
                .allSatisfy(text -> assertThat(text).doesNotContain(SECRETS));
    }

    @Test
    void nothingIsLoggedThatIsSecretWhenAnExecutionStartsAgain() {
        endpoint.always(new Fault.Answer(500, Map.of(), "cannot: " + String.join(" ", SECRETS)));

        assertThat(toldAndLogged(flow(http())))
                .contains("step 'flow.out'", "status 500", "cannot: ***")
                .doesNotContain(SECRETS);
    }

    @Test
    void pollingTellsNoSecretThoughTheEndpointRepeatsThem() {
        endpoint.always(new Fault.Answer(404, Map.of(), "cannot: " + String.join(" ", SECRETS)));
        var flow = Dataflow.named("flow");
        HttpPollingSource<String> pages =
                HttpPollingSource.get(
                        endpoint.address(),
                        Duration.ofMinutes(1),
                        page -> Page.of(List.of(page.text())));
        flow.input("in", pages.withHttp(http())).output("out", new TestSink<>());

        assertThat(toldAndLogged(flow))
                .contains("step 'flow.in'", "status 404", "cannot: ***")
                .doesNotContain(SECRETS);
        assertThat(List.of(pages.withHttp(http()).toString(), Rendering.JSON.of(flow.plan())))
                .allSatisfy(text -> assertThat(text).doesNotContain(SECRETS));
    }

    @Test
    void pageThatCannotBeParsedTellsNoSecret() {
        endpoint.always(new Fault.Answer(200, Map.of(), "a page"));
        var flow = Dataflow.named("flow");
        flow.input(
                        "in",
                        HttpPollingSource.<String>get(
                                        endpoint.address(),
                                        Duration.ofMinutes(1),
                                        page -> {
                                            throw new IOException("no page");
                                        })
                                .withHttp(http()))
                .output("out", new TestSink<>());

        assertThat(toldAndLogged(flow))
                .contains("step 'flow.in'", "no page")
                .doesNotContain(SECRETS);
    }

    @Test
    void eventStreamTellsNoSecretThoughTheEndpointRepeatsThem() {
        endpoint.always(new Fault.Answer(500, Map.of(), "cannot: " + String.join(" ", SECRETS)));
        var flow = Dataflow.named("flow");
        EventStreamSource events =
                EventStreamSource.from(endpoint.address())
                        .withReconnects(1, BackOff.of(Duration.ZERO, Duration.ZERO))
                        .withHttp(http());
        flow.input("in", events).output("out", new TestSink<>());

        assertThat(toldAndLogged(flow))
                .contains("step 'flow.in'", "127.0.0.1", "500")
                .doesNotContain(SECRETS);
        assertThat(List.of(events.toString(), Rendering.JSON.of(flow.plan())))
                .allSatisfy(text -> assertThat(text).doesNotContain(SECRETS));
    }

    @Test
    void addressWithAUserInItIsRefusedWithoutShowingIt() {
        URI address = URI.create("https://user:header-secret-4711@example.org/x");

        assertThatThrownBy(() -> HttpSink.post(address, RequestBody.jsonArray()))
                .hasMessageContaining("https://example.org has a user in it")
                .hasMessageNotContaining("header-secret-4711");
    }

    @Test
    void addressThatIsNoneIsRefused() {
        assertThatThrownBy(() -> HttpSink.post(URI.create("a/b"), RequestBody.jsonArray()))
                .hasMessageContaining("http:// or https://");
        assertThatThrownBy(() -> HttpSink.post(URI.create("ftp://x/"), RequestBody.jsonArray()))
                .hasMessageContaining("its scheme is 'ftp'");
        assertThatThrownBy(() -> HttpSink.post(URI.create("http:///x"), RequestBody.jsonArray()))
                .hasMessageContaining("must name a host");
    }

    /* Of an execution that fails, starts again and fails for good. */
    private String toldAndLogged(Dataflow flow) {
        var options =
                EmbeddedOptions.defaults()
                        .withRecovery(RecoveryOptions.in(directory))
                        .withRestarts(
                                RestartPolicy.upTo(1).withBackOff(Duration.ZERO, Duration.ZERO));
        try (var logged = LoggedLines.of("dev.waxwing")) {
            Throwable failure = catchThrowable(() -> Waxwing.run(flow, options));

            assertThat(logged.all()).anyMatch(line -> line.contains("starts again"));
            return stackTrace(failure) + logged.all();
        }
    }

    private Throwable failure() {
        return failure(http());
    }

    private Throwable failure(HttpOptions http) {
        return catchThrowable(
                () ->
                        Waxwing.run(
                                flow(http),
                                EmbeddedOptions.defaults()
                                        .withRecovery(RecoveryOptions.in(directory))));
    }

    private Dataflow flow(HttpOptions http) {
        var flow = Dataflow.named("flow");
        flow.input("in", TestSource.of(1, 2))
                .output("out", sink(http))
                .onFailure(FailurePolicy.retry(2).withBackOff(Duration.ZERO, Duration.ZERO));
        return flow;
    }

    private HttpSink<Integer> sink(HttpOptions http) {
        return HttpSink.<Integer>post(endpoint.address(), RequestBody.jsonArray()).withHttp(http);
    }

    private static HttpOptions http() {
        return HttpOptions.defaults()
                .withHeaders(() -> Map.of("Authorization", "Bearer " + SECRETS[0]));
    }

    private static String stackTrace(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
