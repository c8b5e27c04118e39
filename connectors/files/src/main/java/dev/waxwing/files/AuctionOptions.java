package dev.waxwing.files;

import dev.waxwing.function.Supplier;
import dev.waxwing.internal.Elapsed;
import java.io.Serializable;
import java.time.Instant;
import java.time.InstantSource;

/** What the auction stream is like. */
public final class AuctionOptions implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final Supplier<Instant> MACHINE = Instant::now;

    /** How fast events come. */
    public enum Pace {
        /** As fast as they are taken. */
        UNLIMITED,
        /** At the rate of the timestamps, counted from the start of the execution. */
        REAL_TIME
    }

    private final long events;
    private final int partitions;
    private final long seed;
    private final Instant start;
    private final long eventsPerSecond;
    private final Pace pace;
    private final int batchItems;
    private final Supplier<Instant> clock;

    private AuctionOptions(
            long events,
            int partitions,
            long seed,
            Instant start,
            long eventsPerSecond,
            Pace pace,
            int batchItems,
            Supplier<Instant> clock) {
        if (events < 0 || partitions < 1 || batchItems < 1) {
            throw new IllegalArgumentException(
                    "events must be 0 or more, partitions and batchItems 1 or more, but were "
                            + events
                            + ", "
                            + partitions
                            + " and "
                            + batchItems);
        }
        if (eventsPerSecond < 1 || eventsPerSecond > 1_000_000_000) {
            throw new IllegalArgumentException(
                    "eventsPerSecond must be between 1 and 1,000,000,000, but was "
                            + eventsPerSecond);
        }
        this.events = events;
        this.partitions = partitions;
        this.seed = seed;
        this.start = start;
        this.eventsPerSecond = eventsPerSecond;
        this.pace = pace;
        this.batchItems = batchItems;
        this.clock = clock;
    }

    /**
     * A million events from one partition, as fast as they are taken, 10,000 a second by their
     * timestamps from 2026 on.
     */
    public static AuctionOptions defaults() {
        return new AuctionOptions(
                1_000_000,
                1,
                0,
                Instant.parse("2026-01-01T00:00:00Z"),
                10_000,
                Pace.UNLIMITED,
                1_000,
                MACHINE);
    }

    public AuctionOptions withEvents(long count) {
        return new AuctionOptions(
                count, partitions, seed, start, eventsPerSecond, pace, batchItems, clock);
    }

    public AuctionOptions withPartitions(int count) {
        return new AuctionOptions(
                events, count, seed, start, eventsPerSecond, pace, batchItems, clock);
    }

    public AuctionOptions withSeed(long newSeed) {
        return new AuctionOptions(
                events, partitions, newSeed, start, eventsPerSecond, pace, batchItems, clock);
    }

    public AuctionOptions withStart(Instant timestamp) {
        return new AuctionOptions(
                events, partitions, seed, timestamp, eventsPerSecond, pace, batchItems, clock);
    }

    public AuctionOptions withEventsPerSecond(long rate) {
        return new AuctionOptions(events, partitions, seed, start, rate, pace, batchItems, clock);
    }

    public AuctionOptions withPace(Pace choice) {
        return new AuctionOptions(
                events, partitions, seed, start, eventsPerSecond, choice, batchItems, clock);
    }

    public AuctionOptions withBatchItems(int items) {
        return new AuctionOptions(
                events, partitions, seed, start, eventsPerSecond, pace, items, clock);
    }

    /** How much time passes from now on, by that clock. */
    Elapsed elapsed() {
        return Elapsed.by(clock == MACHINE ? InstantSource.system() : this::now);
    }

    private Instant now() {
        try {
            return clock.get();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the clock of the auctions failed", e);
        }
    }

    /** For tests: another clock than the system's. */
    public AuctionOptions withClock(Supplier<Instant> newClock) {
        return new AuctionOptions(
                events, partitions, seed, start, eventsPerSecond, pace, batchItems, newClock);
    }

    /**
     * {@return how many events there are in all partitions together; {@link Long#MAX_VALUE} for no
     * end}
     */
    public long events() {
        return events;
    }

    /** {@return how many partitions there are; each has whole groups of 50 events} */
    public int partitions() {
        return partitions;
    }

    /** {@return the seed; equal seeds give equal events} */
    public long seed() {
        return seed;
    }

    /** {@return the timestamp of the first event} */
    public Instant start() {
        return start;
    }

    /** {@return how fast timestamps advance, for all partitions together} */
    public long eventsPerSecond() {
        return eventsPerSecond;
    }

    /** {@return whether events also come at that rate} */
    public Pace pace() {
        return pace;
    }

    /** {@return how many events are emitted at most before other work gets its turn} */
    public int batchItems() {
        return batchItems;
    }

    /** {@return what tells the time that the pace is kept by} */
    public Supplier<Instant> clock() {
        return clock;
    }
}
