package dev.waxwing.engine.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.engine.channel.Budget;
import dev.waxwing.engine.channel.Pace;
import dev.waxwing.engine.site.HandStage;
import dev.waxwing.engine.site.HandWorker;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.plan.core.CoreOperator;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.step.FailurePolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of marks that come while items wait to be tried again. */
final class GuardedLinkTest {

    private static final FailurePolicy AFTER_A_SECOND =
            FailurePolicy.retry(2).withBackOff(Duration.ofSeconds(1), Duration.ofSeconds(1));

    private final HandLink next = new HandLink();
    private final HandLink letters = new HandLink();
    private final HandWorker worker = new HandWorker();
    private final HandStage stage = new HandStage();
    private final GuardedLink link = failing(1, AFTER_A_SECOND);

    @Test
    void watermarkPassesAtOnceIfNothingWaits() {
        link.watermark(7);

        assertThat(next.all).containsExactly("7");
    }

    @Test
    void watermarkDoesNotOvertakeAnItemThatIsTriedAgain() {
        link.push(null, "bad");
        link.watermark(7);

        assertThat(next.all).isEmpty();
        worker.now += 1_000;
        assertThat(link.poll()).isTrue();
        assertThat(next.all).containsExactly("bad", "flush", "7");
    }

    @Test
    void watermarkKeepsItsPlaceBetweenItemsThatWait() {
        link.push(null, "bad");
        link.push(null, "good");
        link.watermark(7);
        link.push(null, "later");
        link.watermark(8);

        worker.now += 1_000;
        link.poll();

        assertThat(next.all).containsExactly("bad", "good", "flush", "7", "later", "flush", "8");
    }

    @Test
    void nothingIsTriedAgainBeforeItsTime() {
        link.push(null, "bad");
        link.watermark(7);

        worker.now += 999;

        assertThat(link.dueMillis()).isEqualTo(1_000);
        assertThat(link.poll()).isFalse();
        assertThat(link.takesInput()).isFalse();
        assertThat(link.takesMarks()).isFalse();
        assertThat(next.all).isEmpty();
    }

    @Test
    void activationEndKeepsItsPlaceAmongItemsThatWait() {
        link.push(null, "bad");
        link.flush();
        link.watermark(7);
        link.push(null, "later");
        next.all.clear();

        worker.now += 1_000;
        link.poll();

        assertThat(next.all).containsExactly("bad", "end", "flush", "7", "later");
    }

    @Test
    void itemThatIsTriedAgainIsOfItsLane() {
        List<Integer> lanes = new ArrayList<>();
        next.onItem = () -> lanes.add(stage.lane);
        stage.lane = 3;
        link.push(null, "bad");
        stage.lane = 5;
        assertThat(stage.isHolding(3)).isTrue();

        worker.now += 1_000;
        link.poll();

        assertThat(lanes).containsExactly(3);
        assertThat(stage.held).isEmpty();
    }

    @Test
    void deadLettersAreFlushedBeforeTheWatermarkBehindThem() {
        GuardedLink rejecting = failing(2, AFTER_A_SECOND.withDeadLetters());
        rejecting.push(null, "bad");
        rejecting.watermark(7);

        worker.now += 1_000;
        rejecting.poll();

        assertThat(letters.all).hasSize(3);
        assertThat(letters.all.subList(1, 3)).containsExactly("flush", "7");
    }

    @Test
    void activationIsUsedUpWhenAnItemWaits() {
        stage.budget = new Budget(() -> 0, Pace.of(1_000));

        link.push(null, "bad");

        assertThat(stage.budget.isSpent()).isTrue();
    }

    @Test
    void noMoreIsPassedOnThanThereIsTimeFor() {
        stage.budget = new Budget(() -> 0, Pace.of(1_000));
        link.push(null, "bad");
        link.push(null, "later");
        stage.budget.begin();
        next.onItem = stage.budget::exhaust;

        worker.now += 1_000;
        link.poll();
        assertThat(next.all).containsExactly("bad");
        link.poll();
        assertThat(next.all).containsExactly("bad", "later");
    }

    @Test
    void whatComesBehindAnItemThatWaitsIsOfItsOwnLane() {
        stage.lane = 3;
        link.push(null, "bad");
        link.watermark(7);
        assertThat(stage.held).containsExactly(3, 3);

        stage.lane = 5;
        link.flush();
        assertThat(stage.held).containsExactly(3, 3, 5);
    }

    @Test
    void activationsInWhichNothingCameAreNotKept() {
        link.push(null, "bad");
        link.flush();
        link.flush();

        assertThat(stage.held).hasSize(2);
    }

    @Test
    void outputsHearOfTheEndOfAnActivation() {
        GuardedLink rejecting = failing(2, AFTER_A_SECOND.withDeadLetters());

        rejecting.flush();

        assertThat(next.all).containsExactly("flush");
        assertThat(letters.all).containsExactly("flush");
    }

    @Test
    void attemptsAreCountedAnewForEachItem() {
        link.push(null, "bad");
        worker.now += 1_000;
        link.poll();

        link.push(null, "bad too");
        worker.now += 1_000;
        link.poll();

        assertThat(next.all).containsExactly("bad", "bad too");
    }

    @Test
    void attemptsAreCountedAnewAfterADeadLetter() {
        GuardedLink rejecting = failing(2, AFTER_A_SECOND.withDeadLetters());
        rejecting.push(null, "bad");
        worker.now += 1_000;
        rejecting.poll();
        assertThat(letters.all).hasSize(1);

        rejecting.push(null, "bad too");

        assertThat(letters.all).hasSize(1);
        assertThat(rejecting.takesInput()).isFalse();
    }

    @Test
    void errorThatNoAttemptHealsIsNoDeadLetter() {
        GuardedLink rejecting = failing(2, AFTER_A_SECOND.withDeadLetters());

        assertThatThrownBy(() -> rejecting.push(null, "not linked"))
                .hasRootCauseInstanceOf(NoSuchMethodError.class);
        assertThat(letters.all).isEmpty();
    }

    /* Passes items on; each that is bad only after so many attempts. */
    private GuardedLink failing(int attempts, FailurePolicy policy) {
        CoreStep step =
                new CoreStep(
                        0,
                        "flow.map",
                        "flow.map",
                        new CoreOperator.Redistribute(),
                        false,
                        List.of(),
                        policy);
        StepSite site = new StepSite(step, worker, stage);
        Buffer buffer = new Buffer(new Ports(next, List.of()), site);
        Link dead = step.hasDeadLetters() ? letters : null;
        GuardedLink.Attempt attempt =
                new GuardedLink.Attempt() {
                    private final Map<Object, Integer> failures = new HashMap<>();

                    @Override
                    public void onItem(@Nullable Object key, Object value, AllOutputs out)
                            throws Exception {
                        if (value.equals("not linked")) {
                            throw new NoSuchMethodError();
                        }
                        boolean isBad = value.toString().startsWith("bad");
                        if (isBad && failures.merge(value, 1, Integer::sum) <= attempts) {
                            out.emit("emitted by a call that fails");
                            throw new IOException("boom");
                        }
                        out.emit(value);
                    }

                    @Override
                    public void onActivationEnd(AllOutputs out) {
                        if (next.all.contains("bad")) {
                            out.emit("end");
                        }
                    }
                };
        return new GuardedLink(attempt, policy, buffer, dead, site, site);
    }
}
