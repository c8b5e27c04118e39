package dev.waxwing.engine.sink;

import dev.waxwing.engine.site.StepSite;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.FixedPartitionedSink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the links that write to sinks. */
public final class SinkLinks {

    private SinkLinks() {}

    /** The link to a sink with a partition for each worker. */
    public static SinkLink dynamic(
            DynamicSink<Object> sink, SinkLetters letters, StepSite site, StepSite feeder) {
        var writer = new SinkWriter<>(SinkParts.of(sink, site), letters, site);
        return new PlainSinkLink<>(writer, letters, feeder);
    }

    /**
     * The link to a sink with partitions that have positions.
     *
     * @param names what the sink listed
     * @param epochs takes what epochs record, or null if there is no recovery
     */
    public static SinkLink partitioned(
            FixedPartitionedSink<Object, Object, Object> sink,
            List<String> names,
            SinkLetters letters,
            StepSite site,
            @Nullable PositionLog epochs,
            StepSite feeder) {
        var writer = new SinkWriter<>(SinkParts.of(sink, names, site), letters, site);
        return epochs == null
                ? new PlainSinkLink<>(writer, letters, feeder)
                : new PositionSinkLink(writer, letters, epochs, site, feeder);
    }

    /**
     * The link to a sink that commits epochs.
     *
     * @param deliveries of the partitions that this execution has opened
     * @param unkeyed the partition of items without keys
     */
    public static EpochSinkLink epochs(
            EpochSink<Object> sink,
            Deliveries deliveries,
            int unkeyed,
            SinkLetters letters,
            StepSite site,
            StepSite feeder) {
        var writer =
                new SinkWriter<>(SinkParts.of(sink, deliveries.parts(), unkeyed), letters, site);
        return new EpochSinkLink(writer, letters, deliveries, site, feeder);
    }
}
