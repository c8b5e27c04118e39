package dev.waxwing.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.files.AuctionEvent;
import dev.waxwing.files.AuctionEvent.Auction;
import dev.waxwing.files.AuctionEvent.Bid;
import dev.waxwing.files.AuctionOptions;
import dev.waxwing.files.DemoSources;
import dev.waxwing.testing.TestRun;
import dev.waxwing.testing.TestSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuctionWinnersTest {

    private static final AuctionOptions OPTIONS =
            AuctionOptions.defaults()
                    .withEvents(40_000)
                    .withEventsPerSecond(1_000)
                    .withPartitions(3)
                    .withSeed(7);

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void winnersAreThoseOfAPlainComputation(int workers) throws IOException {
        var winners = directory.resolve("winners.csv");

        Waxwing.run(
                AuctionWinners.flow(OPTIONS, winners),
                EmbeddedOptions.defaults().withWorkers(workers));

        var lines = Files.readAllLines(winners);
        assertThat(lines.get(0)).isEqualTo("auction,item,bidder,price,sold,ended");
        assertThat(lines.subList(1, lines.size()))
                .containsExactlyInAnyOrderElementsOf(computed())
                .hasSizeGreaterThan(1_000)
                .anyMatch(line -> line.contains(",true,"))
                .anyMatch(line -> line.contains(",false,"));
    }

    @Test
    void winnersComeBeforeTheInputHasEnded() throws IOException {
        var winners = directory.resolve("winners.csv");

        TestRun.of(AuctionWinners.flow(OPTIONS, winners)).withEpochEvery(5).run();

        var seconds = new ArrayList<String>();
        for (var line : Files.readAllLines(winners)) {
            seconds.add(line.replaceFirst(".*,2026-01-01T00:00:(\\d\\d).*", "$1"));
        }
        assertThat(seconds.lastIndexOf("05")).isBetween(1, seconds.indexOf("15"));
        assertThat(seconds.lastIndexOf("15")).isBetween(1, seconds.indexOf("25"));
    }

    /** All bids of the whole stream, auction by auction. */
    private static List<String> computed() {
        var auctions = new HashMap<Long, Auction>();
        var highest = new TreeMap<Long, Bid>();
        for (var event : events()) {
            if (event instanceof Auction auction) {
                auctions.put(auction.id(), auction);
            }
        }
        for (var event : events()) {
            if (event instanceof Bid bid) {
                var auction = auctions.get(bid.auction());
                var inTime =
                        !bid.timestamp().isBefore(auction.timestamp())
                                && bid.timestamp().isBefore(auction.expires());
                if (inTime) {
                    highest.merge(bid.auction(), bid, (a, b) -> b.price() > a.price() ? b : a);
                }
            }
        }
        return highest.values().stream()
                .map(bid -> line(auctions.get(bid.auction()), bid))
                .toList();
    }

    private static String line(Auction auction, Bid bid) {
        return "%d,%s,%d,%d,%s,%s"
                .formatted(
                        auction.id(),
                        auction.itemName(),
                        bid.bidder(),
                        bid.price(),
                        bid.price() >= auction.reserve(),
                        auction.expires());
    }

    private static List<AuctionEvent> events() {
        var events = new TestSink<AuctionEvent>();
        var flow = Dataflow.named("events");
        flow.input("events", DemoSources.auctions(OPTIONS.withPartitions(1))).output("all", events);
        TestRun.of(flow).run();
        return events.committed();
    }
}
