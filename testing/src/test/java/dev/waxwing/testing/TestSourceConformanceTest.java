package dev.waxwing.testing;

import dev.waxwing.source.FixedPartitionedSource;
import java.util.List;
import java.util.Map;

final class TestSourceConformanceTest extends SourceConformance<Integer, Integer> {

    private static final Map<String, List<Integer>> ITEMS =
            Map.of("a", List.of(1, 2, 3, 4, 5), "b", List.of(), "c", List.of(6));

    @Override
    protected FixedPartitionedSource<Integer, Integer> source() {
        return TestSource.<Integer>partitions(ITEMS).withBatchItems(2);
    }

    @Override
    protected Map<String, List<Integer>> expected() {
        return ITEMS;
    }
}
