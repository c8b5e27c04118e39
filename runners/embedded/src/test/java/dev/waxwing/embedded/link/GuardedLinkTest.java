package dev.waxwing.embedded.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.FailurePolicy;
import dev.waxwing.plan.CoreOperator;
import dev.waxwing.plan.CoreStep;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of marks that come while items wait to be tried again. */
final class GuardedLinkTest {

    private static final FailurePolicy AFTER_A_SECOND =
            FailurePolicy.retry(2).withBackOff(Duration.ofSeconds(1), Duration.ofSeconds(1));

    private final List<String> passed = new ArrayList<>();
    private final List<String> putAside = new ArrayList<>();
    private final List<Integer> lanes = new ArrayList<>();
    private final HandWorker worker = new HandWorker();
    private final HandStage stage = new HandStage();
    private final GuardedLink link = failing(1, AFTER_A_SECOND);

    @Test
    void watermarkPassesAtOnceIfNothingWaits() {
        link.watermark(7);

        assertThat(passed).containsExactly("watermark 7");
    }

    @Test
    void watermarkDoesNotOvertakeAnItemThatIsTriedAgain() {
        link.push(null, "bad");
        link.watermark(7);

        assertThat(passed).isEmpty();
        worker.now += 1_000;
        assertThat(link.poll()).isTrue();
        assertThat(passed).containsExactly("bad", "flush", "watermark 7");
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

        assertThat(passed)
                .containsExactly(
                        "bad", "good", "flush", "watermark 7", "later", "flush", "watermark 8");
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
        assertThat(passed).isEmpty();
    }

    @Test
    void activationEndKeepsItsPlaceAmongItemsThatWait() {
        link.push(null, "bad");
        link.flush();
        link.watermark(7);
        link.push(null, "later");
        passed.clear();

        worker.now += 1_000;
        link.poll();

        assertThat(passed).containsExactly("bad", "end", "flush", "watermark 7", "later");
    }

    @Test
    void itemThatIsTriedAgainIsOfItsLane() {
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
        GuardedLink rejecting = failing(2, AFTER_A_SECOND.thenDeadLetter());
        rejecting.push(null, "bad");
        rejecting.watermark(7);

        worker.now += 1_000;
        rejecting.poll();

        assertThat(putAside).hasSize(3);
        assertThat(putAside.subList(1, 3)).containsExactly("flush", "watermark 7");
    }

    /* Passes items on; the first that is bad only after so many attempts. */
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
        Buffer buffer = new Buffer(new Ports(new PassedLink(site, passed), List.of()), site);
        Link dead = step.hasDeadLetters() ? new PassedLink(site, putAside) : null;
        GuardedLink.Attempt attempt =
                new GuardedLink.Attempt() {
                    private int failures;

                    @Override
                    public void onItem(@Nullable Object key, Object value) throws Exception {
                        if (value.equals("bad") && failures++ < attempts) {
                            buffer.emit("emitted by a call that fails");
                            throw new IOException("boom");
                        }
                        buffer.emit(value);
                    }

                    @Override
                    public void onActivationEnd() {
                        if (passed.contains("bad")) {
                            buffer.emit("end");
                        }
                    }
                };
        return new GuardedLink(attempt, policy, buffer, dead, site, site);
    }

    /** Lists what comes. */
    private final class PassedLink implements Link {

        private final StepSite feeder;
        private final List<String> passed;

        PassedLink(StepSite feeder, List<String> passed) {
            this.feeder = feeder;
            this.passed = passed;
        }

        @Override
        public void push(@Nullable Object key, Object value) {
            passed.add(value.toString());
            lanes.add(stage.lane);
        }

        @Override
        public StepSite feeder() {
            return feeder;
        }

        @Override
        public void flush() {
            passed.add("flush");
        }

        @Override
        public void barrier(long epoch) {
            passed.add("barrier " + epoch);
        }

        @Override
        public void watermark(long micros) {
            passed.add("watermark " + micros);
        }

        @Override
        public void end() {
            passed.add("end");
        }
    }
}
