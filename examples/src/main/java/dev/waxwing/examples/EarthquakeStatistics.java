package dev.waxwing.examples;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.files.CsvFiles;
import dev.waxwing.files.JsonFiles;
import dev.waxwing.files.OnExisting;
import dev.waxwing.files.TextFiles;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.step.DeadLetter;
import dev.waxwing.step.FailurePolicy;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * Count, mean and greatest magnitude of earthquakes by region and class, from GeoJSON as the United
 * States Geological Survey publishes it. Earthquakes without a magnitude are put aside.
 */
public final class EarthquakeStatistics {

    private static final String NAME = "earthquakes";
    private static final String SHIPPED = "earthquakes.geojson";
    private static final String STATISTICS = "statistics.csv";
    private static final String REJECTED = "rejected.txt";

    private EarthquakeStatistics() {}

    // region types
    /** An element of the array {@code features}; other members are left out. */
    public record Feature(Properties properties) {}

    /** What is read of a feature. A null magnitude makes the feature a dead letter. */
    public record Properties(String place, double mag, long time) {

        String region() {
            var comma = place.lastIndexOf(", ");
            return comma < 0 ? place : place.substring(comma + 2);
        }
    }

    /** What earthquakes are grouped by. */
    public record Group(String region, MagnitudeClass magnitudeClass) {}

    /** What is known of a group so far. */
    public record Statistics(long count, double sum, double greatest) {

        static Statistics none() {
            return new Statistics(0, 0, Double.NEGATIVE_INFINITY);
        }

        Statistics with(double magnitude) {
            return new Statistics(count + 1, sum + magnitude, Math.max(greatest, magnitude));
        }
    }

    /** A line of the result. */
    public record Row(
            String region,
            MagnitudeClass magnitudeClass,
            long count,
            double mean,
            double greatest) {

        static Row of(Group group, Statistics of) {
            return new Row(
                    group.region(),
                    group.magnitudeClass(),
                    of.count(),
                    of.sum() / of.count(),
                    of.greatest());
        }
    }

    // endregion

    // region flow
    /** Writes a CSV file, and what was put aside to another file, a line each. */
    public static Dataflow flow(Path geoJson, Path statistics, Path rejected) {
        var flow = Dataflow.named("earthquakes");
        var features =
                flow.input("features", JsonFiles.elements(geoJson, "/features", Feature.class))
                        .onFailure(FailurePolicy.deadLetter());
        features.map("properties", Feature::properties)
                .keyOn("by-group", EarthquakeStatistics::group)
                .mapValue("magnitude", Properties::mag)
                .foldFinal("statistics", Statistics::none, Statistics::with)
                .map("row", Row::of)
                .output(
                        "csv",
                        CsvFiles.append(statistics, Row.class).withOnExisting(OnExisting.TRUNCATE));
        features.deadLetters()
                .map("reason", EarthquakeStatistics::reason)
                .output("rejected", TextFiles.append(rejected).withOnExisting(OnExisting.TRUNCATE));
        return flow;
    }

    // endregion

    private static Group group(Properties earthquake) {
        return new Group(earthquake.region(), MagnitudeClass.of(earthquake.mag()));
    }

    private static String reason(DeadLetter letter) {
        return String.valueOf(letter.cause().getMessage());
    }

    /** The dataflow over a small file that is shipped. */
    public static Dataflow example() throws IOException {
        return flow(files());
    }

    /** The dataflow over a file of the survey's. */
    public static Dataflow example(Path geoJson) throws IOException {
        return flow(files(geoJson.toString()));
    }

    /** Runs it with recovery; the argument is a file. */
    public static void main(String[] args) throws IOException {
        run(Path.of(""), System.out, args);
    }

    static void run(Path base, PrintStream out, String... files) throws IOException {
        var run = ExampleFiles.in(base, NAME, SHIPPED, files);
        Waxwing.run(flow(run), RecoveryOptions.in(run.state()));
        var statistics = run.output(STATISTICS);
        var rejected = run.output(REJECTED);
        out.printf("earthquakes of %s%n", run.input());
        out.printf("  groups    %d, in %s%n", ExampleFiles.items(statistics), statistics);
        out.printf("  rejected  %d, in %s%n", ExampleFiles.lines(rejected), rejected);
        out.printf("  state     %s%n", run.state());
    }

    private static ExampleFiles files(String... files) throws IOException {
        return ExampleFiles.in(Path.of(""), NAME, SHIPPED, files);
    }

    private static Dataflow flow(ExampleFiles run) {
        return flow(run.input(), run.output(STATISTICS), run.output(REJECTED));
    }
}
