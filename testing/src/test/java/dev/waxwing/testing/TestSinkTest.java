package dev.waxwing.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TestSinkTest {

    @Test
    void collectsAcrossExecutions() throws Exception {
        var sink = new TestSink<Integer>();
        sink.buildPart("flow.out", "items", null).writeBatch(List.of(1, 2));
        sink.buildPart("flow.out", "items", 2).writeBatch(List.of(3));

        assertThat(sink.committed()).containsExactly(1, 2, 3);
    }

    @Test
    void resumeUndoesWhatWasWrittenAfterTheSnapshot() throws Exception {
        var sink = new TestSink<Integer>();
        var partition = sink.buildPart("flow.out", "items", null);
        partition.writeBatch(List.of(1));
        Integer state = partition.snapshot();
        partition.writeBatch(List.of(2, 3));

        sink.buildPart("flow.out", "items", state).writeBatch(List.of(4));

        assertThat(sink.committed()).containsExactly(1, 4);
    }

    @Test
    void dynamicSinkKeepsEverything() throws Exception {
        var sink = TestSink.<Integer>dynamic();
        sink.build("flow.out", 0, 2).writeBatch(List.of(1));
        sink.build("flow.out", 1, 2).writeBatch(List.of(1, 2));

        assertThat(sink.all()).containsExactly(1, 1, 2);
    }
}
