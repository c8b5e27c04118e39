package dev.waxwing.examples;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.files.AuctionEvent;
import dev.waxwing.files.AuctionEvent.Auction;
import dev.waxwing.files.AuctionEvent.Bid;
import dev.waxwing.files.AuctionOptions;
import dev.waxwing.files.CsvFiles;
import dev.waxwing.files.DemoSources;
import dev.waxwing.files.OnExisting;
import dev.waxwing.function.Order;
import dev.waxwing.join.Interval;
import dev.waxwing.join.Interval.Match;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.step.WatermarkOptions;
import dev.waxwing.windowing.StreamClock;
import dev.waxwing.windowing.TumblingWindower;
import dev.waxwing.windowing.WindowResult;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * Joins auctions with their bids, and writes the highest bid of each when the auction has ended, by
 * the time of the data. Auctions without a bid have no line.
 */
public final class AuctionWinners {

    private static final String NAME = "auctions";
    private static final String WINNERS = "winners.csv";
    private static final int PARTITIONS = 4;
    private static final long EVENTS = 200_000;

    /** No auction of the demo source is open for longer. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private AuctionWinners() {}

    // region types
    /** A bid that came in time. */
    public record Offer(Auction auction, Bid bid) {

        static Offer of(Match<Auction, Bid> match) {
            return new Offer(match.left(), match.right());
        }

        boolean isInTime() {
            return bid.timestamp().isBefore(auction.expires());
        }

        Instant ends() {
            return auction.expires();
        }

        long price() {
            return bid.price();
        }
    }

    /** How an auction has ended; not sold if nobody has bid what the seller takes. */
    public record Winner(
            long auction, String item, long bidder, long price, boolean sold, Instant ended) {

        static Winner of(long auction, WindowResult<Offer> highest) {
            Offer offer = highest.value();
            return new Winner(
                    auction,
                    offer.auction().itemName(),
                    offer.bid().bidder(),
                    offer.price(),
                    offer.price() >= offer.auction().reserve(),
                    offer.ends());
        }
    }

    // endregion

    // region flow
    /** Writes a line for each auction that somebody has bid on. */
    public static Dataflow flow(AuctionOptions options, Path winners) {
        var flow = Dataflow.named(NAME);
        var events =
                flow.input("events", DemoSources.auctions(options))
                        .watermark(
                                "time",
                                AuctionEvent::timestamp,
                                WatermarkOptions.outOfOrderBy(Duration.ZERO));
        var auctions =
                events.filter("auctions", Auction.class::isInstance)
                        .map("auction", Auction.class::cast)
                        .keyOn("by-id", Auction::id);
        var bids =
                events.filter("bids", Bid.class::isInstance)
                        .map("bid", Bid.class::cast)
                        .keyOn("by-auction", Bid::auction);

        auctions.intervalJoin(
                        "offers",
                        StreamClock.of(event -> ((AuctionEvent) event).timestamp()),
                        bids,
                        Interval.between(Duration.ZERO, LONGEST))
                .down()
                .mapValue("offer", Offer::of)
                .filterValue("in-time", Offer::isInTime)
                .maxWindow(
                        "highest",
                        StreamClock.of(Offer::ends),
                        TumblingWindower.of(Duration.ofSeconds(1)),
                        Order.by(Offer::price))
                .down()
                .map("winner", Winner::of)
                .output(
                        "winners",
                        CsvFiles.append(winners, Winner.class).withOnExisting(OnExisting.TRUNCATE));
        return flow;
    }

    // endregion

    /** The dataflow over 200,000 events. */
    public static Dataflow example() throws IOException {
        return flow(options(), directory(Path.of("")).resolve(WINNERS));
    }

    /** Runs it with recovery. */
    public static void main(String[] args) throws IOException {
        run(Path.of(""), System.out);
    }

    static void run(Path base, PrintStream out) throws IOException {
        var directory = directory(base);
        var winners = directory.resolve(WINNERS);
        Waxwing.run(flow(options(), winners), RecoveryOptions.in(directory.resolve("state")));
        out.printf("auctions with a bid: %d, in %s%n", ExampleFiles.items(winners), winners);
    }

    private static AuctionOptions options() {
        return AuctionOptions.defaults().withEvents(EVENTS).withPartitions(PARTITIONS);
    }

    private static Path directory(Path base) throws IOException {
        return Files.createDirectories(ExampleFiles.data(base).resolve(NAME));
    }
}
