package dev.waxwing.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.engine.delivery.HandParts;
import dev.waxwing.engine.delivery.Lane;
import dev.waxwing.engine.delivery.Lanes;
import dev.waxwing.engine.delivery.WaitingLane;
import dev.waxwing.engine.site.HandStage;
import dev.waxwing.engine.site.HandWorker;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.sink.Outcome;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatelessSourcePartition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a partition is read again, on a lane that a test runs. */
final class HandedPartitionTest {

    private static final Instant NOW = Instant.parse("2100-01-01T00:00:00Z");

    private final HandLanes lanes = new HandLanes();
    private final StepSite site =
            new StepSite(
                    HandParts.of("flow.in", staged -> Outcome.committed()).step(),
                    new HandWorker(),
                    new HandStage());

    @Test
    void dateOfAwakeningIsAwayByTheClockThatIsGiven() throws Exception {
        read(new AwakeAt(NOW.plusSeconds(5)));

        assertThat(lanes.delays).containsExactly(Duration.ZERO, Duration.ofSeconds(5));
    }

    @Test
    void partitionThatIsDueByThatClockIsReadAtOnce() throws Exception {
        read(new AwakeAt(NOW.minusSeconds(5)));

        assertThat(lanes.delays).containsExactly(Duration.ZERO, Duration.ZERO);
    }

    /* Once. */
    private void read(StatelessSourcePartition<Object> partition) throws Exception {
        Clock clock = Clock.virtual(() -> 0, () -> NOW);
        var handed = new HandedPartition(site, "part", partition, lanes, clock);
        handed.nextBatch(
                new SourceEmitter<>() {
                    @Override
                    public void emit(Object item) {}

                    @Override
                    public void reject(Object raw, Exception cause) {}
                });
        lanes.tasks.get(0).run();
    }

    private record AwakeAt(Instant nextAwake)
            implements StatelessSourcePartition<Object>, BlockingPartition {

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Object> out) {
            return SourceStatus.OPEN;
        }
    }

    /** One lane, which keeps what it is given, and after how long that is to run. */
    private static final class HandLanes implements Lanes, WaitingLane {

        private final List<Runnable> tasks = new ArrayList<>();
        private final List<Duration> delays = new ArrayList<>();

        @Override
        public Lane open(String name, String stepId) {
            return this;
        }

        @Override
        public boolean areThreads() {
            return true;
        }

        @Override
        public WaitingLane openWaiting(String name, String stepId) {
            return this;
        }

        @Override
        public void run(Runnable task) {
            runAfter(0, task);
        }

        @Override
        public void runAfter(long nanos, Runnable task) {
            tasks.add(task);
            delays.add(Duration.ofNanos(nanos));
        }

        @Override
        public boolean isClosing() {
            return false;
        }

        @Override
        public void close(AutoCloseable last, Runnable unblock) throws Exception {
            last.close();
        }
    }
}
