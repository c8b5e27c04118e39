package dev.waxwing.simulation.windows;

import dev.waxwing.simulation.Chance;
import dev.waxwing.simulation.windows.WindowTrial.Kind;
import dev.waxwing.simulation.windows.WindowTrial.Time;
import dev.waxwing.windowing.WindowOptions.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Trials of all sorts: times at edges of windows, equal, decreasing, long ago and far ahead. */
final class RandomTrials {

    private static final List<Duration> UNITS =
            List.of(
                    Duration.ofNanos(1_000),
                    Duration.ofMillis(1),
                    Duration.ofSeconds(1),
                    Duration.ofDays(1));
    private static final List<Instant> ALIGNMENTS =
            List.of(
                    Instant.EPOCH,
                    Instant.parse("1850-06-01T00:00:00Z"),
                    Instant.parse("2022-01-01T00:00:00Z"),
                    Instant.parse("2099-12-31T23:59:59.999999Z"));
    private static final Instant LONG_AGO = Instant.parse("-100000-01-01T00:00:00Z");
    private static final Instant YEAR_1000 = Instant.parse("1000-01-01T00:00:00Z");
    private static final Instant FAR_AHEAD = Instant.parse("+100000-01-01T00:00:00Z");
    private static final int PARTITIONS_MAX = 3;
    private static final int KEYS_MAX = 3;
    private static final int READINGS_MAX = 25;

    private final Chance chance;
    private final Duration unit;
    private final Instant alignTo;
    private int number;

    private RandomTrials(long seed) {
        chance = new Chance(seed);
        unit = chance.oneOf(UNITS);
        alignTo = chance.oneOf(ALIGNMENTS);
    }

    static WindowTrial of(long seed) {
        return new RandomTrials(seed).next();
    }

    private WindowTrial next() {
        Kind kind = chance.oneOf(Kind.values());
        Time time = chance.oneOf(Time.values());
        int length = chance.between(kind == Kind.SESSIONS ? 0 : 1, 12);
        Duration wait =
                time != Time.STREAM && chance.oneIn(8)
                        ? WindowTrial.FOR_EVER
                        : units(chance.below(15));
        return new WindowTrial(
                kind,
                units(length),
                units(kind == Kind.SLIDING ? chance.between(1, length) : length),
                alignTo,
                time,
                wait,
                chance.oneOf(Order.values()),
                chance.oneIn(3) ? units(chance.between(1, 20)) : Duration.ZERO,
                chance.oneIn(4) ? chance.between(1, 3) : 0,
                chance.oneIn(2),
                partitions(time, wait));
    }

    private List<List<Reading>> partitions(Time time, Duration wait) {
        int keys = chance.between(1, KEYS_MAX);
        boolean inOrder = time == Time.STREAM && chance.oneIn(2);
        List<List<Reading>> partitions = new ArrayList<>();
        for (int i = chance.between(1, PARTITIONS_MAX); i > 0; i--) {
            String prefix = time == Time.STREAM ? "k" : "p" + i + "-k";
            List<Reading> part = new ArrayList<>();
            Instant newest = LONG_AGO;
            Instant base = chance.oneOf(alignTo, alignTo, Instant.EPOCH, YEAR_1000);
            int direction = chance.between(-1, 2);
            for (int left = chance.below(READINGS_MAX + 1); left > 0; left--) {
                base = base.plus(units((long) direction * chance.below(4)));
                Instant at = near(base);
                if (inOrder && at.isBefore(newest.minus(wait))) {
                    at = newest.minus(wait);
                }
                newest = at.isAfter(newest) ? at : newest;
                part.add(new Reading(prefix + chance.below(keys), number++, at));
            }
            partitions.add(List.copyOf(part));
        }
        return List.copyOf(partitions);
    }

    private Instant near(Instant base) {
        if (chance.oneIn(60)) {
            return chance.oneOf(LONG_AGO, FAR_AHEAD);
        }
        Instant at = base.plus(units(chance.between(-8, 8)));
        return chance.oneIn(3) ? at.plus(unit.dividedBy(2)) : at;
    }

    private Duration units(long count) {
        return unit.multipliedBy(count);
    }
}
