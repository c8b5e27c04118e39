package dev.waxwing.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.waxwing.sink.Outcome;
import dev.waxwing.step.DeliveryException;
import dev.waxwing.step.StepFailedException;
import dev.waxwing.testing.Warnings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When commits are tried again, when no more, and what is told then; in time that a test makes. */
final class CommitAttemptsTest {

    private final HandLane lane = new HandLane();

    @Test
    void targetIsNotAskedAgainBeforeTheTimeThatItAskedFor() {
        Delivery delivery = one(Outcome.retry(Duration.ofSeconds(30)), Outcome.committed());

        attempt(delivery, 1_000);
        delivery.step(1_000);
        assertThat(delivery.dueMillis()).isEqualTo(31_000);
        delivery.step(30_999);
        assertThat(lane.isEmpty()).isTrue();
        attempt(delivery, 31_000);
        delivery.step(31_000);

        assertThat(delivery.takeDone()).isEqualTo(1);
    }

    @Test
    void targetThatAsksAtEveryAttemptStopsTheStepWhenThePolicyHasNoMore() {
        Outcome later = Outcome.retry(Duration.ZERO);
        Delivery delivery = one(later, later, later);

        attempt(delivery, 0);
        attempt(delivery, 10);
        attempt(delivery, 20);

        assertThatThrownBy(() -> delivery.step(30))
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining("step 'flow.out'")
                .hasMessageContaining(
                        "partition 'a' asked at every attempt to commit epoch 1 later")
                .hasMessageContaining("a policy with more attempts");
    }

    @Test
    void targetThatIsWaitedForIsNamedByTheLogFromTheFourthAttemptOn() throws Exception {
        List<String> warnings =
                Warnings.of(
                        Delivery.class.getName(),
                        () ->
                                assertThatThrownBy(() -> commitsAfter(600_000, 1))
                                        .isInstanceOf(StepFailedException.class));

        assertThat(warnings).hasSize(3);
        assertThat(warnings.get(0))
                .contains("step 'flow.out'", "the target is gone", "this was attempt 4 of 24");
        assertThat(warnings.get(2)).contains("this was attempt 16 of 24");
    }

    @Test
    void attemptsCountAnewWhenSomethingWasCommitted() {
        Outcome later = Outcome.retry(Duration.ZERO);
        DeliveryPart part =
                HandParts.of(
                        "flow.out",
                        answers(
                                later,
                                later,
                                Outcome.committed(),
                                later,
                                later,
                                Outcome.committed()));
        Delivery delivery = of(part);
        delivery.decided(1, List.of(new Prepared(part, 1, List.of("first", "second"))));

        for (int i = 0; i < 5; i++) {
            attempt(delivery, i);
        }
        delivery.step(5);

        assertThat(delivery.takeDone()).isEqualTo(1);
    }

    @Test
    void targetThatIsGoneForAMinuteIsWaitedForThoughNoPolicySaysSo() {
        for (long epoch = 1; epoch <= 1_000; epoch++) {
            assertThat(commitsAfter(60_000, epoch)).as("epoch %d", epoch).isTrue();
        }
    }

    @Test
    void targetThatStaysAwayStopsTheStepThoughNoPolicySaysSo() {
        assertThatThrownBy(() -> commitsAfter(600_000, 1))
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining("step 'flow.out'")
                .hasMessageContaining("the target is gone");
    }

    @Test
    void failureNamesEachSinkThatHasFailedWithItsCause() {
        var down = new IOException("a is down");
        var full = new IOException("b is full");
        DeliveryPart first = HandParts.of("flow.a", staged -> fail(down));
        DeliveryPart second = HandParts.of("flow.b", staged -> fail(full));
        Delivery delivery = of(first, second);
        delivery.decided(1, List.of(work(first), work(second)));

        for (int i = 0; i < 3; i++) {
            attempt(delivery, i);
            lane.runNext();
        }
        Throwable failure = catchThrowable(() -> delivery.step(3));

        assertThat(failure)
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining("2 sinks have failed")
                .hasMessageContaining("step 'flow.a'")
                .hasMessageContaining("a is down")
                .hasMessageContaining("step 'flow.b'")
                .hasMessageContaining("b is full")
                .hasCause(down);
        assertThat(failure.getSuppressed())
                .extracting(Throwable::getCause)
                .containsExactly(down, full);
    }

    @Test
    void whatWasLostCountsThoughAnotherSinkFailedBefore() {
        DeliveryPart first = HandParts.of("flow.a", staged -> fail(new AssertionError("broken")));
        DeliveryPart second = HandParts.of("flow.b", staged -> Outcome.lost("somebody cleaned up"));
        Delivery delivery = of(first, second);
        delivery.decided(1, List.of(work(first), work(second)));

        attempt(delivery, 0);
        delivery.step(0);
        lane.runNext();

        assertThatThrownBy(() -> delivery.step(0))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("broken")
                .hasMessageContaining("somebody cleaned up");
    }

    @Test
    void failureIsToldThoughAnotherSinkHangs() {
        DeliveryPart first = HandParts.of("flow.a", staged -> Outcome.lost("somebody cleaned up"));
        DeliveryPart second = HandParts.of("flow.b", staged -> Outcome.committed());
        Delivery delivery = of(first, second);
        delivery.decided(1, List.of(work(first), work(second)));

        attempt(delivery, 0);
        delivery.step(0);
        long until = delivery.dueMillis();

        assertThat(until).isEqualTo(5_000);
        assertThatThrownBy(() -> delivery.step(until)).hasMessageContaining("somebody cleaned up");
    }

    /* Of a step without a policy, whose target comes back at some time. */
    private boolean commitsAfter(long backMillis, long epoch) {
        var now = new AtomicLong();
        DeliveryPart part =
                HandParts.of(
                        "flow.out",
                        null,
                        staged ->
                                now.get() < backMillis
                                        ? fail(new IOException("the target is gone"))
                                        : Outcome.committed());
        Delivery delivery = of(part);
        delivery.decided(epoch, List.of(new Prepared(part, epoch, List.of("staged"))));
        while (!delivery.isEmpty()) {
            attempt(delivery, now.get());
            delivery.step(now.get());
            delivery.takeDone();
            now.set(Math.max(now.get(), delivery.isFailing() ? 0 : delivery.dueMillis()));
        }
        return now.get() >= backMillis;
    }

    private Delivery one(Outcome... outcomes) {
        DeliveryPart part = HandParts.of("flow.out", answers(outcomes));
        Delivery delivery = of(part);
        delivery.decided(1, List.of(work(part)));
        return delivery;
    }

    private Delivery of(DeliveryPart... parts) {
        return new Delivery((name, stepId) -> lane, () -> {}, List.of(parts), 0);
    }

    /* Starts what is due, and lets the first of it come to its end. */
    private void attempt(Delivery delivery, long nowMillis) {
        delivery.step(nowMillis);
        lane.runNext();
    }

    private static Prepared work(DeliveryPart part) {
        return new Prepared(part, 1, List.of("staged"));
    }

    private static HandParts.Answer answers(Outcome... outcomes) {
        Queue<Outcome> left = new ArrayDeque<>(Arrays.asList(outcomes));
        return staged -> left.remove();
    }

    private static Outcome fail(Throwable thrown) throws IOException {
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (IOException) thrown;
    }
}
