package dev.waxwing.testing;

import static dev.waxwing.testing.TestItems.crash;
import static dev.waxwing.testing.TestItems.endOfInput;
import static dev.waxwing.testing.TestItems.pause;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TestSourceTest {

    @Test
    void readsItsItemsThenEnds() throws Exception {
        assertThat(all(TestSource.of(0, 1, 2), null))
                .containsExactly(List.of(0), List.of(1), List.of(2), List.of());
    }

    @Test
    void batchesHaveTheGivenSize() throws Exception {
        assertThat(all(TestSource.of(0, 1, 2, 3, 4).withBatchItems(2), null))
                .containsExactly(List.of(0, 1), List.of(2, 3), List.of(4), List.of());
    }

    @Test
    void resumesBehindItsSnapshot() throws Exception {
        var source = TestSource.of(0, 1, 2);
        var partition = source.buildPart("flow.in", "items", null);
        var reader = new PartitionReader<>(partition);
        reader.readOnce();
        reader.readOnce();

        assertThat(partition.snapshot()).isEqualTo(2);
        assertThat(all(source, 2)).containsExactly(List.of(2), List.of());
    }

    @Test
    void endOfInputEndsOneExecution() throws Exception {
        var source = TestSource.of(0, 1, 2, endOfInput(), 3, 4).withBatchItems(2);

        assertThat(all(source, null)).containsExactly(List.of(0, 1), List.of(2), List.of());
        assertThat(all(source, 4)).containsExactly(List.of(3, 4), List.of());
    }

    @Test
    void crashFiresOnceAndIsPassedOverLater() throws Exception {
        var source = TestSource.of(0, 1, 2, crash(), 3, 4).withBatchItems(2);
        var reader = new PartitionReader<>(source.buildPart("flow.in", "items", null));
        assertThat(reader.readOnce()).containsExactly(0, 1);
        assertThat(reader.readOnce()).containsExactly(2);
        assertThatThrownBy(reader::readOnce).isInstanceOf(CrashException.class);

        assertThat(all(source, 2)).containsExactly(List.of(2, 3), List.of(4), List.of());
    }

    @Test
    void positionCountsEveryElement() throws Exception {
        var source =
                TestSource.of(0, pause(Duration.ZERO), endOfInput(), 1)
                        .withClock(ManualClock.start());
        var partition = source.buildPart("flow.in", "items", null);
        var reader = new PartitionReader<>(partition);

        reader.readOnce();
        assertThat(partition.snapshot()).isEqualTo(1);
        reader.readOnce();
        assertThat(partition.snapshot()).isEqualTo(2);
        reader.readOnce();
        assertThat(partition.snapshot()).isEqualTo(3);
    }

    @Test
    void pauseAsksToBeReadLater() throws Exception {
        var clock = ManualClock.start();
        var source = TestSource.of(0, pause(Duration.ofSeconds(5)), 1).withClock(clock);
        var partition = source.buildPart("flow.in", "items", null);
        var reader = new PartitionReader<>(partition);

        assertThat(reader.readOnce()).containsExactly(0);
        assertThat(reader.readOnce()).isEmpty();
        assertThat(partition.nextAwake()).isEqualTo(clock.instant().plusSeconds(5));
        assertThat(reader.readOnce()).containsExactly(1);
        assertThat(partition.nextAwake()).isNull();
    }

    @Test
    void batchWithoutItemsIsRefused() {
        assertThatThrownBy(() -> TestSource.of(1).withBatchItems(0))
                .hasMessage("items must be 1 or more, but was 0");
    }

    private static List<List<Integer>> all(
            TestSource<Integer> source, @Nullable Integer resumeState) throws Exception {
        var reader = new PartitionReader<>(source.buildPart("flow.in", "items", resumeState));
        List<List<Integer>> batches = new java.util.ArrayList<>();
        while (!reader.hasEnded()) {
            batches.add(reader.readOnce());
        }
        return batches;
    }
}
