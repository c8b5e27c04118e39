package dev.waxwing.recovery.sqlite;

import dev.waxwing.run.FileAccess;
import dev.waxwing.run.file.OwnFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Segments that can be read though they be deleted, until this is closed. */
final class OpenSegments implements AutoCloseable {

    private final Map<String, FileChannel> channels = new LinkedHashMap<>();

    /** Opens all that are there; what is deleted before is left out. */
    void openAll(Path segments) throws IOException {
        if (!Files.isDirectory(segments)) {
            return;
        }
        List<Path> found;
        try (Stream<Path> all = Files.list(segments)) {
            found = all.toList();
        }
        for (Path each : found) {
            try {
                channels.put(
                        each.getFileName().toString(),
                        OwnFiles.open(each, FileAccess.OWNER, StandardOpenOption.READ));
            } catch (NoSuchFileException deleted) {
                // whoever opened it looks whether it is needed
            }
        }
    }

    int count() {
        return channels.size();
    }

    /** Copies them to a directory, on the disk when this returns. */
    void copyTo(Path directory) throws IOException {
        if (channels.isEmpty()) {
            return;
        }
        Directories.make(directory, FileAccess.OWNER);
        for (Map.Entry<String, FileChannel> each : channels.entrySet()) {
            copy(each.getValue(), directory.resolve(each.getKey()));
        }
        Directories.force(directory);
    }

    /* One that is not complete is of an epoch that is not decided, and needed by nobody. */
    private static void copy(FileChannel from, Path to) throws IOException {
        long size = from.size();
        try (FileChannel out =
                OwnFiles.open(
                        to,
                        FileAccess.OWNER,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE)) {
            long at = 0;
            while (at < size) {
                long count = from.transferTo(at, size - at, out);
                if (count <= 0) {
                    throw new IOException(to.getFileName() + " ends at byte " + at);
                }
                at += count;
            }
            out.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        IOException first = null;
        for (FileChannel channel : channels.values()) {
            try {
                channel.close();
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
