package dev.waxwing.testing;

import static dev.waxwing.testing.TestItems.pause;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PartitionReaderTest {

    @Test
    void readsUntilSomethingComes() throws Exception {
        var source = TestSource.<Integer>ofElements(java.util.List.of(pause(Duration.ZERO), 1));
        var reader = new PartitionReader<>(source.buildPart("flow.in", "items", null));

        assertThat(reader.readBatch(Duration.ofSeconds(5))).containsExactly(1);
        assertThat(reader.readBatch(Duration.ofSeconds(5))).isEmpty();
        assertThat(reader.hasEnded()).isTrue();
    }

    @Test
    void givesUpAfterTheTimeout() throws Exception {
        var source =
                TestSource.<Integer>ofElements(java.util.List.of(pause(Duration.ofHours(1)), 1));
        var reader = new PartitionReader<>(source.buildPart("flow.in", "items", null));

        assertThatThrownBy(() -> reader.readBatch(Duration.ofMillis(5)))
                .hasMessage("no item within PT0.005S");
    }

    @Test
    void endedPartitionIsNotReadAgain() throws Exception {
        var source = TestSource.<Integer>ofElements(java.util.List.of());
        var reader = new PartitionReader<>(source.buildPart("flow.in", "items", null));
        reader.readOnce();

        assertThatThrownBy(reader::readOnce).hasMessageContaining("has ended");
    }
}
