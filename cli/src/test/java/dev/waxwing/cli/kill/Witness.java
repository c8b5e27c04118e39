package dev.waxwing.cli.kill;

import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What a source partition has done in one run, counted in lines of its file. It lies in mapped
 * memory, so it can be read while the run goes on and after the process has been killed.
 */
final class Witness {

    private static final int STARTED = 0;
    private static final int START = 1;
    private static final int EMITTED = 2;
    private static final int ACKNOWLEDGED = 3;
    private static final int SNAPSHOTS = 4;
    private static final int RING = 5;
    private static final int RING_LENGTH = 16;

    private final LongBuffer longs;

    private Witness(LongBuffer longs) {
        this.longs = longs;
    }

    /** Opens that of a partition in the directory of a run; makes it if it does not exist. */
    static Witness open(Path directory, String part) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        directory.resolve(part + ".witness"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            long bytes = (RING + RING_LENGTH) * (long) Long.BYTES;
            return new Witness(
                    channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes).asLongBuffer());
        }
    }

    void started(long line) {
        longs.put(START, line);
        longs.put(EMITTED, line);
        longs.put(STARTED, 1);
    }

    void emitted(long line) {
        longs.put(EMITTED, line);
    }

    void snapshotTaken(long line) {
        long count = longs.get(SNAPSHOTS);
        longs.put(RING + (int) (count % RING_LENGTH), line);
        longs.put(SNAPSHOTS, count + 1);
    }

    void acknowledged(long line) {
        longs.put(ACKNOWLEDGED, line);
    }

    /** Whether the partition was opened at all. */
    boolean isStarted() {
        return longs.get(STARTED) == 1;
    }

    /** How many lines the run skipped. */
    long start() {
        return longs.get(START);
    }

    /** How many lines the file had given, those skipped included. */
    long emitted() {
        return longs.get(EMITTED);
    }

    /** How many lines it was told are done; 0 if none. */
    long acknowledged() {
        return longs.get(ACKNOWLEDGED);
    }

    /** Whether an epoch of the run with lines of this file is done. */
    boolean isAnyDone() {
        return longs.get(ACKNOWLEDGED) > longs.get(START);
    }

    /** The positions of the last snapshots that differ, oldest first. */
    List<Long> lastSnapshots() {
        long count = longs.get(SNAPSHOTS);
        List<Long> lines = new ArrayList<>();
        for (long i = Math.max(0, count - RING_LENGTH); i < count; i++) {
            long line = longs.get(RING + (int) (i % RING_LENGTH));
            if (lines.isEmpty() || lines.get(lines.size() - 1) != line) {
                lines.add(line);
            }
        }
        return lines;
    }
}
