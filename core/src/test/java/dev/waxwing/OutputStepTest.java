package dev.waxwing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.sink.Sink;
import dev.waxwing.sink.StatefulSinkPartition;
import dev.waxwing.step.InvalidDataflowException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class OutputStepTest {

    private final Dataflow flow = Dataflow.named("flow");
    private final Stream<Integer> numbers = flow.input("in", Fixtures.<Integer>source());

    @Test
    void sinkForKeysOfAnotherTypeIsRefused() {
        var keyed = numbers.keyOn("key", n -> n);
        Sink<Integer> byName = new SinkByName();

        assertThatThrownBy(() -> keyed.output("out", byName))
                .isInstanceOf(InvalidDataflowException.class)
                .hasMessage(
                        "step 'flow.out': its sink chooses a partition by a java.lang.String, but"
                                + " the stream's keys are of java.lang.Integer; give the values"
                                + " such keys with keyOn before this step");
        assertThatThrownBy(() -> keyed.outputs("all", Map.of("one", byName)))
                .isInstanceOf(InvalidDataflowException.class)
                .hasMessageContaining("step 'flow.all.one': its sink chooses a partition");
    }

    @Test
    void sinkForTheKeysOfTheStreamIsTaken() {
        numbers.keyOn("name", n -> "number " + n).output("out", new SinkByName());

        assertThat(flow.plan().guarantees()).isNotNull();
    }

    @Test
    void sinkIsTakenWhereKeysMayBeOfItsType() {
        numbers.<Comparable<?>>keyOn("key", n -> n > 0 ? "name" : n)
                .output("out", new SinkByName());

        assertThat(flow.plan().guarantees()).isNotNull();
    }

    private static final class SinkByName implements FixedPartitionedSink<String, Integer, Long> {

        private static final long serialVersionUID = 1L;

        @Override
        public List<String> listParts() {
            return List.of("a", "b");
        }

        @Override
        public StatefulSinkPartition<Integer, Long> buildPart(
                String stepId, String forPart, @Nullable Long resumeState) {
            throw new IllegalStateException("plans are only looked at here");
        }
    }
}
