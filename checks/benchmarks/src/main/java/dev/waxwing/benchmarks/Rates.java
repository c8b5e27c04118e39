package dev.waxwing.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What one way came to in each round, in so many a second. */
final class Rates {

    private final String way;
    private final List<Double> rates = new ArrayList<>();

    Rates(String way) {
        this.way = way;
    }

    /** What it is called. */
    String way() {
        return way;
    }

    /** Adds a round. */
    void add(double rate) {
        rates.add(rate);
    }

    /** Of an even number of rounds the mean of the two in the middle. */
    double median() {
        double[] sorted = rates.stream().mapToDouble(rate -> rate).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** A line of a table: the way, median, least, largest, and the ratio to the other's median. */
    String lineBeside(Rates other) {
        return line(String.format(Locale.ROOT, "%.2f", median() / other.median()));
    }

    /** The same without a ratio. */
    String line() {
        return line("");
    }

    private String line(String ratio) {
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %.0f | %s |",
                way,
                median(),
                rates.stream().mapToDouble(rate -> rate).min().orElse(0),
                rates.stream().mapToDouble(rate -> rate).max().orElse(0),
                ratio);
    }
}
