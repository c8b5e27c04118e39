package dev.waxwing.embedded;

import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.sink.StatefulSinkPartition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Partitions of given names that write nothing anywhere. */
final class ListedSink implements FixedPartitionedSink<Integer, Integer, Integer> {

    private static final long serialVersionUID = 1L;

    private final List<String> names;

    ListedSink(String... names) {
        this.names = List.of(names);
    }

    @Override
    public List<String> listParts() {
        return names;
    }

    @Override
    public StatefulSinkPartition<Integer, Integer> buildPart(
            String stepId, String forPart, @Nullable Integer resumeState) {
        return new StatefulSinkPartition<>() {
            @Override
            public void writeBatch(List<Integer> values) {}

            @Override
            public Integer snapshot() {
                return 0;
            }
        };
    }
}
