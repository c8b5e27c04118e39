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

    public static SinkLink dynamic(
            DynamicSink<Object> sink, SinkLetters letters, StepSite site, StepSite feeder) {
        return new SinkLink(
                SinkParts.of(sink, site), letters, site, null, forced -> {}, null, feeder);
    }

    /**
     * @param names what the sink listed
     * @param changes takes positions, or null if nothing is recorded
     * @param forces takes what must be forced before the epoch is decided
     */
    public static SinkLink partitioned(
            FixedPartitionedSink<Object, Object, Object> sink,
            List<String> names,
            SinkLetters letters,
            StepSite site,
            @Nullable ChangeLog changes,
            Consumer<Forced> forces,
            StepSite feeder) {
        return new SinkLink(
                SinkParts.of(sink, names, site), letters, site, changes, forces, null, feeder);
    }

    /**
     * @param parts what this execution has opened
     * @param progress takes the newest epoch of a partition
     * @param works takes what is to be committed
     */
    public static SinkLink epochs(
            EpochSink<Object> sink,
            List<DeliveryPart> parts,
            SinkLetters letters,
            StepSite site,
            ChangeLog progress,
            ChangeLog works,
            StepSite feeder) {
        return new SinkLink(
                SinkParts.of(sink, parts, site),
                letters,
                site,
                null,
                forced -> {},
                new Deliveries(progress, works, site.worker()),
                feeder);
    }
}
