package dev.waxwing.embedded.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.FailurePolicy;
import dev.waxwing.StepFailedException;
import dev.waxwing.embedded.channel.Sender;
import dev.waxwing.embedded.channel.Signal;
import dev.waxwing.embedded.delivery.Lanes;
import dev.waxwing.embedded.delivery.Work;
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
    private final FakeWorker worker = new FakeWorker();
    private final GuardedLink link = failingOnce();

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

    /* Passes items on; what is bad only at its second attempt. */
    private GuardedLink failingOnce() {
        CoreStep step =
                new CoreStep(
                        0,
                        "flow.map",
                        "flow.map",
                        new CoreOperator.Redistribute(),
                        false,
                        List.of(),
                        AFTER_A_SECOND);
        StepSite site = new StepSite(step, worker, new FakeStage());
        Buffer buffer = new Buffer(new Ports(new PassedLink(site), List.of()), site);
        GuardedLink.Attempt attempt =
                new GuardedLink.Attempt() {
                    private boolean failed;

                    @Override
                    public void onItem(@Nullable Object key, Object value) throws Exception {
                        if (value.equals("bad") && !failed) {
                            failed = true;
                            throw new IOException("boom");
                        }
                        buffer.emit(value);
                    }

                    @Override
                    public void onActivationEnd() {}
                };
        return new GuardedLink(attempt, AFTER_A_SECOND, buffer, null, site, site);
    }

    /** Lists what comes. */
    private final class PassedLink implements Link {

        private final StepSite feeder;

        PassedLink(StepSite feeder) {
            this.feeder = feeder;
        }

        @Override
        public void push(@Nullable Object key, Object value) {
            passed.add(value.toString());
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

    private static final class FakeWorker implements WorkerSite {

        private long now;
        private @Nullable StepFailedException failure;

        @Override
        public int index() {
            return 0;
        }

        @Override
        public int count() {
            return 1;
        }

        @Override
        public long nowMillis() {
            return now;
        }

        @Override
        public void fail(StepFailedException failed) {
            failure = failed;
        }

        @Override
        public @Nullable StepFailedException failure() {
            return failure;
        }

        @Override
        public void touched() {}

        @Override
        public long settledEpoch() {
            return 0;
        }

        @Override
        public boolean hasPartitionThreads() {
            return false;
        }

        @Override
        public Lanes lanes() {
            return PartitionThread::new;
        }

        @Override
        public long doneEpoch() {
            return 0;
        }

        @Override
        public void endEpochSoon() {}

        @Override
        public void deliver(Work work) {}

        @Override
        public void forget(Work work) {}

        @Override
        public Signal signal() {
            return () -> {};
        }
    }

    private static final class FakeStage implements StageSite {

        @Override
        public long epoch() {
            return 1;
        }

        @Override
        public boolean isSettling() {
            return false;
        }

        @Override
        public void defer(Slice slice) {}

        @Override
        public void passEnd(Runnable end) {}

        @Override
        public void gate(Sender sender) {}

        @Override
        public void poll(Polled polled) {}

        @Override
        public int laneCount() {
            return 1;
        }

        @Override
        public boolean isLaneEnded(int lane) {
            return false;
        }

        @Override
        public int lane() {
            return 0;
        }
    }
}
