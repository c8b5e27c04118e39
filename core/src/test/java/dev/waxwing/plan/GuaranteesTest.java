package dev.waxwing.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.Fixtures;
import dev.waxwing.connector.Guarantee;
import dev.waxwing.plan.Plan.Guarantees;
import dev.waxwing.sink.Commit;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.TransactionalPartition;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.PollingSource;
import dev.waxwing.source.QueueSource;
import dev.waxwing.source.QueueSource.MessageQueue;
import dev.waxwing.source.Source;
import dev.waxwing.source.StatefulSourcePartition;
import dev.waxwing.step.FailurePolicy;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class GuaranteesTest {

    @Test
    void sourceWithPositionsAndTransactionalSinkAreExactlyOnce() {
        var flow = Dataflow.named("flow");
        flow.input("in", new Numbers()).map("same", n -> n).output("out", new Table());

        assertThat(flow.guarantees().guarantee()).isEqualTo(Guarantee.EXACTLY_ONCE);
        assertThat(flow.guarantees())
                .hasToString(
                        "flow.in -> flow.out: exactly once, by flow.out: its sink is"
                                + " transactional\n");
    }

    @Test
    void weakestLinkIsNamed() {
        var flow = Dataflow.named("flow");
        flow.input("lossy", Fixtures.<Integer>source()).output("out", new Table());
        flow.input("in", new Numbers()).output("repeating", Fixtures.<Integer>sink());

        assertThat(flow.guarantees().weakest())
                .isEqualTo(
                        new Guarantees.Path(
                                "flow.lossy",
                                "flow.out",
                                Guarantee.AT_MOST_ONCE,
                                "flow.lossy",
                                "its source keeps no position to go back to"));
        assertThat(flow.guarantees().paths())
                .extracting(Guarantees.Path::guarantee)
                .containsExactly(Guarantee.AT_MOST_ONCE, Guarantee.AT_LEAST_ONCE);
    }

    @Test
    void functionThatEndsAStreamIsCalledAtLeastOnce() {
        var flow = Dataflow.named("flow");
        flow.input("in", Source.of(1)).inspect("look", (step, n) -> {}).forEach("show", n -> {});

        assertThat(flow.guarantees())
                .hasToString(
                        "flow.in -> flow.show: at least once, by flow.show: its function is called"
                                + " as items come, at least once\n");
    }

    @Test
    void sourceThatOnlyPollsLosesWhatItHasPolled() {
        var flow = Dataflow.named("flow");
        flow.input("in", PollingSource.every(Duration.ofSeconds(1), () -> 1))
                .output("out", new Table());

        assertThat(flow.guarantees().guarantee()).isEqualTo(Guarantee.AT_MOST_ONCE);
    }

    @Test
    void queueWithoutIdsReadsAgain() {
        var flow = Dataflow.named("flow");
        flow.input("in", new Messages(false)).output("out", new Table());

        assertThat(flow.guarantees())
                .hasToString(
                        "flow.in -> flow.out: at least once, by flow.in: its source reads again"
                                + " what it does not know to be done\n");
    }

    @Test
    void queueWithIdsIsEffectivelyOnce() {
        var flow = Dataflow.named("flow");
        flow.input("in", new Messages(true)).output("out", new Table());

        assertThat(flow.guarantees().guarantee()).isEqualTo(Guarantee.EFFECTIVELY_ONCE);
    }

    @Test
    void deadLettersThatNobodyReadsAreLost() {
        var flow = Dataflow.named("flow");
        flow.input("in", new Numbers())
                .map("risky", n -> 1 / n)
                .onFailure(FailurePolicy.deadLetter())
                .output("out", new Table());

        assertThat(flow.guarantees().weakest().weakest()).isEqualTo("flow.risky");
    }

    private record Numbers() implements FixedPartitionedSource<Integer, Integer> {

        @Override
        public List<String> listParts() {
            return List.of("numbers");
        }

        @Override
        public StatefulSourcePartition<Integer, Integer> buildPart(
                String stepId, String forPart, @Nullable Integer resumeState) {
            throw new AssertionError("only looked at");
        }
    }

    private record Messages(boolean hasIds) implements QueueSource<Integer> {

        @Override
        public MessageQueue<Integer> open(String forPart) {
            throw new AssertionError("only looked at");
        }
    }

    private record Table() implements EpochSink<Integer> {

        @Override
        public List<String> listParts() {
            return List.of("a");
        }

        @Override
        public TransactionalPartition<Integer> buildPart(String stepId, String forPart) {
            return new TransactionalPartition<>() {
                @Override
                public @Nullable Marker claim(Owner owner) {
                    return null;
                }

                @Override
                public void apply(Commit commit, List<Integer> rows) {}
            };
        }
    }
}
