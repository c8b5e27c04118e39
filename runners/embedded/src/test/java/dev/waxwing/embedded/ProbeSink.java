package dev.waxwing.embedded;

import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.sink.StatefulSinkPartition;
import dev.waxwing.sink.StatelessSinkPartition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two partitions that write nothing anywhere. */
final class ProbeSink implements FixedPartitionedSink<String, Object, Integer> {

    private static final long serialVersionUID = 1L;

    private final transient Probe probe;

    ProbeSink(Probe probe) {
        this.probe = probe;
    }

    @Override
    public List<String> listParts() {
        return probe.at("sink.listParts", List.of("s0", "s1"));
    }

    @Override
    public int partFn(String key) {
        return probe.at("sink.partFn", key.charAt(1) - '0');
    }

    @Override
    public StatefulSinkPartition<Object, Integer> buildPart(
            String stepId, String forPart, @Nullable Integer resumeState) {
        probe.at("sink.buildPart");
        probe.opened("sink " + forPart);
        return new StatefulSinkPartition<>() {
            private int written;

            @Override
            public void writeBatch(List<Object> values) {
                probe.at("sink.writeBatch");
                written += values.size();
            }

            @Override
            public Integer snapshot() {
                return probe.at("sink.snapshot", written);
            }

            @Override
            public void force() {
                probe.at("sink.force");
            }

            @Override
            public void onEndOfInput() {
                probe.at("sink.onEndOfInput");
            }

            @Override
            public void close() {
                probe.closed("sink " + forPart);
                probe.at("sink.close");
            }
        };
    }

    /** Writes nothing on each worker. */
    static final class Dynamic implements DynamicSink<Object> {

        private static final long serialVersionUID = 1L;

        private final transient Probe probe;

        Dynamic(Probe probe) {
            this.probe = probe;
        }

        @Override
        public StatelessSinkPartition<Object> build(
                String stepId, int workerIndex, int workerCount) {
            probe.at("dynamicSink.build");
            probe.opened("dynamic sink " + workerIndex);
            return new StatelessSinkPartition<>() {
                @Override
                public void writeBatch(List<Object> items) {
                    probe.at("dynamicSink.writeBatch");
                }

                @Override
                public void onEndOfInput() {
                    probe.at("dynamicSink.onEndOfInput");
                }

                @Override
                public void close() {
                    probe.closed("dynamic sink " + workerIndex);
                    probe.at("dynamicSink.close");
                }
            };
        }
    }
}
