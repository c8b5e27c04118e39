package dev.waxwing.engine.sink;

import dev.waxwing.engine.delivery.DeliveryPart;
import dev.waxwing.engine.site.ChangeLog;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.FixedPartitionedSink;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes the links that write to sinks. */
public final class SinkLinks {

    private SinkLinks() {}

    /** The link to a sink with a partition for each worker. */
    public static SinkLink dynamic(
            DynamicSink<Object> sink, SinkLetters letters, StepSite site, StepSite feeder) {
        var writer = new SinkWriter<>(SinkParts.of(sink, site), letters, site);
        return new PlainSinkLink(writer, letters, feeder);
    }

    /**
     * The link to a sink with partitions that have positions.
     *
     * @param names what the sink listed
     * @param positions takes positions, or null if nothing is recorded
     * @param forces takes what must be forced before the epoch is decided
     */
    public static SinkLink partitioned(
            FixedPartitionedSink<Object, Object, Object> sink,
            List<String> names,
            SinkLetters letters,
            StepSite site,
            @Nullable ChangeLog positions,
            Consumer<Forced> forces,
            StepSite feeder) {
        var writer = new SinkWriter<>(SinkParts.of(sink, names, site), letters, site);
        return positions == null
                ? new PlainSinkLink(writer, letters, feeder)
                : new PositionSinkLink(writer, letters, positions, forces, site, feeder);
    }

    /**
     * The link to a sink that commits epochs.
     *
     * @param parts what this execution has opened
     * @param progress takes the newest epoch of a partition
     * @param works takes what is to be committed
     */
    public static EpochSinkLink epochs(
            EpochSink<Object> sink,
            List<DeliveryPart> parts,
            SinkLetters letters,
            StepSite site,
            ChangeLog progress,
            ChangeLog works,
            StepSite feeder) {
        var writer = new SinkWriter<>(SinkParts.of(sink, parts, site), letters, site);
        var deliveries = new Deliveries(parts, progress, works, site.worker());
        return new EpochSinkLink(writer, letters, deliveries, site, feeder);
    }
}
