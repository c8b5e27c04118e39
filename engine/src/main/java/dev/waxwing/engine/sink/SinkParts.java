package dev.waxwing.engine.sink;

import dev.waxwing.engine.delivery.DeliveryPart;
import dev.waxwing.engine.site.Route;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.sink.TwoPhasePartition;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which partitions a sink has on a worker, how they are opened, and which one an item goes to. */
interface SinkParts {

    /** How many there are in all; those of other workers stay closed. */
    int count();

    int partOf(@Nullable Object key);

    String name(int part);

    SinkPart open(int part, @Nullable Object resumeState) throws Exception;

    /** One partition, the worker's own. */
    static SinkParts of(DynamicSink<Object> sink, StepSite site) {
        return new SinkParts() {
            @Override
            public int count() {
                return 1;
            }

            @Override
            public int partOf(@Nullable Object key) {
                return 0;
            }

            @Override
            public String name(int part) {
                return "worker " + site.workerIndex();
            }

            @Override
            public SinkPart open(int part, @Nullable Object resumeState) throws Exception {
                return SinkPart.of(
                        site.stepId(),
                        name(part),
                        Objects.requireNonNull(
                                sink.build(site.stepId(), site.workerIndex(), site.workerCount()),
                                "build returned null"));
            }
        };
    }

    /** The partitions that the sink listed. */
    static SinkParts of(
            FixedPartitionedSink<Object, Object, Object> sink, List<String> names, StepSite site) {
        return new SinkParts() {
            @Override
            public int count() {
                return names.size();
            }

            @Override
            public int partOf(@Nullable Object key) {
                return Route.partOf(sink, names.size(), key, site.workerIndex());
            }

            @Override
            public String name(int part) {
                return names.get(part);
            }

            @Override
            public SinkPart open(int part, @Nullable Object resumeState) throws Exception {
                return SinkPart.of(
                        site.stepId(),
                        name(part),
                        Objects.requireNonNull(
                                sink.buildPart(site.stepId(), names.get(part), resumeState),
                                "buildPart returned null"));
            }
        };
    }

    /** The partitions of an epoch sink, which were opened before the worker. */
    static SinkParts of(EpochSink<Object> sink, List<DeliveryPart> parts, StepSite site) {
        return new SinkParts() {
            @Override
            public int count() {
                return parts.size();
            }

            @Override
            public int partOf(@Nullable Object key) {
                return Route.partOf(sink, parts.size(), key, site.workerIndex());
            }

            @Override
            public String name(int part) {
                return parts.get(part).name();
            }

            @Override
            public SinkPart open(int part, @Nullable Object resumeState) {
                DeliveryPart opened = parts.get(part);
                return opened.partition() instanceof TwoPhasePartition<Object, ?> staging
                        ? new StagingPart(opened, staging)
                        : new OutboxPart(opened);
            }
        };
    }
}
