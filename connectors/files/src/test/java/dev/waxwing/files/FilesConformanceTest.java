package dev.waxwing.files;

import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.testing.SourceConformance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Each source of this module keeps the contract of sources. */
final class FilesConformanceTest {

    @TempDir Path directory;

    @Nested
    final class Text extends SourceConformance<String, FilePosition> {

        @Override
        protected FixedPartitionedSource<String, FilePosition> source() throws IOException {
            write("a.txt", "a1\n\na3\r\na4");
            write("b.txt", "");
            return TextFiles.directory(directory, "*.txt").withBatchItems(1).withBlockBytes(2);
        }

        @Override
        protected Map<String, List<String>> expected() {
            return Map.of("a.txt", List.of("a1", "", "a3", "a4"), "b.txt", List.of());
        }
    }

    @Nested
    final class Csv extends SourceConformance<Map<String, String>, FilePosition> {

        @Override
        protected FixedPartitionedSource<Map<String, String>, FilePosition> source()
                throws IOException {
            write("a.csv", "k,v\n1,\"x\ny\"\n\n2,z");
            return CsvFiles.directory(directory, "*.csv").withBatchItems(1);
        }

        @Override
        protected Map<String, List<Map<String, String>>> expected() {
            return Map.of(
                    "a.csv", List.of(Map.of("k", "1", "v", "x\ny"), Map.of("k", "2", "v", "z")));
        }
    }

    @Nested
    final class JsonLines extends SourceConformance<Integer, FilePosition> {

        @Override
        protected FixedPartitionedSource<Integer, FilePosition> source() throws IOException {
            write("a.json", "1\n\n2\n3\n");
            return JsonFiles.directory(directory, "*.json", Integer.class).withBatchItems(1);
        }

        @Override
        protected Map<String, List<Integer>> expected() {
            return Map.of("a.json", List.of(1, 2, 3));
        }
    }

    @Nested
    final class JsonElements extends SourceConformance<Integer, ElementPosition> {

        @Override
        protected FixedPartitionedSource<Integer, ElementPosition> source() throws IOException {
            write("big.json", "{\"n\": [1, 2, 3]}");
            return JsonFiles.elements(directory.resolve("big.json"), "/n", Integer.class)
                    .withBatchItems(1);
        }

        @Override
        protected Map<String, List<Integer>> expected() {
            return Map.of(directory.resolve("big.json").toString(), List.of(1, 2, 3));
        }
    }

    @Nested
    final class Metrics extends SourceConformance<Metric, MetricPosition> {

        @Override
        protected FixedPartitionedSource<Metric, MetricPosition> source() {
            return DemoSources.randomMetrics("a", "b")
                    .withInterval(Duration.ZERO)
                    .withCount(2)
                    .withGenerator((name, index) -> index);
        }

        @Override
        protected Map<String, List<Metric>> expected() {
            return Map.of(
                    "a", List.of(new Metric("a", 0), new Metric("a", 1)),
                    "b", List.of(new Metric("b", 0), new Metric("b", 1)));
        }
    }

    @Nested
    final class Auctions extends SourceConformance<AuctionEvent, AuctionPosition> {

        private final AuctionOptions options =
                AuctionOptions.defaults()
                        .withEvents(60)
                        .withPartitions(2)
                        .withBatchItems(7)
                        .withStart(Instant.EPOCH);

        @Override
        protected FixedPartitionedSource<AuctionEvent, AuctionPosition> source() {
            return new AuctionSource(options);
        }

        @Override
        protected Map<String, List<AuctionEvent>> expected() throws Exception {
            List<AuctionEvent> all =
                    Collected.all(DemoSources.auctions(options.withPartitions(1))).items;
            return Map.of("auctions-0", all.subList(0, 50), "auctions-1", all.subList(50, 60));
        }
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }
}
