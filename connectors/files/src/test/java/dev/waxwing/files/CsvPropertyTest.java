package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same records as Commons CSV reads, from text that is random and from text that we write.
 * There are no spaces in it: those after a closing quote are malformed to us, and dropped by
 * Commons CSV.
 */
final class CsvPropertyTest {

    private static final String[] PIECES = {
        "a", "bc", "é", "😀", ",", ",", "\"", "\"\"", "\n", "\r\n", "\",\"", "\"x\"", ";"
    };

    @TempDir Path directory;

    @Test
    void readsWhatCommonsCsvReads() throws Exception {
        long seed = new Random().nextLong();
        int compared = 0;
        for (int round = 0; round < 1_500; round++) {
            compared += compare(seed + round) ? 1 : 0;
        }
        assertThat(compared).as("seed %d", seed).isGreaterThan(100);
    }

    @Test
    void readsBackWhatIsWritten() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            Path file = directory.resolve(round + ".csv");
            List<Map<String, String>> rows =
                    IntStream.range(0, random.nextInt(6)).mapToObj(i -> row(random)).toList();
            AppendSink<Map<String, ?>> sink = CsvFiles.append(file, List.of("a", "b"));
            try (var partition = sink.buildPart("flow.out", file.toString(), null)) {
                partition.writeBatch(new ArrayList<>(rows));
            }

            var source = CsvFiles.rows(file).withBlockBytes(1 + random.nextInt(9));
            assertThat(Collected.all(source).items).as("seed %d", seed).isEqualTo(rows);
        }
    }

    /** Returns whether there was something to compare: what Commons CSV refuses is not. */
    private boolean compare(long seed) throws Exception {
        Random random = new Random(seed);
        String text = text(random, random.nextInt(14));
        List<List<String>> expected;
        try (CSVParser parser = CSVParser.parse(text, CSVFormat.DEFAULT)) {
            expected = parser.stream().map(CSVRecord::toList).toList();
        } catch (java.io.UncheckedIOException e) {
            return false;
        }
        Path file = Files.writeString(directory.resolve("in.csv"), text);
        OpenFile open = OpenFile.open("in.csv", file, Compression.NONE);
        List<List<String>> found = new ArrayList<>();
        try (ByteWindow window = new ByteWindow(open, 1 + random.nextInt(9), 0)) {
            var scanner =
                    new CsvScanner(window, CsvFormat.DEFAULTS, "in.csv", ReadOptions.DEFAULTS, 0);
            for (var next = scanner.next(); next != CsvScanner.Found.END; next = scanner.next()) {
                assertThat(next).as("seed %d", seed).isNotEqualTo(CsvScanner.Found.MALFORMED);
                if (next == CsvScanner.Found.ROW) {
                    found.add(List.copyOf(scanner.fields()));
                }
            }
        }
        assertThat(found).as("seed %d", seed).isEqualTo(expected);
        return true;
    }

    private static Map<String, String> row(Random random) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("a", text(random, random.nextInt(4)));
        row.put("b", text(random, random.nextInt(4)));
        return row;
    }

    private static String text(Random random, int pieces) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
