package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.keyed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.waxwing.Dataflow;
import dev.waxwing.Stream;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.PartialWriteException;
import dev.waxwing.sink.StatelessSinkPartition;
import dev.waxwing.step.DeadLetter;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.TestSink;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What happens on any runner when code of a step throws. */
public abstract class FailurePolicySpec extends OperatorSpec {

    private static final FailurePolicy THREE_ATTEMPTS =
            FailurePolicy.retry(3).withBackOff(Duration.ZERO, Duration.ZERO);

    @Test
    void failureStopsTheExecutionAndKeepsItsCause() {
        inEachMode(
                world -> {
                    var boom = new IllegalStateException("boom");
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1))
                            .<Integer>map(
                                    "bad",
                                    n -> {
                                        throw boom;
                                    })
                            .output("out", new TestSink<Integer>());

                    Throwable failure = catchThrowable(() -> world.run(flow));

                    assertThat(failure).cause().isSameAs(boom);
                });
    }

    @Test
    void checkedExceptionsPassThroughAsTheyAre() {
        given(1).through(
                        numbers ->
                                numbers.<Integer>map(
                                        "bad",
                                        n -> {
                                            throw new java.io.IOException("disk full");
                                        }))
                .expectFailure("step 'flow.bad'", "threw java.io.IOException: disk full");
    }

    @Test
    void userCodeUpstreamCannotSwallowAFailureDownstream() {
        given(1).through(
                        numbers ->
                                numbers.<Integer>transform("swallow", swallowing())
                                        .<Integer>map("bad", n -> failWith("boom")))
                .expectFailure("step 'flow.bad'", "boom");
    }

    @Test
    void retrySucceedsWhenALaterAttemptDoes() {
        inEachMode(
                world -> {
                    var attempts = new AtomicInteger();
                    var out = new TestSink<Integer>();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1, 2))
                            .map(
                                    "flaky",
                                    n -> attempts.incrementAndGet() % 3 == 0 ? n : failWith("boom"))
                            .onFailure(THREE_ATTEMPTS)
                            .output("out", out);

                    world.run(flow);

                    assertThat(out.committed()).containsExactly(1, 2);
                });
    }

    @Test
    void retryGivesUpAfterTheLastAttempt() {
        inModes(
                mode -> mode.workers() == 1,
                world -> {
                    var attempts = new AtomicInteger();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1))
                            .<Integer>map(
                                    "bad",
                                    n -> {
                                        attempts.incrementAndGet();
                                        return failWith("boom");
                                    })
                            .onFailure(THREE_ATTEMPTS)
                            .output("out", new TestSink<Integer>());

                    Throwable failure = catchThrowable(() -> world.run(flow));

                    assertThat(failure).hasMessageContaining("step 'flow.bad'");
                    assertThat(attempts).hasValue(3);
                });
    }

    @Test
    void errorThatNoAttemptHealsIsNeitherRetriedNorADeadLetter() {
        given(1).through(
                        numbers ->
                                numbers.<Integer>map(
                                                "bad",
                                                number -> {
                                                    throw new IllegalStateException(
                                                            "wrapped",
                                                            new NoSuchMethodError("gone"));
                                                })
                                        .onFailure(FailurePolicy.retry(1_000).withDeadLetters()))
                .expectFailure("step 'flow.bad'", "wrapped");
    }

    @Test
    void whatAFailedAttemptEmitsIsDropped() {
        inEachMode(
                world -> {
                    Set<Integer> failedOnce = ConcurrentHashMap.newKeySet();
                    var out = new TestSink<Integer>();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1, 2))
                            .<Integer>transform(
                                    "half",
                                    (item, outputs) -> {
                                        outputs.emit(item);
                                        if (failedOnce.add(item)) {
                                            failWith("boom");
                                        }
                                        outputs.emit(item * 10);
                                    })
                            .onFailure(THREE_ATTEMPTS)
                            .output("out", out);

                    world.run(flow);

                    assertThat(out.committed()).containsExactly(1, 10, 2, 20);
                });
    }

    @Test
    void deadLetterTellsStepItemAndCauseAndTheRestGoesOn() {
        given(1, 2, 3)
                .through(
                        numbers -> {
                            Stream<Integer> odd =
                                    numbers.map("odd", n -> n % 2 == 1 ? n : failWith("even"))
                                            .onFailure(FailurePolicy.deadLetter());
                            return odd.map("good", n -> "good " + n)
                                    .merge(
                                            "all",
                                            odd.deadLetters().map("bad", FailurePolicySpec::text));
                        })
                .expectInAnyOrder("good 1", "flow.odd null 2 even", "good 3");
    }

    @Test
    void deadLetterOfAKeyedStepTellsTheKey() {
        givenKeyed(keyed("a", 1), keyed("b", 2))
                .throughPlain(
                        pairs -> {
                            var odd =
                                    pairs.mapValue("odd", n -> n % 2 == 1 ? n : failWith("even"))
                                            .onFailure(FailurePolicy.deadLetter());
                            return odd.map("good", (key, n) -> key + n)
                                    .merge(
                                            "all",
                                            odd.deadLetters().map("bad", FailurePolicySpec::text));
                        })
                .expectInAnyOrder("a1", "flow.odd b 2 even");
    }

    @Test
    void deadLettersOfTheMapOfKeyAndValue() {
        givenKeyed(keyed("a", 1), keyed("b", 2))
                .throughPlain(
                        pairs -> {
                            Stream<String> odd =
                                    pairs.<String>map(
                                                    "odd",
                                                    (key, n) ->
                                                            n % 2 == 1 ? key + n : failWith("even"))
                                            .onFailure(FailurePolicy.deadLetter());
                            return odd.merge(
                                    "all", odd.deadLetters().map("bad", FailurePolicySpec::text));
                        })
                .expectInAnyOrder("a1", "flow.odd b 2 even");
    }

    @Test
    void nullResultBecomesADeadLetter() {
        given(1).through(
                        numbers ->
                                numbers.<Integer>map("bad", n -> nullResult())
                                        .onFailure(FailurePolicy.deadLetter())
                                        .deadLetters()
                                        .map("item", DeadLetter::item))
                .expect(1);
    }

    @Test
    void itemWithoutAKeyBecomesADeadLetter() {
        given(1, 2)
                .through(
                        numbers ->
                                numbers.<String>keyOn(
                                                "key",
                                                n ->
                                                        n == 1
                                                                ? "one"
                                                                : OperatorSpec.<String>nullResult())
                                        .onFailure(FailurePolicy.deadLetter())
                                        .deadLetters()
                                        .map("item", DeadLetter::item))
                .expect(2);
    }

    @Test
    void batchThatFailsIsTriedAgainAsAWhole() {
        inEachMode(
                world -> {
                    var attempts = new AtomicInteger();
                    var out = new TestSink<Integer>();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1, 2, 3))
                            .<Integer>flatMapBatch(
                                    "flaky",
                                    batch ->
                                            attempts.incrementAndGet() % 2 == 0
                                                    ? batch
                                                    : failWith("boom"))
                            .onFailure(THREE_ATTEMPTS)
                            .output("out", out);

                    world.run(flow);

                    assertThat(out.committed()).containsExactly(1, 2, 3);
                });
    }

    @Test
    void sinkIsTriedAgain() {
        inEachMode(
                world -> {
                    var attempts = new AtomicInteger();
                    var sink =
                            new RecordingSink<Integer>(
                                    items -> {
                                        if (attempts.incrementAndGet() % 2 == 1) {
                                            failWith("boom");
                                        }
                                    });
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1, 2))
                            .output("out", sink)
                            .onFailure(THREE_ATTEMPTS);

                    world.run(flow);

                    assertThat(sink.written()).contains(1, 2);
                });
    }

    @Test
    void whatASinkRefusesBecomesDeadLetters() {
        inEachMode(
                world -> {
                    var sink =
                            new RecordingSink<Integer>(
                                    items -> {
                                        if (items.contains(2)) {
                                            throw new PartialWriteException(
                                                    new int[] {items.indexOf(2)},
                                                    new IllegalStateException("no twos"));
                                        }
                                    });
                    var dead = new TestSink<String>();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1, 2, 3))
                            .output("out", sink)
                            .onFailure(FailurePolicy.deadLetter())
                            .deadLetters()
                            .map("text", FailurePolicySpec::text)
                            .output("dead", dead);

                    world.run(flow);

                    assertThat(dead.committed()).containsExactly("flow.out null 2 no twos");
                });
    }

    private static String text(DeadLetter dead) {
        return dead.stepId()
                + " "
                + dead.key()
                + " "
                + dead.item()
                + " "
                + dead.cause().getMessage();
    }

    private static Kernel<Integer, Integer> swallowing() {
        return (item, out) -> {
            try {
                out.emit(item);
            } catch (RuntimeException e) {
                assertThat(e).isNotNull();
            }
        };
    }

    /** Records what it is given after a check that can refuse it. */
    private static final class RecordingSink<X> implements DynamicSink<X> {

        private static final long serialVersionUID = 1L;

        private final transient Check<X> check;
        private final Set<X> written = ConcurrentHashMap.newKeySet();

        RecordingSink(Check<X> check) {
            this.check = check;
        }

        interface Check<X> {
            void check(List<X> items) throws Exception;
        }

        Set<X> written() {
            return written;
        }

        @Override
        public StatelessSinkPartition<X> build(String stepId, int workerIndex, int workerCount) {
            return items -> {
                check.check(items);
                written.addAll(items);
            };
        }
    }
}
