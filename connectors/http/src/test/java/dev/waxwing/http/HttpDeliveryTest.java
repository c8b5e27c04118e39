package dev.waxwing.http;

import static dev.waxwing.http.TestEndpoint.answer;
import static dev.waxwing.testing.TestItems.crash;
import static dev.waxwing.testing.TestItems.endOfInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.connector.Guarantee;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.http.TestEndpoint.Fault;
import dev.waxwing.http.TestEndpoint.Received;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.step.DeadLetter;
import dev.waxwing.step.DeliveryException;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.CrashException;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the endpoint in the end, over crashes of a dataflow on the embedded runner. */
final class HttpDeliveryTest {

    private static final FailurePolicy TWICE =
            FailurePolicy.retry(2).withBackOff(Duration.ZERO, Duration.ZERO);

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
    void eachItemIsTakenOnceAndInOrderOverCrashes() throws Exception {
        var flow = flow(TestSource.of(1, 2, crash(), 3, 4, 5, crash(), 6), sink(), TWICE);

        runOverCrashes(flow);

        assertThat(endpoint.items()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void eachItemIsTakenOnceWhateverTheEndpointDoes() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("HttpDeliveryTest seed " + seed);
        var random = new Random(seed);
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            faults.add(fault(random.nextInt(5)));
        }
        endpoint.then(faults.toArray(new Fault[0]));
        var flow =
                flow(
                        TestSource.ofElements(elements(random)),
                        sink().withRequestItems(3),
                        FailurePolicy.retry(100).withBackOff(Duration.ZERO, Duration.ZERO));

        runOverCrashes(flow);

        assertThat(endpoint.items()).isEqualTo(IntStream.range(0, 60).boxed().toList());
        assertThat(endpoint.breaches()).isEmpty();
        assertThat(endpoint.received()).as("some requests were sent again").hasSizeGreaterThan(60);
    }

    @Test
    void everyRetryHasTheBytesOfTheFirst() throws Exception {
        endpoint.then(answer(500), new Fault.DropReply(), answer(429), new Fault.Reset());
        var flow =
                flow(
                        TestSource.of(1, 2, 3),
                        sink(),
                        FailurePolicy.retry(9).withBackOff(Duration.ZERO, Duration.ZERO));

        run(flow);

        assertThat(endpoint.items()).containsExactly(1, 2, 3);
        Map<String, List<String>> bodies =
                endpoint.received().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Received::key,
                                        Collectors.mapping(Received::body, Collectors.toList())));
        assertThat(bodies.values()).anySatisfy(same -> assertThat(same).hasSizeGreaterThan(4));
        assertThat(bodies.values())
                .allSatisfy(same -> assertThat(same.stream().distinct()).hasSize(1));
    }

    @Test
    void itemsOfAKeyKeepTheirOrderWithManyWriters() throws Exception {
        var flow = Dataflow.named("flow");
        List<Integer> numbers = IntStream.range(0, 200).boxed().toList();
        flow.input("in", TestSource.<Integer>ofElements(numbers).withBatchItems(20))
                .keyOn("key", n -> n % 5)
                .output("out", sink().withWriters(4).withRequestItems(7));

        run(flow);

        assertThat(endpoint.items()).hasSize(200);
        assertThat(endpoint.items().stream().collect(Collectors.groupingBy(n -> n % 5)).values())
                .allSatisfy(ofOneKey -> assertThat(ofOneKey).isSorted());
    }

    @Test
    void asManyRequestsAreUnderWayAsThereAreWritersAndNoMore() throws Exception {
        var underWay = new AtomicInteger();
        var most = new AtomicInteger();
        var three = new CountDownLatch(3);
        var flow = Dataflow.named("flow");
        List<Integer> numbers = IntStream.range(0, 100).boxed().toList();
        try (var server =
                new TestServer(
                        request -> {
                            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                            three.countDown();
                            await(three);
                            underWay.decrementAndGet();
                            request.reply(200, "");
                        })) {
            flow.input("in", TestSource.<Integer>ofElements(numbers))
                    .keyOn("key", n -> n)
                    .output(
                            "out",
                            HttpSink.<Integer>post(server.address("/"), RequestBody.jsonArray())
                                    .withWriters(3)
                                    .withRequestItems(1));

            run(flow);

            assertThat(server.asked()).hasSize(100);
        }
        assertThat(most.get()).isEqualTo(3);
    }

    @Test
    void exhaustedAttemptsStopWithAMessageAndTheNextExecutionGoesOn() throws Exception {
        endpoint.always(answer(503));
        var flow = flow(TestSource.of(1, 2, 3), sink(), TWICE);

        assertThatThrownBy(() -> run(flow))
                .hasMessageContaining("step 'flow.out': committing epoch 1")
                .hasMessageContaining("partition 'writer-0'")
                .hasMessageContaining("status 503")
                .hasMessageContaining("what is not sent is kept");
        endpoint.always(null);
        run(flow);

        assertThat(endpoint.items()).containsExactly(1, 2, 3);
    }

    @Test
    void endpointThatIsSlowForEverStopsWithAMessageAndLosesNothing() throws Exception {
        endpoint.always(new Fault.Hang());
        var hasty = sink().withHttp(HttpOptions.defaults().withTimeout(Duration.ofMillis(200)));
        var flow = flow(TestSource.of(1, 2, 3), hasty, TWICE);

        assertThatThrownBy(() -> run(flow))
                .hasMessageContaining("step 'flow.out'")
                .hasMessageContaining("has not answered within PT0.2S");
        endpoint.always(null);
        run(flow);

        assertThat(endpoint.items()).containsExactly(1, 2, 3);
    }

    @Test
    void waitThatTheEndpointAsksForIsKept() throws Exception {
        endpoint.then(answer(429, "Retry-After", "1"));
        Instant before = Instant.now();

        run(flow(TestSource.of(1, 2), sink(), TWICE));

        assertThat(Duration.between(before, Instant.now())).isGreaterThan(Duration.ofSeconds(1));
        assertThat(endpoint.items()).containsExactly(1, 2);
    }

    @Test
    void poisonBecomesADeadLetterOnceAndTheOthersAreTakenOnce() throws Exception {
        endpoint.refuse(422, item -> item % 3 == 0);
        var dead = new TestSink<Integer>();
        var flow = Dataflow.named("flow");
        var out =
                flow.input("in", TestSource.of(1, 2, 3, crash(), 4, 5, 6, crash(), 7))
                        .output("out", sink())
                        .onFailure(FailurePolicy.deadLetter());
        out.deadLetters()
                .map("item", (DeadLetter letter) -> (Integer) letter.item())
                .output("dead", dead);

        runOverCrashes(flow);

        assertThat(endpoint.items()).containsExactly(1, 2, 4, 5, 7);
        assertThat(dead.committed()).containsExactly(3, 6);
    }

    @Test
    void poisonStopsAStepWithoutDeadLettersAndNothingIsLostOrDoubled() throws Exception {
        endpoint.refuse(400, item -> item == 2);
        var flow = flow(TestSource.of(1, 2, 3).withBatchItems(3), sink(), TWICE);

        assertThatThrownBy(() -> run(flow))
                .hasMessageContaining("step 'flow.out'")
                .hasMessageContaining("status 400")
                .hasMessageContaining("give the step a policy with dead letters");
        endpoint.refuse(400, item -> false);
        run(flow);

        assertThat(endpoint.items()).containsExactly(1, 2, 3);
    }

    @Test
    void requestWhoseKeyMayHaveExpiredStaysInTheStoreUntilSomebodyChooses() throws Exception {
        endpoint.always(new Fault.DropReply());
        var source = TestSource.of(1, 2, 3);
        assertThatThrownBy(() -> run(flow(source, sink(), TWICE)))
                .hasMessageContaining("gave no answer");
        endpoint.always(null);
        var tomorrow =
                sink().withHttp(
                                HttpOptions.defaults()
                                        .withClock(() -> Instant.now().plus(Duration.ofHours(25))));

        assertThatThrownBy(() -> run(flow(source, tomorrow, TWICE)))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("not sent again and stays in the recovery store");
        var choice = KeyOptions.keptFor(Duration.ofHours(24));
        run(flow(source, tomorrow.withKeys(choice.withOnExpired(OnExpiredKey.SEND_AGAIN)), TWICE));

        assertThat(endpoint.items()).containsExactly(1, 2, 3);
    }

    @Test
    void requestsStayCutAsTheyWereWhenTheirSizeChanges() throws Exception {
        endpoint.always(new Fault.DropReply());
        var source = TestSource.of(1, 2, 3).withBatchItems(3);
        assertThatThrownBy(() -> run(flow(source, sink().withRequestItems(1), TWICE)))
                .hasMessageContaining("gave no answer");
        endpoint.always(null);

        run(flow(source, sink().withRequestItems(100), TWICE));

        assertThat(endpoint.items()).containsExactly(1, 2, 3);
    }

    @Test
    void promiseIsAtLeastOnceUnlessTheEndpointRemembersKeys() {
        var forgetful = HttpSink.<Integer>post(endpoint.address(), RequestBody.jsonArray());

        assertThat(guarantee(forgetful)).isEqualTo(Guarantee.AT_LEAST_ONCE);
        assertThat(guarantee(sink())).isEqualTo(Guarantee.EFFECTIVELY_ONCE);
    }

    @Test
    void endpointThatRemembersNothingGetsAllAtLeastOnce() throws Exception {
        endpoint.forgetful().then(new Fault.DropReply());
        var sink = HttpSink.<Integer>post(endpoint.address(), RequestBody.jsonArray());

        run(flow(TestSource.of(1, 2), sink, TWICE));

        assertThat(endpoint.items()).contains(1, 2).hasSizeGreaterThan(2);
    }

    @Test
    void whatWasDecidedBeforeAStoreWasCopiedIsTakenOnce() throws Exception {
        endpoint.always(answer(503));
        var flow = flow(TestSource.of(1, 2, 3), sink(), TWICE);
        assertThatThrownBy(() -> run(flow)).hasMessageContaining("status 503");
        copyTheStore();
        endpoint.always(null);

        run(flow);
        run(flow, "copy");

        assertThat(endpoint.items()).startsWith(1).doesNotHaveDuplicates();
    }

    @Test
    void executionsOverCopiesOfAStoreBothSendWhatTheyDecideAfter() throws Exception {
        var flow = flow(TestSource.of(1, endOfInput(), 2), sink(), TWICE);
        run(flow);
        copyTheStore();

        run(flow);
        run(flow, "copy");

        assertThat(endpoint.items()).containsExactly(1, 2, 2);
    }

    private Guarantee guarantee(HttpSink<Integer> sink) {
        return flow(TestSource.of(1), sink, TWICE).guarantees().paths().get(0).guarantee();
    }

    private HttpSink<Integer> sink() {
        return HttpSink.<Integer>post(endpoint.address(), RequestBody.jsonArray())
                .withKeys(KeyOptions.keptFor(Duration.ofHours(24)));
    }

    private static Dataflow flow(
            TestSource<Integer> source, HttpSink<Integer> sink, FailurePolicy policy) {
        var flow = Dataflow.named("flow");
        flow.input("in", source).output("out", sink).onFailure(policy);
        return flow;
    }

    private void copyTheStore() throws IOException {
        Path from = directory.resolve("store");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(each -> !each.endsWith("lock")).toList()) {
                Files.copy(file, directory.resolve("copy").resolve(from.relativize(file)));
            }
        }
    }

    private void run(Dataflow flow) throws InterruptedException {
        run(flow, "store");
    }

    private void run(Dataflow flow, String store) throws InterruptedException {
        Waxwing.run(
                flow,
                EmbeddedOptions.defaults()
                        .withRecovery(
                                RecoveryOptions.in(directory.resolve(store))
                                        .withEpochInterval(Duration.ZERO)));
    }

    /* Each crash of the source fires once. */
    private void runOverCrashes(Dataflow flow) throws InterruptedException {
        while (true) {
            try {
                run(flow);
                return;
            } catch (RuntimeException e) {
                if (!CrashException.caused(e)) {
                    throw e;
                }
            }
        }
    }

    private static Fault fault(int choice) {
        return switch (choice) {
            case 0 -> answer(500);
            case 1 -> new Fault.Reset();
            case 2 -> new Fault.DropReply();
            case 3 -> answer(425);
            default -> answer(409);
        };
    }

    private static List<Object> elements(Random random) {
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            elements.add(i);
            if (random.nextInt(8) == 0) {
                elements.add(crash());
            }
        }
        return elements;
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }
}
