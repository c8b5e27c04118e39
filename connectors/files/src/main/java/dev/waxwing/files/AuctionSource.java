package dev.waxwing.files;

import dev.waxwing.internal.Elapsed;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The auction stream; see {@link DemoSources#auctions}. */
final class AuctionSource implements FixedPartitionedSource<AuctionEvent, AuctionPosition> {

    private static final long serialVersionUID = 1L;

    private final AuctionOptions options;

    AuctionSource(AuctionOptions options) {
        this.options = options;
    }

    @Override
    public List<String> listParts() {
        return IntStream.range(0, options.partitions()).mapToObj(i -> "auctions-" + i).toList();
    }

    @Override
    public StatefulSourcePartition<AuctionEvent, AuctionPosition> buildPart(
            String stepId, String forPart, @Nullable AuctionPosition resumeState) throws Exception {
        int part = Integer.parseInt(forPart.substring(forPart.lastIndexOf('-') + 1));
        long events = resumeState == null ? 0 : resumeState.events();
        return new Partition(options, part, events, options.elapsed());
    }

    /**
     * Groups of 50 events, dealt out in turn to the partitions. At real-time pace, an event is due
     * when as much time has passed since the start as between its timestamp and the first one's.
     */
    private static final class Partition
            implements StatefulSourcePartition<AuctionEvent, AuctionPosition> {

        private final AuctionOptions options;
        private final AuctionGenerator generator;
        private final int part;
        private final Elapsed elapsed;
        private final Instant firstTimestamp;
        private long events;

        Partition(AuctionOptions options, int part, long events, Elapsed elapsed) {
            this.options = options;
            this.generator = new AuctionGenerator(options);
            this.part = part;
            this.events = events;
            this.elapsed = elapsed;
            this.firstTimestamp = generator.timestamp(number());
        }

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super AuctionEvent> out) throws Exception {
            boolean isPaced = options.pace() == AuctionOptions.Pace.REAL_TIME;
            Duration passed = isPaced ? elapsed.get() : Duration.ZERO;
            for (int items = 0;
                    items < options.batchItems() && (items == 0 || out.hasRoom());
                    items++) {
                if (number() >= options.events()) {
                    return SourceStatus.ENDED;
                }
                if (isPaced && due().compareTo(passed) > 0) {
                    return SourceStatus.OPEN;
                }
                out.emit(generator.event(number()));
                events++;
            }
            return number() >= options.events() ? SourceStatus.ENDED : SourceStatus.OPEN;
        }

        @Override
        public @Nullable Instant nextAwake() {
            return options.pace() == AuctionOptions.Pace.REAL_TIME
                    ? elapsed.instantAt(due())
                    : null;
        }

        @Override
        public AuctionPosition snapshot() {
            return new AuctionPosition(events);
        }

        @Override
        public void close() {}

        /** Of the next event, among those of all partitions. */
        private long number() {
            long group = events / AuctionGenerator.GROUP * options.partitions() + part;
            return group * AuctionGenerator.GROUP + events % AuctionGenerator.GROUP;
        }

        /** When the next event comes, counted from the opening. */
        private Duration due() {
            return Duration.between(firstTimestamp, generator.timestamp(number()));
        }
    }
}
