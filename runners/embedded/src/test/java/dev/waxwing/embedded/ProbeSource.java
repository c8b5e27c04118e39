package dev.waxwing.embedded;

import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.source.DynamicSource;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import dev.waxwing.source.StatelessSourcePartition;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Emits ten numbers of each of two partitions, one by one. */
final class ProbeSource implements FixedPartitionedSource<Integer, Integer> {

    private static final long serialVersionUID = 1L;
    private static final int ITEMS = 10;

    private final transient Probe probe;
    private final boolean blocks;

    ProbeSource(Probe probe) {
        this(probe, false);
    }

    private ProbeSource(Probe probe, boolean blocks) {
        this.probe = probe;
        this.blocks = blocks;
    }

    /** Its partitions are read on threads of their own. */
    static ProbeSource blocking(Probe probe) {
        return new ProbeSource(probe, true);
    }

    @Override
    public List<String> listParts() {
        return probe.at("source.listParts", List.of("p0", "p1"));
    }

    @Override
    public StatefulSourcePartition<Integer, Integer> buildPart(
            String stepId, String forPart, @Nullable Integer resumeState) {
        probe.at("source.buildPart");
        probe.opened("source " + forPart);
        Partition partition = new Partition(forPart, Objects.requireNonNullElse(resumeState, 0));
        return blocks ? new Blocking(partition) : partition;
    }

    private record Blocking(Partition partition)
            implements StatefulSourcePartition<Integer, Integer>, BlockingPartition {

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Integer> out) {
            return partition.nextBatch(out);
        }

        @Override
        public @Nullable Instant nextAwake() {
            return partition.nextAwake();
        }

        @Override
        public Integer snapshot() {
            return partition.snapshot();
        }

        @Override
        public void close() {
            partition.close();
        }
    }

    private final class Partition implements StatefulSourcePartition<Integer, Integer> {

        private final String name;
        private int next;

        Partition(String name, int next) {
            this.name = name;
            this.next = next;
        }

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Integer> out) {
            probe.at("source.nextBatch");
            if (next == ITEMS) {
                return SourceStatus.ENDED;
            }
            out.emit(next++);
            return SourceStatus.OPEN;
        }

        @Override
        public @Nullable Instant nextAwake() {
            probe.at(next == 0 ? "source.firstNextAwake" : "source.nextAwake");
            return null;
        }

        @Override
        public Integer snapshot() {
            return probe.at("source.snapshot", next);
        }

        @Override
        public void close() {
            probe.closed("source " + name);
            probe.at("source.close");
        }
    }

    /** Emits one number on each worker. */
    static final class Dynamic implements DynamicSource<Integer> {

        private static final long serialVersionUID = 1L;

        private final transient Probe probe;

        Dynamic(Probe probe) {
            this.probe = probe;
        }

        @Override
        public StatelessSourcePartition<Integer> build(
                String stepId, int workerIndex, int workerCount) {
            probe.at("dynamicSource.build");
            probe.opened("dynamic source " + workerIndex);
            return new StatelessSourcePartition<>() {
                @Override
                public SourceStatus nextBatch(SourceEmitter<? super Integer> out) {
                    probe.at("dynamicSource.nextBatch");
                    out.emit(100);
                    return SourceStatus.ENDED;
                }

                @Override
                public void close() {
                    probe.closed("dynamic source " + workerIndex);
                    probe.at("dynamicSource.close");
                }
            };
        }
    }
}
