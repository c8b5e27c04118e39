package dev.waxwing.step;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.Fixtures;
import dev.waxwing.OutputStep;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.TransactionalPartition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BatchOptionsTest {

    private final BatchOptions options = BatchOptions.upTo(1, Duration.ZERO);

    @Test
    void limitsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> BatchOptions.upTo(0, Duration.ZERO))
                .hasMessageContaining("itemsMax must be 1 or more, but was 0");
        assertThatThrownBy(() -> BatchOptions.upTo(1, Duration.ofSeconds(-1)))
                .hasMessageContaining("waitMax must be zero or longer, but was PT-1S");
        assertThatThrownBy(() -> options.withBytesMax(0, (String text) -> text.length()))
                .hasMessageContaining("bytesMax must be 1 or more, but was 0");
    }

    @Test
    void sinkThatGetsEpochsFromTheStoreIsNotBatchedBeforeIt() {
        var in = Dataflow.named("flow").input("in", Fixtures.<Integer>source());
        OutputStep out = in.output("out", new Table());

        assertThatThrownBy(() -> out.batched(options))
                .isInstanceOf(InvalidDataflowException.class)
                .hasMessageContaining("step 'flow.out'")
                .hasMessageContaining("transactional")
                .hasMessageContaining("see the sink's own options");
    }

    @Test
    void functionIsGivenNoBatches() {
        var in = Dataflow.named("flow").input("in", Fixtures.<Integer>source());
        OutputStep show = in.forEach("show", n -> {});

        assertThatThrownBy(() -> show.batched(options))
                .isInstanceOf(InvalidDataflowException.class)
                .hasMessageContaining("step 'flow.show'")
                .hasMessageContaining("there is nothing to batch; use a DynamicSink");
    }

    private static final class Table implements EpochSink<Integer> {

        private static final long serialVersionUID = 1L;

        @Override
        public List<String> listParts() {
            return List.of("a");
        }

        @Override
        public TransactionalPartition<Integer> buildPart(String stepId, String forPart) {
            throw new AssertionError("a plan opens nothing");
        }
    }
}
