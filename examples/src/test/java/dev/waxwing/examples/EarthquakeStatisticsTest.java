package dev.waxwing.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

final class EarthquakeStatisticsTest {

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void statisticsAreThoseOfAPlainComputation(int workers) throws IOException {
        var geoJson = shipped();

        run(geoJson, workers);

        var lines = Files.readAllLines(directory.resolve("statistics.csv"));
        assertThat(lines.get(0)).isEqualTo("region,magnitudeClass,count,mean,greatest");
        assertThat(lines.subList(1, lines.size()))
                .containsExactlyInAnyOrderElementsOf(computed(geoJson))
                .hasSizeGreaterThan(10);
    }

    @Test
    void earthquakesWithoutMagnitudeAreRejectedWithFileAndNumber() throws IOException {
        run(shipped(), 1);

        assertThat(Files.readAllLines(directory.resolve("rejected.txt")))
                .hasSize(3)
                .allMatch(line -> line.contains("earthquakes.geojson"))
                .anyMatch(line -> line.contains("10"));
    }

    @ParameterizedTest
    @CsvSource({"-0.4,MICRO", "1.99,MICRO", "2,MINOR", "5.9,MODERATE", "8,GREAT", "9.5,GREAT"})
    void magnitudeHasAClass(double magnitude, MagnitudeClass expected) {
        assertThat(MagnitudeClass.of(magnitude)).isEqualTo(expected);
    }

    private Path shipped() throws IOException {
        return ShippedFile.copy("earthquakes.geojson", directory.resolve("earthquakes.geojson"));
    }

    private void run(Path geoJson, int workers) {
        Waxwing.run(
                EarthquakeStatistics.flow(
                        geoJson,
                        directory.resolve("statistics.csv"),
                        directory.resolve("rejected.txt")),
                EmbeddedOptions.defaults().withWorkers(workers));
    }

    private static List<String> computed(Path geoJson) {
        var magnitudes = new TreeMap<String, List<Double>>();
        for (var feature : JsonMapper.shared().readTree(geoJson).get("features")) {
            var properties = feature.get("properties");
            if (!properties.get("mag").isNull()) {
                var region = properties.get("place").asString().replaceFirst(".*, ", "");
                var magnitude = properties.get("mag").asDouble();
                magnitudes
                        .computeIfAbsent(
                                region + "," + MagnitudeClass.of(magnitude), g -> new ArrayList<>())
                        .add(magnitude);
            }
        }
        return magnitudes.entrySet().stream()
                .map(group -> group.getKey() + "," + statistics(group.getValue()))
                .toList();
    }

    private static String statistics(List<Double> magnitudes) {
        double sum = 0;
        for (double magnitude : magnitudes) {
            sum += magnitude;
        }
        var greatest = magnitudes.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        return magnitudes.size() + "," + sum / magnitudes.size() + "," + greatest;
    }
}
