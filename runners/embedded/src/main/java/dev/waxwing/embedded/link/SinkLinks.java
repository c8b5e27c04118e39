package dev.waxwing.embedded.link;

import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.FixedPartitionedSink;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes the links that write to sinks. */
public final class SinkLinks {

    private SinkLinks() {}

    public static SinkLink dynamic(
            DynamicSink<Object> sink, @Nullable Link dead, StepSite site, StepSite feeder) {
        return new SinkLink(SinkParts.of(sink, site), dead, site, null, forced -> {}, feeder);
    }

    /**
     * @param names what the sink listed
     * @param changes takes positions, or null if nothing is recorded
     * @param forces takes what must be forced before the epoch is decided
     */
    public static SinkLink partitioned(
            FixedPartitionedSink<Object, Object, Object> sink,
            List<String> names,
            @Nullable Link dead,
            StepSite site,
            @Nullable ChangeLog changes,
            Consumer<SinkLink.Forced> forces,
            StepSite feeder) {
        return new SinkLink(SinkParts.of(sink, names, site), dead, site, changes, forces, feeder);
    }
}
