package dev.waxwing.files;

import dev.waxwing.source.FixedPartitionedSource;
import java.util.stream.Stream;

/** Sources that make up their items: for first steps, examples and measurements. */
public final class DemoSources {

    private DemoSources() {}

    /** A random value of each metric every 0.7 seconds. */
    public static RandomMetricSource randomMetrics(String name, String... more) {
        return RandomMetricSource.of(Stream.concat(Stream.of(name), Stream.of(more)).toList());
    }

    /**
     * People, auctions and bids in proportions 1 : 3 : 46, as in the Nexmark benchmark. An event
     * depends on seed and number only; a partition resumes at the next one.
     */
    public static FixedPartitionedSource<AuctionEvent, ?> auctions(AuctionOptions options) {
        return new AuctionSource(options);
    }
}
