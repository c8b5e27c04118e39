package dev.waxwing.examples;

import dev.waxwing.testing.SourceConformance;
import java.util.List;
import java.util.Map;

// region conformance
final class TicksConformanceTest extends SourceConformance<Long, Long> {

    @Override
    protected Ticks source() {
        return new Ticks(List.of("a", "b"), 3);
    }

    @Override
    protected Map<String, List<Long>> expected() {
        return Map.of("a", List.of(1L, 2L, 3L), "b", List.of(1L, 2L, 3L));
    }
}
// endregion
