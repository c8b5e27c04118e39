package dev.waxwing.http;

import static dev.waxwing.http.TestEndpoint.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.waxwing.Dataflow;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.http.TestEndpoint.Received;
import dev.waxwing.internal.UnicodeText;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.step.DeadLetter;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Half of a surrogate pair, in all bodies. */
final class HttpSurrogateTest {

    private static final RequestBody<Object> TEXT =
            RequestBody.text("text/plain; charset=utf-8", items -> items + "\n");

    @TempDir private Path directory;

    private TestEndpoint endpoint;

    static Stream<RequestBody<Object>> bodies() {
        return Stream.of(RequestBody.jsonArray(), RequestBody.jsonLines(), TEXT);
    }

    @BeforeEach
    void start() throws IOException {
        endpoint = new TestEndpoint();
        endpoint.always(answer(200));
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void itemWithHalfAPairBecomesADeadLetterAndTheOthersAreSent(RequestBody<Object> body) {
        var dead = new TestSink<String>();
        var flow = Dataflow.named("flow");
        var out =
                flow.input("in", TestSource.of("a", "b\uD83D", "\uD83D\uDE00").withBatchItems(3))
                        .output("out", HttpSink.post(endpoint.address(), body))
                        .onFailure(FailurePolicy.deadLetter());
        out.deadLetters().map("reason", DeadLetter::toString).output("dead", dead);

        Waxwing.run(flow, RecoveryOptions.in(directory));

        assertThat(dead.committed())
                .singleElement()
                .asString()
                .contains("cannot be written as a body")
                .contains("half of a surrogate pair at index")
                .contains("UnicodeText.replaced");
        assertThat(endpoint.received().stream().map(Received::body))
                .hasSize(2)
                .anySatisfy(sent -> assertThat(sent).contains("a"))
                .anySatisfy(sent -> assertThat(sent).contains("\uD83D\uDE00"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void itemWithHalfAPairStopsAStepWithoutDeadLetters(RequestBody<Object> body) {
        var flow = Dataflow.named("flow");
        flow.input("in", TestSource.of("a", "b\uD83D"))
                .output("out", HttpSink.post(endpoint.address(), body));

        assertThatThrownBy(() -> Waxwing.run(flow, RecoveryOptions.in(directory)))
                .hasStackTraceContaining("half of a surrogate pair at index");
    }

    @Test
    void halvesAreRefusedWhereverTheyAreInJson() {
        record Item(String text, char single, List<Object> more) {}

        for (Object item :
                List.of(
                        new Item("\uDE00", 'a', List.of()),
                        new Item("a", '\uD83D', List.of()),
                        new Item("a", 'a', List.of("?", new char[] {'\uD83D'})),
                        Map.of("a\uD83D", 1),
                        Map.of('\uD83D', 1),
                        new String[] {"a", "\uDE00\uD83D"})) {
            assertThatThrownBy(() -> json(item))
                    .as("%s", item)
                    .hasMessageContaining("half of a surrogate pair");
        }
    }

    @Test
    void halvesThatRawJsonHasEscapedAreRefusedAndPairsWritten() throws Exception {
        record Raw(@JsonRawValue String json) {}

        assertThatThrownBy(() -> json(new Raw("\"a\\\\\\ud83d\"")))
                .hasMessageContaining("half of a surrogate pair");
        assertThat(json(new Raw("\"\\uD83D\\ude00\\\\ud83d\\u00e9\"")))
                .isEqualTo("{\"json\":\"\uD83D\uDE00\\\\ud83d\\u00e9\"}\n");
    }

    @Test
    void wholeTextAndReplacedTextAreSentInUtf8() throws Exception {
        assertThat(json(Map.of("\u00e4\uD83D\uDE00", UnicodeText.replaced("\uD83D?\\ud83d"))))
                .isEqualTo("{\"\u00e4\uD83D\uDE00\":\"\uFFFD?\\\\ud83d\"}\n");
        assertThat(written(TEXT, "\u00e4\uD83D\uDE00")).isEqualTo("[\u00e4\uD83D\uDE00]\n");
    }

    private static String json(Object item) throws Exception {
        return written(RequestBody.jsonLines(), item);
    }

    private static String written(RequestBody<Object> body, Object item) throws Exception {
        var out = new ByteArrayOutputStream();
        body.write(List.of(item), out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
