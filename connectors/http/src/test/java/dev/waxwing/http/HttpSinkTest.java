package dev.waxwing.http;

import static dev.waxwing.http.TestEndpoint.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.waxwing.http.TestEndpoint.Fault;
import dev.waxwing.http.TestEndpoint.Received;
import dev.waxwing.sink.Commit;
import dev.waxwing.sink.IdempotentPartition;
import dev.waxwing.sink.IdempotentPartition.OutboxBatch;
import dev.waxwing.sink.Outcome;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.RejectedItemsException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a partition does with each answer of an endpoint; one attempt at a time. */
final class HttpSinkTest {

    private static final Instant CLOSED = Instant.parse("2026-01-01T00:00:00Z");

    private TestEndpoint endpoint;

    @BeforeEach
    void start() throws IOException {
        endpoint = new TestEndpoint();
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    @Test
    void batchIsOneRequestWithItsContentTypeAndKey() throws Exception {
        try (var partition = open(sink())) {
            assertThat(partition.send(batch(0, 1, 2, 3))).isEqualTo(Outcome.committed());
        }

        Received request = endpoint.received().get(0);
        assertThat(request.body()).isEqualTo("[1,2,3]");
        assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/json");
        assertThat(UUID.fromString(request.key())).isNotNull();
    }

    @Test
    void jsonLinesEndEachItemWithALineEnd() throws Exception {
        try (var partition =
                open(HttpSink.<Integer>put(endpoint.address(), RequestBody.jsonLines()))) {
            partition.send(batch(0, 1, 2));
        }

        assertThat(endpoint.received().get(0).body()).isEqualTo("1\n2\n");
    }

    @Test
    void ownBodyIsSentAsItIs() throws Exception {
        RequestBody<Integer> body =
                RequestBody.of(
                        "text/csv",
                        (items, out) ->
                                out.write(items.toString().getBytes(StandardCharsets.UTF_8)));

        try (var partition = open(HttpSink.post(endpoint.address(), body))) {
            partition.send(batch(0, 7));
        }

        assertThat(endpoint.received().get(0).body()).isEqualTo("[7]");
        assertThat(endpoint.received().get(0).headers().getFirst("Content-Type"))
                .isEqualTo("text/csv");
    }

    @Test
    void jsonOfMapsAndSetsIsInOrderSoThatItIsTheSameEachTime() throws Exception {
        var out = new java.io.ByteArrayOutputStream();

        RequestBody.jsonArray().write(List.of(Map.of("b", 1, "a", 2, "c", 3)), out);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("[{\"a\":2,\"b\":1,\"c\":3}]");
    }

    @Test
    void keyNamesTheItemsPlacesAndNothingElse() throws Exception {
        try (var partition = open(sink());
                var later = open(sink())) {
            partition.send(batch(0, 1, 2));
            partition.send(batch(2, 3));
            later.send(batch(0, 1, 2));
        }

        List<String> keys = endpoint.received().stream().map(Received::key).toList();
        assertThat(keys.get(2)).isEqualTo(keys.get(0)).isNotEqualTo(keys.get(1));
        assertThat(endpoint.items()).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 425, 429, 500, 502, 503, 504})
    void requestIsTriedAgainWithTheSameKeyAndBytes(int status) throws Exception {
        endpoint.then(answer(status));

        try (var partition = open(sink())) {
            assertThatThrownBy(() -> partition.send(batch(0, 1, 2)))
                    .hasMessageContaining("status " + status)
                    .hasMessageContaining("what is not sent is kept");
            partition.send(batch(0, 1, 2));
        }

        assertThat(endpoint.received().get(1).key()).isEqualTo(endpoint.received().get(0).key());
        assertThat(endpoint.received().get(1).body()).isEqualTo(endpoint.received().get(0).body());
        assertThat(endpoint.items()).containsExactly(1, 2);
    }

    @Test
    void connectionThatIsResetIsAFailureToTryAgain() throws Exception {
        endpoint.then(new Fault.Reset());

        try (var partition = open(sink())) {
            assertThatThrownBy(() -> partition.send(batch(0, 1)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("gave no answer");
            partition.send(batch(0, 1));
        }

        assertThat(endpoint.items()).containsExactly(1);
    }

    @Test
    void requestWhoseReplyWasLostIsTakenOnce() throws Exception {
        endpoint.then(new Fault.DropReply());

        try (var partition = open(sink())) {
            assertThatThrownBy(() -> partition.send(batch(0, 1))).isInstanceOf(IOException.class);
            partition.send(batch(0, 1));
        }

        assertThat(endpoint.items()).containsExactly(1);
        assertThat(endpoint.breaches()).isEmpty();
    }

    @Test
    void endpointThatIsNotThereIsAFailureToTryAgain() throws Exception {
        endpoint.close();

        try (var partition = open(sink())) {
            assertThatThrownBy(() -> partition.send(batch(0, 1)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("gave no answer")
                    .hasMessageContaining("ConnectException");
        }
    }

    @Test
    void answerThatDoesNotComeInTimeIsAFailureToTryAgain() throws Exception {
        endpoint.then(new Fault.TakeAndHang());

        try (var partition = open(impatient())) {
            assertThatThrownBy(() -> partition.send(batch(0, 1)))
                    .isInstanceOf(HttpTimeoutException.class)
                    .hasMessageContaining("has not answered within PT0.3S")
                    .hasMessageContaining("HttpOptions.withTimeout");
            partition.send(batch(0, 1));
        }

        assertThat(endpoint.items()).containsExactly(1);
    }

    @Test
    void answerWhoseBodyDoesNotEndInTimeIsAFailureToTryAgain() throws Exception {
        endpoint.then(new Fault.HangInBody());

        try (var partition = open(impatient())) {
            assertThatThrownBy(() -> partition.send(batch(0, 1)))
                    .isInstanceOf(HttpTimeoutException.class);
            partition.send(batch(0, 1));
        }

        assertThat(endpoint.items()).containsExactly(1);
    }

    @Test
    void waitThatIsAskedForInSecondsIsHandedToTheRunner() throws Exception {
        endpoint.then(answer(429, "Retry-After", "7"));

        try (var partition = open(sink())) {
            assertThat(partition.send(batch(0, 1))).isEqualTo(Outcome.retry(Duration.ofSeconds(7)));
        }
    }

    @Test
    void waitThatIsAskedForToADateIsCountedByTheClock() throws Exception {
        endpoint.then(answer(503, "Retry-After", "Thu, 01 Jan 2026 00:01:30 GMT"));

        try (var partition = open(at(CLOSED.plusSeconds(60)))) {
            assertThat(partition.send(batch(0, 1)))
                    .isEqualTo(Outcome.retry(Duration.ofSeconds(30)));
        }
    }

    @Test
    void waitIsNeverLongerThanAnHour() throws Exception {
        endpoint.then(answer(429, "Retry-After", "86400"));

        try (var partition = open(sink())) {
            assertThat(partition.send(batch(0, 1))).isEqualTo(Outcome.retry(Duration.ofHours(1)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-3", "soon", "Thu, 01 Jan 1970 00:00:00 GMT", ""})
    void waitThatMakesNoSenseIsLeftToTheRunner(String retryAfter) throws Exception {
        endpoint.then(answer(429, "Retry-After", retryAfter));

        try (var partition = open(sink())) {
            assertThatThrownBy(() -> partition.send(batch(0, 1)))
                    .hasMessageContaining("status 429");
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                301, 308, 401, 402, 403, 404, 405, 406, 407, 410, 411, 412, 414, 415, 416, 421, 426,
                431
            })
    void faultOfTheAddressOrTheCredentialsBlamesNoItem(int status) throws Exception {
        endpoint.then(answer(status));

        try (var partition = open(sink())) {
            assertThatThrownBy(() -> partition.send(batch(0, 1, 2)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("status " + status)
                    .hasMessageContaining("correct the address or the credentials");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422, 451})
    void refusedRequestIsHalvedUntilThePoisonIsAlone(int status) throws Exception {
        endpoint.refuse(status, item -> item == 5);

        Throwable failure;
        try (var partition = open(sink())) {
            failure = catchThrowable(() -> partition.send(batch(0, 1, 2, 3, 4, 5, 6, 7)));
        }

        assertThat(reasons(failure)).containsOnlyKeys(4);
        assertThat(reasons(failure).get(4)).contains("the endpoint answers status " + status);
        assertThat(endpoint.items()).containsExactly(1, 2, 3, 4, 6, 7);
    }

    @Test
    void clearTextIsAskedForWithoutAnUpgradeWhicheverClientAsks() throws Exception {
        var given =
                HttpOptions.defaults()
                        .withClient(HttpClient::newHttpClient)
                        .withClock(() -> CLOSED);
        try (var own = open(sink());
                var users = open(sink().withHttp(given))) {
            own.send(batch(0, 1));
            users.send(batch(1, 2));
        }

        assertThat(endpoint.received()).hasSize(2);
        for (TestEndpoint.Received each : endpoint.received()) {
            assertThat(each.headers()).doesNotContainKeys("Upgrade", "Http2-settings");
        }
    }

    @Test
    void itemThatIsTooLargeIsRefusedWithItsSize() throws Exception {
        endpoint.limitItems(0);

        try (var partition = open(sink())) {
            assertThat(reasons(catchThrowable(() -> partition.send(batch(0, 17)))).get(0))
                    .contains("a body of 4 bytes is too large")
                    .contains("status 413");
        }
    }

    @Test
    void requestThatIsTooLargeIsHalvedAndTakenInOrder() throws Exception {
        endpoint.limitItems(2);

        try (var partition = open(sink())) {
            assertThat(partition.send(batch(0, 1, 2, 3, 4, 5))).isEqualTo(Outcome.committed());
        }

        assertThat(endpoint.items()).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void refusedRequestIsNotHalvedIfThereAreNoDeadLettersUnlessItIsTooLarge() throws Exception {
        endpoint.refuse(400, item -> item == 2);
        var batch = batch(0, 1, 2, 3);
        var stopping =
                new OutboxBatch<>(
                        batch.commit(),
                        batch.outbox(),
                        batch.closed(),
                        false,
                        batch.places(),
                        batch.items());

        Throwable failure;
        try (var partition = open(sink())) {
            failure = catchThrowable(() -> partition.send(stopping));
        }
        assertThat(reasons(failure)).containsOnlyKeys(0, 1, 2);
        assertThat(endpoint.received()).hasSize(1);

        endpoint.refuse(400, item -> false);
        endpoint.limitItems(2);
        try (var partition = open(sink())) {
            partition.send(stopping);
        }
        assertThat(endpoint.items()).containsExactly(1, 2, 3);
    }

    @Test
    void halvesThatWereTakenAreNotSentAgainByARetry() throws Exception {
        endpoint.refuse(400, item -> item == 4);
        endpoint.then(answer(400), answer(200), answer(500));

        Throwable failure;
        try (var partition = open(sink())) {
            assertThatThrownBy(() -> partition.send(batch(0, 1, 2, 3, 4)))
                    .hasMessageContaining("status 500");
            failure = catchThrowable(() -> partition.send(batch(0, 1, 2, 3, 4)));
        }

        assertThat(reasons(failure)).containsOnlyKeys(3);
        assertThat(endpoint.received().stream().map(Received::body))
                .containsExactly("[1,2,3,4]", "[1,2]", "[3,4]", "[3,4]", "[3]", "[4]");
    }

    @Test
    void halvesHaveTheSameKeysInALaterExecution() throws Exception {
        endpoint.refuse(400, item -> item == 2);

        try (var partition = open(sink());
                var later = open(sink())) {
            assertThat(reasons(catchThrowable(() -> partition.send(batch(0, 1, 2, 3, 4)))))
                    .containsOnlyKeys(1);
            assertThat(reasons(catchThrowable(() -> later.send(batch(0, 1, 2, 3, 4)))))
                    .containsOnlyKeys(1);
        }

        assertThat(endpoint.items()).containsExactly(1, 3, 4);
    }

    @Test
    void itemThatCannotBeWrittenIsRefusedByItself() throws Exception {
        RequestBody<Integer> picky =
                RequestBody.of(
                        "application/json",
                        (items, out) -> {
                            if (items.contains(3)) {
                                throw new IllegalStateException("no threes");
                            }
                            out.write(items.toString().getBytes(StandardCharsets.UTF_8));
                        });

        Throwable failure;
        try (var partition = open(HttpSink.post(endpoint.address(), picky))) {
            failure = catchThrowable(() -> partition.send(batch(0, 1, 2, 3, 4)));
        }

        assertThat(reasons(failure)).containsOnlyKeys(2);
        assertThat(reasons(failure).get(2)).contains("no threes");
        assertThat(endpoint.items()).containsExactly(1, 2, 4);
    }

    @Test
    void requestWhoseKeyMayHaveExpiredIsNotSent() throws Exception {
        try (var partition = open(at(CLOSED.plus(Duration.ofHours(24))))) {
            assertThatThrownBy(() -> partition.send(batch(0, 1, 2)))
                    .isInstanceOf(dev.waxwing.step.DeliveryException.class)
                    .hasMessageContaining("step 'flow.out'")
                    .hasMessageContaining("remembers keys for PT24H only")
                    .hasMessageContaining("stays in the recovery store")
                    .hasMessageContaining("SEND_AGAIN");
        }

        assertThat(endpoint.received()).isEmpty();
    }

    @Test
    void requestThatTheEndpointStillRemembersIsSent() throws Exception {
        try (var partition = open(at(CLOSED.plus(Duration.ofHours(23))))) {
            partition.send(batch(0, 1));
        }

        assertThat(endpoint.items()).containsExactly(1);
    }

    @Test
    void requestWhoseKeyMayHaveExpiredIsSentOrPutAsideByChoice() throws Exception {
        var late = at(CLOSED.plus(Duration.ofDays(2)));
        var keys = KeyOptions.keptFor(Duration.ofHours(24));

        Throwable failure;
        try (var sending = open(late.withKeys(keys.withOnExpired(OnExpiredKey.SEND_AGAIN)));
                var dropping = open(late.withKeys(keys.withOnExpired(OnExpiredKey.DEAD_LETTER)))) {
            sending.send(batch(0, 1));
            failure = catchThrowable(() -> dropping.send(batch(1, 2, 3)));
        }

        assertThat(endpoint.items()).containsExactly(1);
        assertThat(reasons(failure)).containsOnlyKeys(0, 1);
    }

    @Test
    void keyOfAnEndpointThatMindsNoRepetitionNeverExpires() throws Exception {
        var forEver = KeyOptions.keptFor(ChronoUnit.FOREVER.getDuration());

        try (var partition = open(at(CLOSED.plus(Duration.ofDays(9_999))).withKeys(forEver))) {
            partition.send(batch(0, 1));
        }

        assertThat(endpoint.items()).containsExactly(1);
    }

    @Test
    void keyIsInTheHeaderThatTheEndpointWants() throws Exception {
        var keys = KeyOptions.keptFor(Duration.ofDays(1)).withHeader("X-Request-Id");

        try (var partition = open(at(CLOSED).withKeys(keys))) {
            partition.send(batch(0, 1));
        }

        assertThat(endpoint.received().get(0).headers()).containsKey("X-request-id");
    }

    @Test
    void connectionIsUsedAgain() throws Exception {
        try (var partition = open(sink())) {
            for (int i = 0; i < 20; i++) {
                partition.send(batch(i, i));
            }
        }

        assertThat(endpoint.received().stream().map(Received::clientPort).distinct()).hasSize(1);
    }

    @Test
    void largeAnswerIsNotHeldInMemoryAndMeansWhatItsStatusSays() throws Exception {
        endpoint.then(new Fault.Answer(200, Map.of(), "x".repeat(1 << 20)));

        try (var partition = open(sink())) {
            assertThat(partition.send(batch(0, 1))).isEqualTo(Outcome.committed());
        }
    }

    @Test
    void clientOfOnesOwnIsUsedAndLeftOpen() throws Exception {
        HttpClient own = HttpClient.newHttpClient();
        var sink =
                sink().withHttp(
                                HttpOptions.defaults()
                                        .withClient(() -> own)
                                        .withClock(() -> CLOSED));

        try (var partition = open(sink)) {
            partition.send(batch(0, 1));
        }
        try (var partition = open(sink)) {
            partition.send(batch(1, 2));
        }

        assertThat(endpoint.received().stream().map(Received::clientPort).distinct()).hasSize(1);
    }

    @Test
    void headersAreAskedForBeforeEachRequest() throws Exception {
        var sink =
                sink().withHttp(
                                HttpOptions.defaults()
                                        .withHeaders(new Tokens()::next)
                                        .withClock(() -> CLOSED));

        try (var partition = open(sink)) {
            partition.send(batch(0, 1));
            partition.send(batch(1, 2));
        }

        assertThat(endpoint.received().stream().map(r -> r.headers().getFirst("Authorization")))
                .containsExactly("Bearer token-1", "Bearer token-2");
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        var address = endpoint.address();

        assertThatThrownBy(() -> sink().withRequestItems(0))
                .hasMessage("requestItems must be 1 or more, but was 0");
        assertThatThrownBy(() -> sink().withWriters(0))
                .hasMessage("writers must be 1 or more, but was 0");
        assertThatThrownBy(() -> HttpOptions.defaults().withTimeout(Duration.ZERO))
                .hasMessageContaining("timeout must be longer than zero");
        assertThatThrownBy(() -> KeyOptions.keptFor(Duration.ZERO))
                .hasMessageContaining("retention must be longer than zero");
        assertThatThrownBy(() -> KeyOptions.keptFor(Duration.ofDays(1)).withHeader(" "))
                .hasMessageContaining("header must be the name");
        assertThatThrownBy(() -> HttpSink.post(address, null)).hasMessageContaining("body");
    }

    private HttpSink<Integer> sink() {
        return at(CLOSED);
    }

    private HttpSink<Integer> at(Instant now) {
        return HttpSink.<Integer>post(endpoint.address(), RequestBody.jsonArray())
                .withHttp(HttpOptions.defaults().withClock(() -> now))
                .withKeys(KeyOptions.keptFor(Duration.ofHours(24)));
    }

    private HttpSink<Integer> impatient() {
        return sink().withHttp(
                        HttpOptions.defaults()
                                .withTimeout(Duration.ofMillis(300))
                                .withClock(() -> CLOSED));
    }

    private static IdempotentPartition<Integer> open(HttpSink<Integer> sink) throws Exception {
        return sink.buildPart("flow.out", "writer-0");
    }

    private static OutboxBatch<Integer> batch(int place, Integer... items) {
        var owner =
                new Owner(
                        new UUID(0, 1),
                        1,
                        new UUID(0, 2),
                        found -> true,
                        false,
                        "flow",
                        "flow.out",
                        "writer-0");
        return new OutboxBatch<>(
                new Commit(3, owner),
                "outbox-1",
                CLOSED,
                true,
                LongStream.range(place, place + items.length).boxed().toList(),
                IntStream.range(0, items.length).mapToObj(i -> items[i]).toList());
    }

    private static Map<Integer, String> reasons(Throwable failure) {
        assertThat(failure).isInstanceOf(RejectedItemsException.class);
        return ((RejectedItemsException) failure).reasons();
    }

    /** A source of tokens that are used once. */
    private static final class Tokens implements java.io.Serializable {

        private static final long serialVersionUID = 1L;

        private int count;

        Map<String, String> next() {
            count++;
            return Map.of("Authorization", "Bearer token-" + count);
        }
    }
}
