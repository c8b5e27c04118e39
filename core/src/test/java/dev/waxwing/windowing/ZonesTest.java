package dev.waxwing.windowing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Windows have the length that they are given, also over the changes of a zone, and in any year.
 */
final class ZonesTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration STEP = Duration.ofMinutes(10);

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe"})
    void windowsAreAsLongOverBothChanges(String zone) {
        for (Instant change : changes(ZoneId.of(zone))) {
            Instant midnight =
                    change.atZone(ZoneId.of(zone))
                            .toLocalDate()
                            .atStartOfDay(ZoneId.of(zone))
                            .toInstant();
            assertWindows(midnight, change);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01T00:00:00Z", "9999-12-31T12:00:00Z"})
    void windowsAreAsLongInTheFirstAndTheLastYear(String middle) {
        assertWindows(Instant.parse("2022-01-01T00:00:00Z"), Instant.parse(middle));
        assertWindows(Instant.parse(middle), Instant.parse(middle));
    }

    @Test
    void sessionGoesOnOverBothChanges() {
        for (Instant change : changes(ZoneId.of("Europe/Berlin"))) {
            var sessions = SessionWindower.of(Duration.ofMinutes(10)).build(null);
            List<Long> ids = new ArrayList<>();
            for (Instant at : around(change)) {
                ids.add(sessions.openFor(Micros.of(at))[0]);
            }
            assertThat(ids).containsOnly(ids.get(0));
        }
    }

    private static void assertWindows(Instant alignTo, Instant middle) {
        var tumbling = TumblingWindower.of(HOUR).alignedTo(alignTo).build(null);
        var sliding = SlidingWindower.of(HOUR, STEP).alignedTo(alignTo).build(null);
        for (Instant at : around(middle)) {
            Duration since = Duration.between(alignTo, at);
            assertThat(tumbling.openFor(Micros.of(at)))
                    .as("at %s", at)
                    .containsExactly(Math.floorDiv(since.toSeconds(), HOUR.toSeconds()));
            long last = Math.floorDiv(since.toSeconds(), STEP.toSeconds());
            assertThat(sliding.openFor(Micros.of(at)))
                    .as("at %s", at)
                    .containsExactly(last - 5, last - 4, last - 3, last - 2, last - 1, last);
        }
    }

    /** Each ten minutes for three hours before and after. */
    private static List<Instant> around(Instant middle) {
        List<Instant> times = new ArrayList<>();
        for (int i = -18; i <= 18; i++) {
            times.add(middle.plus(STEP.multipliedBy(i)));
        }
        return times;
    }

    private static List<Instant> changes(ZoneId zone) {
        Instant year = LocalDate.of(2026, 1, 1).atStartOfDay(zone).toInstant();
        Instant first = zone.getRules().nextTransition(year).getInstant();
        return List.of(first, zone.getRules().nextTransition(first).getInstant());
    }
}
