package dev.waxwing.examples;

import dev.waxwing.Dataflow;
import dev.waxwing.KeyedStream;
import dev.waxwing.WindowOut;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.examples.EarthquakeStatistics.Feature;
import dev.waxwing.files.AppendSink;
import dev.waxwing.files.CsvFiles;
import dev.waxwing.files.JsonFiles;
import dev.waxwing.files.OnExisting;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.windowing.EventClock;
import dev.waxwing.windowing.LateValue;
import dev.waxwing.windowing.SessionWindower;
import dev.waxwing.windowing.SlidingWindower;
import dev.waxwing.windowing.TumblingWindower;
import dev.waxwing.windowing.WindowResult;
import dev.waxwing.windowing.Windower;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * How many shocks a region had in each hour, in each six hours, and in each swarm: shocks that
 * follow each other within three hours. Shocks that are told of too late are put aside.
 *
 * <p>Each region has a time of its own, so that what is late does not depend on other regions, on
 * the number of workers, nor on when the file is read.
 */
public final class EarthquakeWindows {

    private static final String NAME = "earthquake-windows";
    private static final String SHIPPED = "earthquakes.geojson";

    /* In the shipped file shocks come nearly in order; the survey's feeds begin with the newest. */
    private static final Duration SHIPPED_OUT_OF_ORDER = Duration.ofHours(1);
    private static final Duration FEED_OUT_OF_ORDER = Duration.ofDays(31);

    private EarthquakeWindows() {}

    // region types
    /** An earthquake of a region. */
    public record Shock(String region, Instant at, double magnitude) {}

    /** What is known of the shocks in a window. */
    public record Shocks(long count, double greatest) {

        static Shocks none() {
            return new Shocks(0, Double.NEGATIVE_INFINITY);
        }

        Shocks with(Shock shock) {
            return merge(new Shocks(1, shock.magnitude()));
        }

        Shocks merge(Shocks other) {
            return new Shocks(count + other.count, Math.max(greatest, other.greatest));
        }
    }

    /** A line of a result. */
    public record Row(String region, Instant from, Instant to, long count, double greatest) {

        static Row of(String region, WindowResult<Shocks> window) {
            Shocks shocks = window.value();
            return new Row(
                    region, window.open(), window.close(), shocks.count(), shocks.greatest());
        }
    }

    // endregion

    // region flow
    /**
     * Writes CSV files to a directory.
     *
     * @param outOfOrder by how much a shock may be older than one of its region before it in the
     *     file
     */
    public static Dataflow flow(Path geoJson, Duration outOfOrder, Path directory) {
        var flow = Dataflow.named(NAME);
        var shocks = shocks(flow, geoJson);
        var clock = EventClock.of(Shock::at, outOfOrder).withoutIdleAdvance();

        var hourly = count("hourly", shocks, clock, TumblingWindower.of(Duration.ofHours(1)));
        var sixHours =
                count(
                        "six-hours",
                        shocks,
                        clock,
                        SlidingWindower.of(Duration.ofHours(6), Duration.ofHours(1)));
        var swarms = count("swarms", shocks, clock, SessionWindower.of(Duration.ofHours(3)));

        hourly.down().map("hour", Row::of).output("hours", csv(directory, "hourly", Row.class));
        sixHours.down().map("six", Row::of).output("sixes", csv(directory, "six-hours", Row.class));
        swarms.down()
                .map("swarm", Row::of)
                .output("swarm-rows", csv(directory, "swarms", Row.class));
        hourly.late()
                .mapValue("late", LateValue::value)
                .output("late-shocks", csv(directory, "late", Shock.class));
        return flow;
    }

    static KeyedStream<String, Shock> shocks(Dataflow flow, Path geoJson) {
        return flow.input("features", JsonFiles.elements(geoJson, "/features", Feature.class))
                .onFailure(FailurePolicy.deadLetter())
                .map("shock", EarthquakeWindows::shock)
                .keyOn("by-region", Shock::region);
    }

    static WindowOut<String, Shock, Shocks> count(
            String stepName,
            KeyedStream<String, Shock> shocks,
            EventClock<Shock> clock,
            Windower<?> windower) {
        return shocks.foldWindow(
                stepName, clock, windower, Shocks::none, Shocks::with, Shocks::merge);
    }

    // endregion

    private static Shock shock(Feature feature) {
        var properties = feature.properties();
        return new Shock(
                properties.region(), Instant.ofEpochMilli(properties.time()), properties.mag());
    }

    private static <R extends Record> AppendSink<R> csv(Path directory, String name, Class<R> row) {
        return CsvFiles.append(directory.resolve(name + ".csv"), row)
                .withOnExisting(OnExisting.TRUNCATE);
    }

    /** The dataflow over a small file that is shipped. */
    public static Dataflow example() throws IOException {
        return flow(ExampleFiles.in(Path.of(""), NAME, SHIPPED), SHIPPED_OUT_OF_ORDER);
    }

    /** The dataflow over a file of the survey's. */
    public static Dataflow example(Path geoJson) throws IOException {
        return flow(
                ExampleFiles.in(Path.of(""), NAME, SHIPPED, geoJson.toString()), FEED_OUT_OF_ORDER);
    }

    /** Runs it with recovery; the argument is a file. */
    public static void main(String[] args) throws IOException {
        run(Path.of(""), System.out, args);
    }

    static void run(Path base, PrintStream out, String... files) throws IOException {
        var run = ExampleFiles.in(base, NAME, SHIPPED, files);
        var outOfOrder = files.length == 0 ? SHIPPED_OUT_OF_ORDER : FEED_OUT_OF_ORDER;
        Waxwing.run(flow(run, outOfOrder), RecoveryOptions.in(run.state()));
        out.printf("windows of %s%n", run.input());
        for (var name : new String[] {"hourly", "six-hours", "swarms", "late"}) {
            var file = run.output(name + ".csv");
            out.printf("  %-9s  %d, in %s%n", name, ExampleFiles.items(file), file);
        }
        out.printf("  state      %s%n", run.state());
    }

    private static Dataflow flow(ExampleFiles run, Duration outOfOrder) {
        return flow(run.input(), outOfOrder, run.directory());
    }
}
