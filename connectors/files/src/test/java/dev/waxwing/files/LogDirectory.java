package dev.waxwing.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.zip.GZIPOutputStream;

/** A directory with a log that is rotated in the ways of logrotate. */
final class LogDirectory {

    private static final String LIVE = "access.log";
    private static final int KEPT = 30;

    /** A way to rotate a log. */
    enum Way {
        RENAME,
        COPY_AND_TRUNCATE,
        /** The one that was rotated before is packed. */
        RENAME_AND_PACK,
        /** To a name with the date, which it keeps. */
        RENAME_BY_DATE
    }

    private final Path directory;
    private LocalDate day = LocalDate.of(2026, 10, 28);

    LogDirectory(Path directory) {
        this.directory = directory;
    }

    Path path() {
        return directory;
    }

    Path live() {
        return directory.resolve(LIVE);
    }

    Path rotated(String suffix) {
        return directory.resolve(LIVE + suffix);
    }

    void append(String line) throws IOException {
        Files.writeString(
                live(), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    void rotate(Way way) throws IOException {
        if (way == Way.RENAME_BY_DATE) {
            Files.move(live(), rotated("." + day));
            Files.createFile(live());
            day = day.plusDays(1);
            return;
        }
        for (int i = KEPT; i > 0; i--) {
            move("." + i, "." + (i + 1));
            move("." + i + ".gz", "." + (i + 1) + ".gz");
        }
        if (way == Way.RENAME_AND_PACK && Files.exists(rotated(".2"))) {
            pack(rotated(".2"));
        }
        if (way == Way.COPY_AND_TRUNCATE) {
            Files.copy(live(), rotated(".1"));
            Files.writeString(live(), "");
        } else {
            Files.move(live(), rotated(".1"));
            Files.createFile(live());
        }
    }

    private void move(String from, String to) throws IOException {
        if (Files.exists(rotated(from))) {
            Files.move(rotated(from), rotated(to));
        }
    }

    /** As gzip does, with the time of the file. */
    static void pack(Path file) throws IOException {
        Path packed = file.resolveSibling(file.getFileName() + ".gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(file, out);
        }
        Files.setLastModifiedTime(packed, Files.getLastModifiedTime(file));
        Files.delete(file);
    }
}
