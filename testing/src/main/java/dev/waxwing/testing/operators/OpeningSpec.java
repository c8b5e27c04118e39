package dev.waxwing.testing.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.waxwing.Dataflow;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.kernel.StepContext;
import dev.waxwing.sink.Commit;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.StatefulSinkPartition;
import dev.waxwing.sink.TransactionalPartition;
import dev.waxwing.source.DynamicSource;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import dev.waxwing.source.StatelessSourcePartition;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TransactionalTarget;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What a policy makes of a connection that is lost while a step gets hold of something outside, on
 * any runner.
 */
public abstract class OpeningSpec extends OperatorSpec {

    private static final FailurePolicy FIVE_ATTEMPTS =
            FailurePolicy.retry(5).withBackOff(Duration.ZERO, Duration.ZERO);

    /** What can be opened; in the order in which it is. */
    private enum Place {
        LISTED,
        BUILT,
        CLAIMED
    }

    @Test
    void sourceThatListsItsPartitionsInVainIsAskedAgain() {
        inEachMode(world -> assertThat(read(world, new Parts(lost(3, Place.LISTED)))).isNull());
    }

    @Test
    void partitionOfASourceThatIsOpenedInVainIsOpenedAgain() {
        inEachMode(world -> assertThat(read(world, new Parts(lost(3, Place.BUILT)))).isNull());
    }

    @Test
    void sourceOfEachWorkerThatIsOpenedInVainIsOpenedAgain() {
        inEachMode(
                world -> {
                    Connection connection = lost(3, Place.BUILT);
                    DynamicSource<Integer> source =
                            (step, worker, workers) -> {
                                connection.at(Place.BUILT);
                                return (StatelessSourcePartition<Integer>)
                                        out -> SourceStatus.ENDED;
                            };
                    var flow = Dataflow.named("flow");
                    flow.input("in", source)
                            .onFailure(FIVE_ATTEMPTS)
                            .output("out", new TestSink<Integer>());

                    world.run(flow);

                    assertThat(connection.calls).hasValueGreaterThan(3);
                });
    }

    @Test
    void functionThatIsOpenedInVainIsOpenedAgain() {
        inEachMode(
                world -> {
                    var out = new TestSink<Integer>();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1))
                            .transform("open", new Opening(lost(3, Place.BUILT)))
                            .onFailure(FIVE_ATTEMPTS)
                            .output("out", out);

                    world.run(flow);

                    assertThat(out.committed()).containsExactly(1);
                });
    }

    @Test
    void sinkOfEachWorkerThatIsOpenedInVainIsOpenedAgain() {
        inEachMode(
                world -> {
                    var written = new AtomicInteger();
                    Connection connection = lost(3, Place.BUILT);
                    DynamicSink<Integer> sink =
                            (step, worker, workers) -> {
                                connection.at(Place.BUILT);
                                return items -> written.addAndGet(items.size());
                            };
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1, 2))
                            .output("out", sink)
                            .onFailure(FIVE_ATTEMPTS);

                    world.run(flow);

                    assertThat(written).hasValueGreaterThanOrEqualTo(2);
                });
    }

    @Test
    void partitionOfASinkThatIsOpenedInVainIsOpenedAgain() {
        inEachMode(
                world -> {
                    var written = new AtomicInteger();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1, 2))
                            .keyOn("key", n -> "a")
                            .output("out", new PartSink(lost(3, Place.BUILT), written))
                            .onFailure(FIVE_ATTEMPTS);

                    world.run(flow);

                    assertThat(written).hasValueGreaterThanOrEqualTo(2);
                });
    }

    @Test
    void targetThatIsClaimedInVainIsClaimedAgain() {
        inModes(SpecMode::recovery, world -> assertWritten(world, Place.CLAIMED));
    }

    @Test
    void targetThatIsOpenedInVainIsOpenedAgain() {
        inModes(SpecMode::recovery, world -> assertWritten(world, Place.BUILT));
    }

    @Test
    void targetThatListsItsPartitionsInVainIsAskedAgain() {
        inModes(SpecMode::recovery, world -> assertWritten(world, Place.LISTED));
    }

    @Test
    void claimThatFailsAsOftenAsThePolicySaysStopsTheExecutionAndNamesTheStep() {
        inModes(
                SpecMode::recovery,
                world -> {
                    var target = new Target(lost(100, Place.CLAIMED));

                    assertThat(write(world, target, FIVE_ATTEMPTS))
                            .hasMessageContaining("step 'flow.out'")
                            .hasRootCauseMessage("connection lost");
                    assertThat(target.connection.calls).hasValue(5);
                });
    }

    @Test
    void claimThatFailsWithoutAPolicyStopsTheExecutionAndNamesTheStep() {
        inModes(
                SpecMode::recovery,
                world -> {
                    var target = new Target(lost(100, Place.CLAIMED));

                    assertThat(write(world, target, null))
                            .hasMessageContaining("step 'flow.out'")
                            .hasRootCauseMessage("connection lost");
                    assertThat(target.connection.calls).hasValue(1);
                });
    }

    @Test
    void wrongArgumentIsNotTriedAgain() {
        inEachMode(
                world -> {
                    var connection =
                            new Connection(
                                    100,
                                    Place.BUILT,
                                    () -> new IllegalArgumentException("no such table"));

                    assertThat(read(world, new Parts(connection)))
                            .hasMessageContaining("step 'flow.in'")
                            .hasRootCauseMessage("no such table");
                    assertThat(connection.calls).hasValue(1);
                });
    }

    private static void assertWritten(SpecWorld world, Place lostAt) {
        var target = new Target(lost(3, lostAt));

        assertThat(write(world, target, FIVE_ATTEMPTS)).isNull();
        assertThat(target.inner.rows()).containsExactlyInAnyOrder(1, 2);
    }

    private static @Nullable Throwable read(SpecWorld world, Parts source) {
        var flow = Dataflow.named("flow");
        flow.input("in", source).onFailure(FIVE_ATTEMPTS).output("out", new TestSink<Integer>());
        return catchThrowable(() -> world.run(flow));
    }

    private static @Nullable Throwable write(
            SpecWorld world, Target target, @Nullable FailurePolicy policy) {
        var flow = Dataflow.named("flow");
        var output = flow.input("in", world.<Integer>source(1, 2)).output("out", target);
        if (policy != null) {
            output.onFailure(policy);
        }
        return catchThrowable(() -> world.run(flow));
    }

    private static Connection lost(int times, Place place) {
        return new Connection(times, place, () -> new IOException("connection lost"));
    }

    /** Something outside that is lost a number of times. */
    private static final class Connection {

        private final int times;
        private final Place lostAt;
        private final Supplier<Exception> failure;
        private final AtomicInteger calls = new AtomicInteger();

        Connection(int times, Place lostAt, Supplier<Exception> failure) {
            this.times = times;
            this.lostAt = lostAt;
            this.failure = failure;
        }

        void at(Place place) throws Exception {
            if (place == lostAt && calls.incrementAndGet() <= times) {
                throw failure.get();
            }
        }
    }

    private record Parts(Connection connection)
            implements FixedPartitionedSource<Integer, Integer> {

        @Override
        public List<String> listParts() throws Exception {
            connection.at(Place.LISTED);
            return List.of("part");
        }

        @Override
        public StatefulSourcePartition<Integer, Integer> buildPart(
                String step, String part, @Nullable Integer position) throws Exception {
            connection.at(Place.BUILT);
            return new EmptyPart();
        }
    }

    private static final class EmptyPart implements StatefulSourcePartition<Integer, Integer> {

        @Override
        public SourceStatus nextBatch(dev.waxwing.source.SourceEmitter<? super Integer> out) {
            return SourceStatus.ENDED;
        }

        @Override
        public Integer snapshot() {
            return 0;
        }
    }

    private record PartSink(Connection connection, AtomicInteger written)
            implements FixedPartitionedSink<String, Integer, Integer> {

        @Override
        public List<String> listParts() {
            return List.of("a", "b");
        }

        @Override
        public int partFn(String key) {
            return 0;
        }

        @Override
        public StatefulSinkPartition<Integer, Integer> buildPart(
                String step, String part, @Nullable Integer position) throws Exception {
            connection.at(Place.BUILT);
            return new CountingPart(written);
        }
    }

    private record CountingPart(AtomicInteger written)
            implements StatefulSinkPartition<Integer, Integer> {

        @Override
        public void writeBatch(List<Integer> items) {
            written.addAndGet(items.size());
        }

        @Override
        public Integer snapshot() {
            return written.get();
        }
    }

    /** A target whose connection is lost. */
    private static final class Target implements EpochSink<Integer> {

        private static final long serialVersionUID = 1L;

        private final transient Connection connection;
        private final TransactionalTarget<Integer> inner = new TransactionalTarget<>("a");

        Target(Connection connection) {
            this.connection = connection;
        }

        @Override
        public List<String> listParts() throws Exception {
            connection.at(Place.LISTED);
            return inner.listParts();
        }

        @Override
        public TransactionalPartition<Integer> buildPart(String step, String part)
                throws Exception {
            connection.at(Place.BUILT);
            TransactionalPartition<Integer> opened = inner.buildPart(step, part);
            return new TransactionalPartition<>() {
                @Override
                public @Nullable Marker claim(Owner owner) throws Exception {
                    connection.at(Place.CLAIMED);
                    return opened.claim(owner);
                }

                @Override
                public void apply(Commit commit, List<Integer> rows) throws Exception {
                    opened.apply(commit, rows);
                }

                @Override
                public void close() throws Exception {
                    opened.close();
                }
            };
        }
    }

    private static final class Opening implements Kernel<Integer, Integer> {

        private static final long serialVersionUID = 1L;

        private final transient Connection connection;

        Opening(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void open(StepContext context) throws Exception {
            connection.at(Place.BUILT);
        }

        @Override
        public void onItem(Integer item, Outputs<? super Integer> out) {
            out.emit(item);
        }
    }
}
