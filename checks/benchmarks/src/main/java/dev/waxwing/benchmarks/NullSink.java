package dev.waxwing.benchmarks;

import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.StatelessSinkPartition;
import java.util.List;

/** Takes lines and forgets them. */
final class NullSink implements DynamicSink<String> {

    private static final long serialVersionUID = 1L;

    @Override
    public StatelessSinkPartition<String> build(String stepId, int workerIndex, int workerCount) {
        return new Forgetting();
    }

    private static final class Forgetting implements StatelessSinkPartition<String> {
        @Override
        public void writeBatch(List<String> items) {}
    }
}
