package dev.waxwing.cli.kill;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What a sink directory holds, if each word's lines are 1, 2, 3 and so on. */
final class WrittenCounts {

    private WrittenCounts() {}

    /**
     * The last count of each word.
     *
     * @throws AssertionError at the first line that is not one more than the line before of its
     *     word
     */
    static Map<String, Long> read(Path directory) throws IOException {
        Map<String, long[]> counts = new HashMap<>();
        for (Path part : RealText.filesIn(directory)) {
            try (BufferedReader lines = Files.newBufferedReader(part)) {
                String line;
                for (long number = 1; (line = lines.readLine()) != null; number++) {
                    int tab = line.lastIndexOf('\t');
                    long[] count =
                            counts.computeIfAbsent(line.substring(0, tab), word -> new long[1]);
                    long written = Long.parseLong(line, tab + 1, line.length(), 10);
                    if (written != ++count[0]) {
                        throw new AssertionError(
                                "%s line %d is '%s', but count %d was to come next"
                                        .formatted(part, number, line, count[0]));
                    }
                }
            }
        }
        Map<String, Long> result = new HashMap<>();
        counts.forEach((word, count) -> result.put(word, count[0]));
        return result;
    }
}
