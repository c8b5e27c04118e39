package dev.waxwing.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A load done several ways in turn, round by round, with the same result each time. */
final class Contest {

    private static final double CALIBRATION_SECONDS = 0.3;

    private final Load load;
    private final int threads;
    private final List<Way> ways;
    private final Runs runs;

    Contest(Load load, int threads, List<Way> ways, Runs runs) {
        this.load = load;
        this.threads = threads;
        this.ways = ways;
        this.runs = runs;
    }

    /**
     * Runs it.
     *
     * @param seconds that the measured part takes by hand, about; half as much comes before, as
     *     warm-up
     * @throws IllegalStateException if two ways differ in what they give
     */
    Standing run(int rounds, double seconds) throws Exception {
        long positions = calibrate(seconds);
        Map<Way, List<Sample>> samples = new EnumMap<>(Way.class);
        ways.forEach(way -> samples.put(way, new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            Tally first = null;
            for (Way way : ways) {
                Run run = new Run(threads, positions / 2, positions);
                Objects.requireNonNull(samples.get(way)).add(runs.run(load, way, run));
                first = first == null ? run.tally() : first;
                if (!first.equals(run.tally())) {
                    throw new IllegalStateException(
                            load.name()
                                    + ", "
                                    + way.text()
                                    + ": "
                                    + run.tally()
                                    + ", but "
                                    + ways.get(0).text()
                                    + ": "
                                    + first);
                }
            }
        }
        return new Standing(load.name(), threads, samples);
    }

    /** How many positions the hand-written loop does in that time. */
    private long calibrate(double seconds) throws Exception {
        double enough = Math.min(seconds, CALIBRATION_SECONDS);
        for (long positions = 2_000; ; positions *= 2) {
            Run run = new Run(threads, positions / 2, positions);
            runs.run(load, Way.HAND, run);
            if (positions / run.positionsPerSecond() >= enough) {
                return (long) (run.positionsPerSecond() * seconds);
            }
        }
    }
}
