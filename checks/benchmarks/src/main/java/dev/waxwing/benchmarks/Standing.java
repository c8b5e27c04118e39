package dev.waxwing.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How the ways of a contest stand to each other.
 *
 * @param load its name
 * @param threads each way had
 * @param samples of each way, by round
 */
record Standing(String load, int threads, Map<Way, List<Sample>> samples) {

    static final String HEADINGS =
            """
            | load | threads | way | M items/s, median | min | max | to by hand | to Waxwing without \
            recovery | CPU ns an item | to by hand, by CPU time | bytes an item | longest gap, ms, median | max | epochs | dirty keys |
            | --- | --: | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |
            """;

    /** A line of the table for each way. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        samples.forEach((way, of) -> lines.add(line(way, of)));
        return lines;
    }

    private String line(Way way, List<Sample> of) {
        double rate = median(of, Sample::itemsPerSecond);
        return String.format(
                Locale.ROOT,
                "| %s | %d | %s | %.2f | %.2f | %.2f | %s | %s | %.2f | %s | %.1f | %.1f | %.1f | %s | %s |",
                load,
                threads,
                way.text(),
                rate / 1e6,
                of.stream().mapToDouble(Sample::itemsPerSecond).min().orElse(0) / 1e6,
                of.stream().mapToDouble(Sample::itemsPerSecond).max().orElse(0) / 1e6,
                ratio(way, Way.HAND, Sample::itemsPerSecond, of),
                ratio(way, Way.FLOW, Sample::itemsPerSecond, of),
                median(of, Sample::cpuNanosPerItem),
                ratio(way, Way.HAND, Standing::itemsPerCpuSecond, of),
                median(of, Sample::bytesPerItem),
                median(of, Sample::longestGapMillis),
                of.stream().mapToDouble(Sample::longestGapMillis).max().orElse(0),
                way == Way.RECOVERING ? "" + (long) median(of, Sample::epochs) : "",
                way == Way.RECOVERING ? "" + (long) median(of, Sample::dirtyKeys) : "");
    }

    private String ratio(Way way, Way to, ToDoubleFunction<Sample> speed, List<Sample> of) {
        List<Sample> other = samples.get(to);
        if (other == null || way.compareTo(to) <= 0) {
            return "";
        }
        return String.format(Locale.ROOT, "%.2f", median(of, speed) / median(other, speed));
    }

    private static double itemsPerCpuSecond(Sample sample) {
        return 1e9 / sample.cpuNanosPerItem();
    }

    private static double median(List<Sample> of, ToDoubleFunction<Sample> value) {
        double[] sorted = of.stream().mapToDouble(value).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
