package dev.waxwing.benchmarks;

import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.StatefulSourcePartition;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A source with a partition for each lap of a run, whose position is that of the next item. */
final class LapSource<T> implements FixedPartitionedSource<T, Long> {

    private static final long serialVersionUID = 1L;

    private final transient Run run;
    private final transient Function<Lap, StatefulSourcePartition<T, Long>> open;

    LapSource(Run run, Function<Lap, StatefulSourcePartition<T, Long>> open) {
        this.run = run;
        this.open = open;
    }

    @Override
    public List<String> listParts() {
        return IntStream.range(0, run.threads()).mapToObj(Integer::toString).toList();
    }

    @Override
    public StatefulSourcePartition<T, Long> buildPart(
            String stepId, String forPart, @Nullable Long resumeState) {
        if (resumeState != null) {
            throw new IllegalStateException("a run is measured from its beginning");
        }
        return open.apply(run.lap(Integer.parseInt(forPart)));
    }
}
