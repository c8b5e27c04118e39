package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.crash;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.waxwing.Dataflow;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.EpochSinkPartition;
import dev.waxwing.sink.Marker;
import dev.waxwing.step.DeadLetter;
import dev.waxwing.step.DeliveryException;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.IdempotentTarget;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TransactionalTarget;
import dev.waxwing.testing.TwoPhaseTarget;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What {@code output} does with a sink that commits epochs, on any runner. */
public abstract class EpochSinkSpec extends OperatorSpec {

    @Test
    void rowsOfATransactionalTargetAreThereOnce() {
        inEachMode(
                world -> {
                    var target = new TransactionalTarget<Integer>("a", "b");

                    run(world, target, 1, 2, crash(), 3, 4, 5, crash(), 6);

                    assertThat(target.rows()).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6);
                });
    }

    @Test
    void itemsOfAnIdempotentTargetAreThereOnce() {
        inEachMode(
                world -> {
                    var target = new IdempotentTarget<Integer>("a", "b");

                    run(world, target, 1, 2, crash(), 3, 4, 5, crash(), 6);

                    assertThat(target.items()).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6);
                });
    }

    @Test
    void itemsOfATwoPhaseTargetAreThereOnceAndNothingStaysStaged() {
        inEachMode(
                world -> {
                    var target = new TwoPhaseTarget<Integer>("a", "b");

                    run(world, target, 1, 2, crash(), 3, 4, 5, crash(), 6);

                    assertThat(target.items()).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6);
                    assertThat(target.staged()).isEmpty();
                });
    }

    @Test
    void keyChoosesThePartitionAndItsItemsKeepTheirOrder() {
        inEachMode(
                world -> {
                    var target = new TransactionalTarget<Integer>("a", "b", "c");
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1, 2, crash(), 3, 4, 5))
                            .keyOn("key", n -> "always")
                            .output("out", target);

                    world.run(flow);

                    assertThat(target.rows()).containsExactly(1, 2, 3, 4, 5);
                });
    }

    @Test
    void partitionsAndMarkersSurviveAChangeOfWorkers() {
        inEachMode(
                world -> {
                    var target = new TransactionalTarget<Integer>("a", "b");
                    var flow = flow(world, target, 1, 2, crash(), 3, endOfInput(), 4, 5);

                    world.run(flow);
                    world.run(flow, 1);

                    assertThat(target.rows()).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
                });
    }

    @Test
    void replyThatIsLostAfterACommitDoublesNothing() {
        inEachMode(
                world -> {
                    var calls = new AtomicInteger();
                    var target = new TransactionalTarget<Integer>("a");
                    var flaky =
                            target.withFaults(
                                    point -> {
                                        if (point.equals("apply.after")
                                                && calls.incrementAndGet() % 2 == 1) {
                                            throw new IOException("connection reset");
                                        }
                                    });

                    run(world, flaky, 1, 2, 3, crash(), 4);

                    assertThat(target.rows()).containsExactly(1, 2, 3, 4);
                });
    }

    @Test
    void commitThatFailsIsMadeAgain() {
        inEachMode(
                world -> {
                    var calls = new AtomicInteger();
                    var target = new TwoPhaseTarget<Integer>("a");
                    var flaky =
                            target.withFaults(
                                    point -> {
                                        if (point.equals("commit.before")
                                                && calls.incrementAndGet() % 2 == 1) {
                                            throw new IOException("connection reset");
                                        }
                                    });

                    run(world, flaky, 1, 2, 3, 4);

                    assertThat(target.items()).containsExactly(1, 2, 3, 4);
                });
    }

    @Test
    void rowsThatATargetRejectsBecomeDeadLettersOnce() {
        inEachMode(
                world -> {
                    var target = new TransactionalTarget<Integer>("a");
                    var dead = new TestSink<Integer>();
                    var flow = Dataflow.named("flow");
                    var out =
                            flow.input("in", world.<Integer>source(1, -2, crash(), 3, -4, -5, 6))
                                    .output("out", target.rejecting(n -> n < 0))
                                    .onFailure(FailurePolicy.deadLetter());
                    out.deadLetters()
                            .map("item", (DeadLetter letter) -> (Integer) letter.item())
                            .output("dead", dead);

                    world.run(flow);

                    assertThat(target.rows()).containsExactlyInAnyOrder(1, 3, 6);
                    assertThat(dead.committed()).containsExactlyInAnyOrder(-2, -4, -5);
                });
    }

    @Test
    void rowThatATargetRejectsStopsAStepWithoutDeadLetters() {
        inEachMode(
                world -> {
                    var target = new TransactionalTarget<Integer>("a");

                    Throwable failure =
                            catchThrowable(() -> run(world, target.rejecting(n -> n < 0), 1, -2));

                    assertThat(failure)
                            .hasMessageContaining("step 'flow.out'")
                            .hasMessageContaining("was rejected")
                            .hasMessageContaining("give the step a policy with dead letters");
                });
    }

    @Test
    void whatATargetHasLostStopsTheExecutionUntilItIsBroughtBack() {
        inEachMode(
                world -> {
                    var target = new TwoPhaseTarget<Integer>("a");
                    var lost = new HashMap<TwoPhaseTarget.Piece, List<Integer>>();
                    var forgetful =
                            target.withFaults(
                                    point -> {
                                        if (point.equals("commit.before") && lost.isEmpty()) {
                                            lost.putAll(target.forgetStaged());
                                        }
                                    });

                    var flow = flow(world, forgetful, 1, 2);

                    Throwable failure = catchThrowable(() -> world.run(flow));

                    assertThat(failure)
                            .isInstanceOf(DeliveryException.class)
                            .hasMessageContaining("step 'flow.out'")
                            .hasMessageContaining("is lost");
                    assertThat(target.items()).isEmpty();

                    target.bringBack(lost);
                    world.run(flow);

                    assertThat(target.items()).containsExactlyInAnyOrder(1, 2);
                });
    }

    @Test
    void markerOfAnotherStoreIsRefused() {
        inEachMode(
                world -> {
                    var target = new TransactionalTarget<Integer>("a");
                    UUID other = UUID.randomUUID();
                    target.restore("a", new Marker(7, 1, other, other));

                    Throwable failure = catchThrowable(() -> run(world, target, 1, 2));

                    assertThat(failure)
                            .isInstanceOf(DeliveryException.class)
                            .hasMessageContaining("written from another recovery store")
                            .hasMessageContaining("adopt");
                    assertThat(target.rows()).isEmpty();
                });
    }

    @Test
    void markerThatWentBackIsRefused() {
        inEachMode(
                world -> {
                    var target = new TransactionalTarget<Integer>("a");
                    var flow = flow(world, target, 1, 2, endOfInput(), 3);
                    world.run(flow);
                    Marker before = Objects.requireNonNull(target.marker("a"));
                    target.restore(
                            "a",
                            new Marker(0, before.generation(), before.lineage(), before.owner()));

                    Throwable failure = catchThrowable(() -> world.run(flow));

                    assertThat(failure)
                            .isInstanceOf(DeliveryException.class)
                            .hasMessageContaining("step 'flow.out'")
                            .hasMessageContaining("restored from a backup");
                    assertThat(target.rows()).containsExactly(1, 2);
                });
    }

    @Test
    void onlyWhatWasNotSentOfABatchIsSentAgainUnderTheSameIds() {
        inEachMode(
                world -> {
                    var target = new HalvingTarget();

                    runPatiently(world, target, 1, 2, 3, crash(), 4, 5, 6, 7);

                    assertThat(target.items()).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7);
                    assertThat(target.repeated()).isEmpty();
                });
    }

    @Test
    void targetThatAsksForAnotherAttemptGetsIt() {
        inEachMode(
                world -> {
                    var target = new AskingTarget(2);

                    runPatiently(world, target, 1, 2, 3);

                    assertThat(target.items()).containsExactly(1, 2, 3);
                });
    }

    @Test
    void targetThatAsksForMoreAttemptsThanThePolicyHasStopsTheExecution() {
        inEachMode(
                world -> {
                    var target = new AskingTarget(Integer.MAX_VALUE);
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1))
                            .output("out", target)
                            .onFailure(
                                    FailurePolicy.retry(3)
                                            .withBackOff(Duration.ZERO, Duration.ZERO));

                    Throwable failure = catchThrowable(() -> world.run(flow));

                    assertThat(failure)
                            .hasMessageContaining("step 'flow.out'")
                            .hasMessageContaining("partition 'a' asked at every attempt")
                            .hasMessageContaining("later");
                    assertThat(target.items()).isEmpty();
                });
    }

    @Test
    void withoutARecoveryStoreTheSinkIsRefused() {
        inModes(
                SpecMode::isPlain,
                plain ->
                        in(
                                plain.mode().withoutRecovery(),
                                world -> {
                                    var target = new TransactionalTarget<Integer>("a");

                                    Throwable failure = catchThrowable(() -> run(world, target, 1));

                                    assertThat(failure)
                                            .hasMessageContaining("step 'flow.out'")
                                            .hasMessageContaining("recovery store");
                                }));
    }

    @Test
    void sinkMustSayWhichKindOfPartitionItBuilds() {
        Throwable failure = catchThrowable(() -> new VagueSink().contract());

        assertThat(failure).hasMessageContaining("which kind of partition its buildPart returns");
    }

    private static void run(SpecWorld world, EpochSink<Integer> sink, Integer first, Object... rest)
            throws Exception {
        world.run(flow(world, sink, first, rest));
    }

    private static void runPatiently(
            SpecWorld world, EpochSink<Integer> sink, Integer first, Object... rest)
            throws Exception {
        var flow = Dataflow.named("flow");
        flow.input("in", world.<Integer>source(first, rest))
                .output("out", sink)
                .onFailure(FailurePolicy.retry(5).withBackOff(Duration.ZERO, Duration.ZERO));
        world.run(flow);
    }

    private static Dataflow flow(
            SpecWorld world, EpochSink<Integer> sink, Integer first, Object... rest) {
        var flow = Dataflow.named("flow");
        flow.input("in", world.<Integer>source(first, rest)).output("out", sink);
        return flow;
    }

    private static Object endOfInput() {
        return dev.waxwing.testing.TestItems.endOfInput();
    }

    private static final class VagueSink implements EpochSink<Integer> {

        private static final long serialVersionUID = 1L;

        @Override
        public List<String> listParts() {
            return List.of("a");
        }

        @Override
        public EpochSinkPartition<Integer> buildPart(String stepId, String forPart) {
            throw new AssertionError("never asked");
        }
    }
}
