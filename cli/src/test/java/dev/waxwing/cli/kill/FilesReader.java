package dev.waxwing.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.files.DecidedBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Looks at the files as somebody would who cannot wait: at each rolled file that can be seen, and
 * at each appended one as far as it is said to be decided. What was seen once must stay.
 */
final class FilesReader {

    private static final Pattern EPOCH = Pattern.compile("-(\\d{12})-\\d{4}\\b");

    private final Path files;
    private final Path appended;
    private final Map<Path, Seen> parts = new TreeMap<>();
    private final Map<Path, Seen> prefixes = new TreeMap<>();
    private int looks;

    FilesReader(Path files, Path appended) {
        this.files = files;
        this.appended = appended;
    }

    int looks() {
        return looks;
    }

    /** Looks at what is new, and whether all else is there as before. */
    void look() throws IOException {
        looks++;
        List<Path> shown = shownIn(files);
        Set<Path> missing = new HashSet<>(parts.keySet());
        missing.removeAll(Set.copyOf(shown));
        assertThat(missing).as("parts that are not there any more").isEmpty();
        for (Path part : shown) {
            Seen before = parts.get(part);
            if (before == null) {
                parts.put(part, Seen.of(part, Long.MAX_VALUE));
            } else {
                assertThat(Files.size(part)).as("%s", part).isEqualTo(before.bytes);
            }
        }
        for (Path file : shownIn(appended)) {
            long decided = DecidedBytes.of(file).orElse(0);
            Seen before = prefixes.get(file);
            if (before != null) {
                assertThat(decided).as("%s", file).isGreaterThanOrEqualTo(before.bytes);
                assertThat(Seen.of(file, before.bytes)).as("%s", file).isEqualTo(before);
            }
            prefixes.put(file, Seen.of(file, decided));
        }
    }

    /** Looks at all of it again. */
    void lookAtAll() throws IOException {
        look();
        for (Map.Entry<Path, Seen> part : parts.entrySet()) {
            Seen now = Seen.of(part.getKey(), Long.MAX_VALUE);
            assertThat(now).as("%s", part.getKey()).isEqualTo(part.getValue());
        }
    }

    /** The newest epoch of a rolled file that was seen; 0 if none. */
    long newestEpoch() {
        return parts.keySet().stream().mapToLong(FilesReader::epochOf).max().orElse(0);
    }

    /** The files that are not hidden, by name: that is by writer and time. */
    static List<Path> shownIn(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    /** The epoch of a rolled file. */
    static long epochOf(Path part) {
        Matcher matcher = EPOCH.matcher(part.getFileName().toString());
        assertThat(matcher.find()).as("an epoch in the name of %s", part).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    private record Seen(long bytes, long checksum) {

        static Seen of(Path file, long bytesMax) throws IOException {
            CRC32C checksum = new CRC32C();
            byte[] block = new byte[1 << 16];
            long bytes = 0;
            try (InputStream in = Files.newInputStream(file)) {
                int length;
                while (bytes < bytesMax
                        && (length =
                                        in.read(
                                                block,
                                                0,
                                                (int) Math.min(block.length, bytesMax - bytes)))
                                >= 0) {
                    checksum.update(block, 0, length);
                    bytes += length;
                }
            }
            return new Seen(bytes, checksum.getValue());
        }
    }
}
