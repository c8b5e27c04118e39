package dev.waxwing.testing;

import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.Source;
import java.util.List;
import java.util.Map;

final class ItemSourceConformanceTest extends SourceConformance<String, Integer> {

    @Override
    protected FixedPartitionedSource<String, Integer> source() {
        return Source.of("a", "b", "c");
    }

    @Override
    protected Map<String, List<String>> expected() {
        return Map.of("items", List.of("a", "b", "c"));
    }
}
