package dev.waxwing.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Text that is hard to count: long, in several encodings, with all kinds of line ends. */
final class SampleTexts {

    private static final List<String> PIECES =
            List.of(
                    "the",
                    "The",
                    "THE",
                    "of",
                    "river",
                    "Bank",
                    "don't",
                    "well-known",
                    "42nd",
                    "x1y2",
                    "caf\u00e9",
                    "na\u00efve",
                    "\u0130stanbul",
                    "\u212aelvin",
                    "_",
                    "--",
                    "(\"quoted\")",
                    "tab\tbed",
                    "no\u00a0break",
                    "",
                    " ",
                    "e.g.",
                    "\u0000");

    private SampleTexts() {}

    static List<Path> in(Path directory) throws IOException {
        return List.of(
                Files.writeString(directory.resolve("unix.txt"), lines(1, 3_000, "\n")),
                Files.writeString(directory.resolve("dos.txt"), lines(2, 2_000, "\r\n")),
                Files.write(
                        directory.resolve("latin.txt"),
                        lines(3, 500, "\n").getBytes(StandardCharsets.ISO_8859_1)),
                Files.writeString(directory.resolve("no line end.txt"), "the last word"),
                Files.writeString(directory.resolve("empty.txt"), ""),
                ShippedFile.copy("rabbit-hole.txt", directory.resolve("rabbit-hole.txt")));
    }

    private static String lines(int seed, int count, String end) {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (int line = 0; line < count; line++) {
            for (int word = random.nextInt(12); word > 0; word--) {
                text.append(PIECES.get(random.nextInt(PIECES.size()))).append(' ');
            }
            text.append(end);
        }
        return text.toString();
    }
}
