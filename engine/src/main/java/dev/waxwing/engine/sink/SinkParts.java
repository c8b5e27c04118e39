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

/**
 * The partitions that a sink has on a worker: their opening, and the way of items to them.
 *
 * @param <P> kind of the partitions
 */
interface SinkParts<P extends SinkPart> {

    /** How many there are in all; those of other workers stay closed. */
    int count();

    int partOf(@Nullable Object key);

    String name(int part);

    P open(int part, @Nullable Object resumeState) throws Exception;

    /** Takes note of a partition that is open now; on the worker. */
    default void opened(int part, P opened) {}

    /** One partition, the worker's own. */
    static SinkParts<SinkPart> of(DynamicSink<Object> sink, StepSite site) {
        return new SinkParts<>() {
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
                return new StatelessPart(
                        name(part),
                        Objects.requireNonNull(
                                sink.build(site.stepId(), site.workerIndex(), site.workerCount()),
                                "build returned null"));
            }
        };
    }

    /** The partitions that the sink listed. */
    static SinkParts<PositionPart> of(
            FixedPartitionedSink<Object, Object, Object> sink, List<String> names, StepSite site) {
        return new SinkParts<>() {
            @Override
            public int count() {
                return names.size();
            }

            @Override
            public int partOf(@Nullable Object key) {
                /* Without keys there is only one. */
                return Route.partOf(sink, names.size(), key, 0);
            }

            @Override
            public String name(int part) {
                return names.get(part);
            }

            @Override
            public PositionPart open(int part, @Nullable Object resumeState) throws Exception {
                return StatefulPart.of(
                        name(part),
                        Objects.requireNonNull(
                                sink.buildPart(site.stepId(), names.get(part), resumeState),
                                "buildPart returned null"),
                        site);
            }

            @Override
            public void opened(int part, PositionPart opened) {
                site.worker().watch(new WatchedPart(site, name(part), opened));
            }
        };
    }

    /**
     * The partitions of an epoch sink, which were opened before the worker.
     *
     * @param unkeyed the partition of items without keys
     */
    static SinkParts<EpochPart> of(EpochSink<Object> sink, List<DeliveryPart> parts, int unkeyed) {
        return new SinkParts<>() {
            @Override
            public int count() {
                return parts.size();
            }

            @Override
            public int partOf(@Nullable Object key) {
                return Route.partOf(sink, parts.size(), key, unkeyed);
            }

            @Override
            public String name(int part) {
                return parts.get(part).name();
            }

            @Override
            public EpochPart open(int part, @Nullable Object resumeState) {
                DeliveryPart opened = parts.get(part);
                return opened.partition() instanceof TwoPhasePartition<Object, ?> staging
                        ? new StagingPart(opened, staging)
                        : new OutboxPart(opened);
            }
        };
    }
}
