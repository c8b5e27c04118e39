package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random text, tiny blocks: the same lines as the JDK's reader, from every position on. */
final class LinePropertyTest {

    private static final String[] PIECES = {
        "a",
        "bc",
        "é",
        "€",
        "😀",
        "\uFFFD",
        " ",
        "\t",
        "0123456789abcdefghij",
        "\n",
        "\n",
        "\r\n",
        ""
    };

    @TempDir Path directory;

    @Test
    void readsWhatBufferedReaderReadsAndResumesAnywhere() throws Exception {
        long seed = new Random().nextLong();
        for (int round = 0; round < 150; round++) {
            check(seed + round);
        }
    }

    private void check(long seed) throws Exception {
        Random random = new Random(seed);
        Path file = directory.resolve("in.txt");
        String text = text(random);
        Files.writeString(file, text);
        List<String> expected = new BufferedReader(new StringReader(text)).lines().toList();
        TextFileSource source =
                TextFiles.lines(file)
                        .withBatchItems(1 + random.nextInt(3))
                        .withBlockBytes(1 + random.nextInt(12));

        assertThat(Collected.all(source).items).as("seed %d", seed).isEqualTo(expected);
        for (Stop stop : stops(source.withBatchItems(1))) {
            assertThat(Collected.from(source, stop.position()).items)
                    .as("seed %d, resumed at %s", seed, stop.position())
                    .isEqualTo(expected.subList(stop.lines(), expected.size()));
        }
    }

    /** The position after each line, with the number of lines before it. */
    private static List<Stop> stops(TextFileSource source) throws Exception {
        List<Stop> stops = new ArrayList<>();
        Collected<String> collected = new Collected<>();
        try (var partition = source.buildPart("flow.in", source.listParts().get(0), null)) {
            do {
                stops.add(new Stop(partition.snapshot(), collected.items.size()));
            } while (partition.nextBatch(collected) == dev.waxwing.source.SourceStatus.OPEN);
            stops.add(new Stop(partition.snapshot(), collected.items.size()));
        }
        return stops;
    }

    private static String text(Random random) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private record Stop(FilePosition position, int lines) {}
}
