package dev.waxwing.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Values of headers: those that a server receives as they are, and what is done about the others.
 */
final class HeaderTextTest {

    @Test
    void whatSurvivesIsWhatAServerReceives() throws Exception {
        List<String> received = new ArrayList<>();
        List<String> sent = new ArrayList<>();
        try (var server = new TestServer(request -> record(request, received));
                Calls calls = Calls.open(HttpOptions.defaults())) {
            for (char c = 0; c < 0x180; c++) {
                String value = "a" + c + "b";
                if (HeaderText.survives(value)) {
                    sent.add(value);
                    calls.make(server.address("/"), request -> probe(request, value), 1);
                }
            }
        }

        assertThat(received).isEqualTo(sent).hasSize(0x7F - ' ');
    }

    @ParameterizedTest
    @ValueSource(strings = {" a", "a ", "a\tb", "a\r\nb", "é", "事件", "a\u0000", "a\u007F"})
    void othersDoNotSurvive(String value) {
        assertThat(HeaderText.survives(value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"é", " secret", "a\r\nb"})
    void headerOfTheUsersThatCannotBeSentIsNamedWithoutItsValue(String value) throws Exception {
        var options = HttpOptions.defaults().withHeaders(() -> Map.of("X-Token", value));

        try (var server = new TestServer(request -> request.reply(200, ""));
                Calls calls = Calls.open(options)) {
            assertThatThrownBy(() -> calls.make(server.address("/"), HttpRequest.Builder::GET, 1))
                    .hasMessageContaining("cannot send header 'X-Token'")
                    .hasMessageNotContaining(value);
        }
    }

    @Test
    void headerOnWhichAPromiseDependsIsNotTheUsersToSet() throws Exception {
        var options = HttpOptions.defaults().withHeaders(() -> Map.of("idempotency-key", "k"));

        try (var server = new TestServer(request -> request.reply(200, ""));
                Calls calls = Calls.open(options)) {
            assertThatThrownBy(
                            () ->
                                    calls.make(
                                            server.address("/"),
                                            request -> request.setHeader("Idempotency-Key", "1"),
                                            1))
                    .hasMessageContaining("'idempotency-key' is set for each request");
        }
    }

    @Test
    void headersOfOptionsAreCheckedWhenTheyAreGiven() {
        assertThatThrownBy(() -> RequestBody.of("text/plain\r\nX: y", (items, out) -> {}))
                .hasMessageContaining("Content-Type");
        assertThatThrownBy(() -> KeyOptions.keptFor(java.time.Duration.ofDays(1)).withHeader("a b"))
                .hasMessageContaining("'a b'");
    }

    private static void probe(HttpRequest.Builder request, String value) {
        request.GET().setHeader("X-Probe", value);
    }

    private static void record(TestServer.Request request, List<String> received)
            throws IOException {
        received.add(request.header("X-Probe", "-"));
        request.reply(200, "");
    }
}
