package dev.waxwing.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.examples.EarthquakeWindows.Shock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

final class EarthquakeWindowsTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration GAP = Duration.ofHours(3);

    @TempDir private Path directory;

    private Path geoJson;

    @BeforeEach
    void copiesTheShippedFile() throws IOException {
        geoJson = ShippedFile.copy("earthquakes.geojson", directory.resolve("earthquakes.geojson"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void windowsOfTheShippedFileAreThoseOfAPlainComputation(int workers) throws IOException {
        run(HOUR, workers);

        expectComputed(HOUR);
        assertThat(lines("late")).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void windowsOfRandomShocksAreThoseOfAPlainComputation(long seed) throws IOException {
        Files.writeString(geoJson, randomShocks(new Random(seed)));

        run(HOUR, 2);

        expectComputed(HOUR);
        assertThat(lines("late")).as("seed %d", seed).isNotEmpty();
    }

    /** As the survey published it, the newest first. */
    private void takeARealWeek() throws IOException {
        geoJson = ShippedFile.copy("usgs-week.json", directory.resolve("usgs-week.json"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void windowsOfARealWeekAreThoseOfAPlainComputation(int workers) throws IOException {
        takeARealWeek();

        run(Duration.ofDays(31), workers);

        expectComputed(Duration.ofDays(31));
        assertThat(lines("late")).isEmpty();
        assertThat(lines("hourly").stream().mapToLong(EarthquakeWindowsTest::count).sum())
                .isEqualTo(1_707);
    }

    private static long count(String line) {
        return Long.parseLong(line.split(",", -1)[3]);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void mostOfARealWeekIsLateIfTheWaitIsAnHour(int workers) throws IOException {
        takeARealWeek();

        run(HOUR, workers);

        expectComputed(HOUR);
        assertThat(lines("late")).hasSize(1_613);
    }

    @Test
    void fileThatBeginsWithTheNewestNeedsAWaitAsLongAsTheFile() throws IOException {
        var week = Duration.ofDays(7);

        run(week, 1);

        expectComputed(week);
        assertThat(lines("late")).isEmpty();
    }

    @Test
    void mainSaysHowManyWindowsThereAre() throws IOException {
        var said = new ByteArrayOutputStream();

        EarthquakeWindows.run(
                directory,
                new PrintStream(said, true, StandardCharsets.UTF_8),
                "earthquakes.geojson");

        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("hourly", "six-hours", "swarms", "late       0");
    }

    private void run(Duration outOfOrder, int workers) {
        Waxwing.run(
                EarthquakeWindows.flow(geoJson, outOfOrder, directory),
                EmbeddedOptions.defaults().withWorkers(workers));
    }

    private void expectComputed(Duration outOfOrder) throws IOException {
        var late = new ArrayList<Shock>();
        var inTime = inTime(outOfOrder, late);

        assertThat(lines("hourly"))
                .containsExactlyInAnyOrderElementsOf(sliding(inTime, HOUR))
                .hasSizeGreaterThan(20);
        assertThat(lines("six-hours"))
                .containsExactlyInAnyOrderElementsOf(sliding(inTime, HOUR.multipliedBy(6)));
        assertThat(lines("swarms")).containsExactlyInAnyOrderElementsOf(sessions(inTime));
        assertThat(lines("late"))
                .containsExactlyInAnyOrderElementsOf(
                        late.stream()
                                .map(s -> s.region() + "," + s.at() + "," + s.magnitude())
                                .toList());
    }

    /** By region, without those that come after a shock of the region that is so much later. */
    private Map<String, List<Shock>> inTime(Duration outOfOrder, List<Shock> late) {
        var newest = new TreeMap<String, Instant>();
        var inTime = new TreeMap<String, List<Shock>>();
        for (var shock : shocks()) {
            var region = shock.region();
            newest.merge(region, shock.at(), (a, b) -> a.isAfter(b) ? a : b);
            if (shock.at().isBefore(newest.get(region).minus(outOfOrder))) {
                late.add(shock);
            } else {
                inTime.computeIfAbsent(region, none -> new ArrayList<>()).add(shock);
            }
        }
        return inTime;
    }

    private List<Shock> shocks() {
        var shocks = new ArrayList<Shock>();
        for (var feature : JsonMapper.shared().readTree(geoJson).get("features")) {
            var properties = feature.get("properties");
            if (!properties.get("mag").isNull()) {
                shocks.add(
                        new Shock(
                                properties.get("place").asString().replaceFirst(".*, ", ""),
                                Instant.ofEpochMilli(properties.get("time").asLong()),
                                properties.get("mag").asDouble()));
            }
        }
        return shocks;
    }

    /** Every window that opens at a full hour, region by region. */
    private static List<String> sliding(Map<String, List<Shock>> shocks, Duration length) {
        var rows = new ArrayList<String>();
        shocks.forEach(
                (region, of) -> {
                    var first = of.stream().map(Shock::at).min(Comparator.naturalOrder());
                    var last = of.stream().map(Shock::at).max(Comparator.naturalOrder());
                    var open = hour(first.orElseThrow()).minus(length).plus(HOUR);
                    for (; !open.isAfter(last.orElseThrow()); open = open.plus(HOUR)) {
                        var from = open;
                        var to = open.plus(length);
                        var in =
                                of.stream()
                                        .filter(s -> !s.at().isBefore(from) && s.at().isBefore(to))
                                        .toList();
                        if (!in.isEmpty()) {
                            rows.add(row(region, from, to, in));
                        }
                    }
                });
        return rows;
    }

    private static List<String> sessions(Map<String, List<Shock>> shocks) {
        var rows = new ArrayList<String>();
        shocks.forEach(
                (region, of) -> {
                    var sorted = of.stream().sorted(Comparator.comparing(Shock::at)).toList();
                    var start = 0;
                    for (var i = 1; i <= sorted.size(); i++) {
                        var before = sorted.get(i - 1).at();
                        if (i == sorted.size() || sorted.get(i).at().isAfter(before.plus(GAP))) {
                            var session = sorted.subList(start, i);
                            rows.add(row(region, session.get(0).at(), before, session));
                            start = i;
                        }
                    }
                });
        return rows;
    }

    private static String row(String region, Instant from, Instant to, List<Shock> shocks) {
        var greatest = shocks.stream().mapToDouble(Shock::magnitude).max().orElseThrow();
        return "%s,%s,%s,%d,%s".formatted(region, from, to, shocks.size(), greatest);
    }

    private static Instant hour(Instant instant) {
        return Instant.ofEpochSecond(instant.getEpochSecond() / 3_600 * 3_600);
    }

    private List<String> lines(String name) throws IOException {
        var file = directory.resolve(name + ".csv");
        return Files.exists(file) ? Files.readAllLines(file).stream().skip(1).toList() : List.of();
    }

    /** A shock every ten minutes or so, up to three hours out of order. */
    private static String randomShocks(Random random) {
        var features = new ArrayList<String>();
        for (var i = 0; i < 500; i++) {
            var millis = 600_000L * i + random.nextInt(3 * 3_600_000);
            features.add(
                    "{\"properties\":{\"mag\":%d.5,\"place\":\"1km N of X, R%d\",\"time\":%d}}"
                            .formatted(random.nextInt(7), random.nextInt(4), millis));
        }
        return "{\"features\":[" + String.join(",", features) + "]}";
    }
}
