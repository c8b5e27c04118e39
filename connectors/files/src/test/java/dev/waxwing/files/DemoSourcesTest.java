package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.files.AuctionEvent.Auction;
import dev.waxwing.files.AuctionEvent.Bid;
import dev.waxwing.files.AuctionEvent.Person;
import dev.waxwing.source.SourceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class DemoSourcesTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final AuctionOptions AUCTIONS = AuctionOptions.defaults().withEvents(1_000);

    @Test
    void c18_metricHasAsManyValuesAsAsked() throws Exception {
        var source =
                DemoSources.randomMetrics("volts")
                        .withInterval(Duration.ZERO)
                        .withCount(3)
                        .withGenerator((name, index) -> 42);

        Metric metric = new Metric("volts", 42);
        assertThat(Collected.all(source).items).containsExactly(metric, metric, metric);
    }

    @Test
    void metricIsDueAtFixedTimesWithoutDrift() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(START);
        var source = DemoSources.randomMetrics("volts").withClock(now::get);
        Collected<Metric> collected = new Collected<>();
        try (var partition = source.buildPart("flow.in", "volts", null)) {
            partition.nextBatch(collected);
            assertThat(partition.nextAwake()).isEqualTo(START.plusMillis(700));
            partition.nextBatch(collected);
            assertThat(collected.items).hasSize(1);
            now.set(START.plusMillis(950));
            partition.nextBatch(collected);
            assertThat(partition.nextAwake()).isEqualTo(START.plusMillis(1_400));
            assertThat(partition.snapshot())
                    .isEqualTo(new MetricPosition(START.plusMillis(1_400), 2));
        }
    }

    @Test
    void metricResumesItsSeriesAndSchedule() throws Exception {
        var source = DemoSources.randomMetrics("volts").withInterval(Duration.ZERO).withCount(20);
        List<Metric> whole = Collected.all(source).items;

        for (int count = 0; count <= 20; count++) {
            assertThat(Collected.from(source, new MetricPosition(START, count)).items)
                    .isEqualTo(whole.subList(count, 20));
        }
        assertThat(whole).allMatch(metric -> metric.value() >= 0 && metric.value() <= 9);
        assertThat(new HashSet<>(whole)).hasSizeGreaterThan(3);
    }

    @Test
    void metricsAreAPartitionEach() {
        assertThat(DemoSources.randomMetrics("a", "b").listParts()).containsExactly("a", "b");
        assertThatThrownBy(() -> DemoSources.randomMetrics("a", "a"))
                .hasMessageContaining("distinct");
        assertThatThrownBy(
                        () -> DemoSources.randomMetrics("a").withInterval(Duration.ofSeconds(-1)))
                .hasMessageContaining("interval");
    }

    @Test
    void auctionEventsHaveTheProportionsOfNexmark() throws Exception {
        List<AuctionEvent> events = Collected.all(DemoSources.auctions(AUCTIONS)).items;

        assertThat(events).hasSize(1_000);
        assertThat(events).filteredOn(Person.class::isInstance).hasSize(20);
        assertThat(events).filteredOn(Auction.class::isInstance).hasSize(60);
        assertThat(events).filteredOn(Bid.class::isInstance).hasSize(920);
    }

    @Test
    void auctionEventsReferToWhatCameBefore() throws Exception {
        Set<Long> people = new HashSet<>();
        Set<Long> auctions = new HashSet<>();
        for (AuctionEvent event :
                Collected.all(DemoSources.auctions(AUCTIONS.withEvents(20_000))).items) {
            if (event instanceof Person person) {
                assertThat(people.add(person.id())).isTrue();
            } else if (event instanceof Auction auction) {
                assertThat(auctions.add(auction.id())).isTrue();
                assertThat(people).contains(auction.seller());
                assertThat(auction.expires()).isAfter(auction.timestamp());
                assertThat(auction.reserve()).isGreaterThan(auction.initialBid());
            } else if (event instanceof Bid bid) {
                assertThat(people).contains(bid.bidder());
                assertThat(auctions).contains(bid.auction());
                assertThat(bid.price()).isBetween(100L, 100_000_000L);
            }
        }
    }

    @Test
    void auctionTimestampsAdvanceAtTheRate() throws Exception {
        var options = AUCTIONS.withStart(START).withEventsPerSecond(3).withEvents(7);

        assertThat(Collected.all(DemoSources.auctions(options)).items)
                .extracting(AuctionEvent::timestamp)
                .containsExactly(
                        START,
                        START.plusNanos(333_333_333),
                        START.plusNanos(666_666_666),
                        START.plusSeconds(1),
                        START.plusNanos(1_333_333_333),
                        START.plusNanos(1_666_666_666),
                        START.plusSeconds(2));
    }

    @Test
    void auctionsResumeAtAnyEventAndEqualSeedsGiveEqualEvents() throws Exception {
        var source = new AuctionSource(AUCTIONS.withEvents(170));
        List<AuctionEvent> whole = Collected.all(source).items;

        for (int event = 0; event <= 170; event += 7) {
            assertThat(Collected.from(source, new AuctionPosition(event)).items)
                    .isEqualTo(whole.subList(event, 170));
        }
        assertThat(Collected.all(DemoSources.auctions(AUCTIONS.withEvents(170).withSeed(1))).items)
                .isNotEqualTo(whole);
    }

    @Test
    void partitionsTogetherHaveTheEventsOfOne() throws Exception {
        List<AuctionEvent> one =
                Collected.all(DemoSources.auctions(AUCTIONS.withEvents(330))).items;
        List<AuctionEvent> three =
                new ArrayList<>(
                        Collected.all(
                                        DemoSources.auctions(
                                                AUCTIONS.withEvents(330).withPartitions(3)))
                                .items);

        assertThat(three).containsExactlyInAnyOrderElementsOf(one);
    }

    @Test
    void auctionsAtRealTimePaceComeWhenTheyAreDue() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(START.plusSeconds(1_000));
        var options =
                AUCTIONS.withStart(START)
                        .withEventsPerSecond(10)
                        .withPace(AuctionOptions.Pace.REAL_TIME)
                        .withClock(now::get);
        Collected<AuctionEvent> collected = new Collected<>();
        var source = DemoSources.auctions(options);
        try (var partition = source.buildPart("flow.in", "auctions-0", null)) {
            partition.nextBatch(collected);
            assertThat(collected.items).hasSize(1);
            assertThat(partition.nextAwake()).isEqualTo(now.get().plusMillis(100));
            now.updateAndGet(time -> time.plusMillis(1_250));
            assertThat(partition.nextBatch(collected)).isEqualTo(SourceStatus.OPEN);
            assertThat(collected.items).hasSize(13);
        }
    }

    @Test
    void optionsAreChecked() {
        assertThatThrownBy(() -> AUCTIONS.withPartitions(0)).hasMessageContaining("partitions");
        assertThatThrownBy(() -> AUCTIONS.withEventsPerSecond(0))
                .hasMessageContaining("eventsPerSecond");
    }
}
