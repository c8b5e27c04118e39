package dev.waxwing.cli.kill;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.stream.Stream;

/** Licences, which are on every machine, over and over until there is enough to read. */
final class RealText {

    private RealText() {}

    /** Fills files of about the same length, which begin at different places of the text. */
    static void write(Path directory, int files, long bytes) throws IOException {
        List<byte[]> texts = texts();
        for (int file = 0; file < files; file++) {
            Path path = directory.resolve("text-" + file + ".txt");
            try (OutputStream out =
                    new BufferedOutputStream(Files.newOutputStream(path), 1 << 16)) {
                long left = bytes / files;
                for (int i = file; left > 0; i++) {
                    byte[] text = texts.get(i % texts.size());
                    out.write(text);
                    left -= text.length;
                }
            }
        }
    }

    /** Counts the words of all files, one line after the other. */
    static Map<String, Long> count(Path directory) throws IOException {
        Map<String, long[]> counts = new HashMap<>();
        for (Path file : filesIn(directory)) {
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                String line;
                while ((line = lines.readLine()) != null) {
                    StringTokenizer words = new StringTokenizer(line, " ");
                    while (words.hasMoreTokens()) {
                        counts.computeIfAbsent(words.nextToken(), word -> new long[1])[0]++;
                    }
                }
            }
        }
        Map<String, Long> result = new HashMap<>();
        counts.forEach((word, count) -> result.put(word, count[0]));
        return result;
    }

    static long linesIn(Path directory) throws IOException {
        long lines = 0;
        for (Path file : filesIn(directory)) {
            try (Stream<String> all = Files.lines(file)) {
                lines += all.count();
            }
        }
        return lines;
    }

    static long bytesIn(Path directory) throws IOException {
        long bytes = 0;
        for (Path file : filesIn(directory)) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    static List<Path> filesIn(Path directory) throws IOException {
        try (Stream<Path> found = Files.walk(directory)) {
            return found.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static List<byte[]> texts() throws IOException {
        Path licences = Path.of("/usr/share/common-licenses");
        Path directory =
                Files.isDirectory(licences)
                        ? licences
                        : Path.of(System.getProperty("java.home"), "legal");
        List<byte[]> texts = new ArrayList<>();
        for (Path file : filesIn(directory)) {
            String text = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
            String ascii = text.replaceAll("[^\\n -~]", " ");
            String whole = ascii.endsWith("\n") ? ascii : ascii + "\n";
            texts.add(whole.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
        if (texts.isEmpty()) {
            throw new IOException("no text found in " + directory + "; the test needs some");
        }
        return texts;
    }
}
