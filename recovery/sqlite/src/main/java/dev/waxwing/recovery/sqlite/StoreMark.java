package dev.waxwing.recovery.sqlite;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.run.FileAccess;
import dev.waxwing.run.file.OwnFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The file beside a store that says how far the store has come, so that one that went back is
 * noticed: a log that was lost or cut, a file that was replaced by an older copy.
 */
final class StoreMark implements AutoCloseable {

    /*
     * It is written after each durable transaction and not forced, which costs next to nothing: the store is
     * never behind it. After a loss of power it may be behind the store, which is no fault.
     *
     * It is made, empty, before the store's file is: a file without one was not made here. It gets its content with the
     * first generation. Two places take turns by generation, so that an execution which was taken over, and is about
     * to write, does not overwrite what its successor wrote. Each is in a sector of its own.
     */

    private static final int PLACE_BYTES = 4_096;
    private static final int CONTENT_BYTES = 44;

    /**
     * A state of a store.
     *
     * @param lineage of the store
     * @param number of the transaction, 0 while the store is being made
     * @param total what the rows add up to
     */
    record Point(UUID lineage, long number, long total) {

        static final Point NONE = new Point(new UUID(0, 0), 0, 0);
        private static final Point EMPTY = new Point(new UUID(0, 0), 0, 1);
        private static final Point DAMAGED = new Point(new UUID(0, 0), 0, 2);
    }

    private final FileChannel channel;
    private final int place;

    private StoreMark(FileChannel channel, int place) {
        this.channel = channel;
        this.place = place;
    }

    static boolean exists(Path directory) {
        return Files.exists(path(directory));
    }

    /** Makes the empty file if there is none; no store is in a directory without. */
    static void announce(Path directory, FileAccess access) throws IOException {
        OwnFiles.make(path(directory), access);
        Directories.force(directory);
    }

    /**
     * The newest state that the store had, as far as the file knows; to be read before the store.
     */
    static Point read(Path directory) throws IOException {
        if (!exists(directory)) {
            return Point.NONE;
        }
        byte[] all;
        try (FileChannel channel = open(directory, StandardOpenOption.READ)) {
            all = Channels.newInputStream(channel).readNBytes(2 * PLACE_BYTES + 1);
        }
        if (all.length != 2 * PLACE_BYTES) {
            return all.length == 0 ? Point.EMPTY : Point.DAMAGED;
        }
        Point one = parse(all, 0);
        Point other = parse(all, PLACE_BYTES);
        if (one == null || other == null) {
            return Point.DAMAGED;
        }
        return one.number > other.number ? one : other;
    }

    /**
     * Compares what was read with the store.
     *
     * @param now the store, read after it
     * @throws RecoveryException if the store went back, is another one, or cannot be compared
     */
    static void check(Path directory, Point marked, Point now) {
        String wrong = null;
        if (marked.number > 0 && !marked.lineage.equals(now.lineage)) {
            wrong = "belongs to another store than " + StoreFormat.FILE;
        } else if (marked.number > now.number) {
            wrong =
                    "says that the store was written to "
                            + marked.number
                            + " times, but "
                            + StoreFormat.FILE
                            + " knows of "
                            + now.number
                            + ": what was decided last is missing, as "
                            + StoreFormat.LOG
                            + " is lost or damaged, or an older copy was put in the place of the"
                            + " file";
        } else if (marked.number == now.number && marked.total != now.total) {
            wrong = "was written for another content of " + StoreFormat.FILE;
        } else if (marked.equals(Point.NONE)) {
            wrong = "is missing";
        } else if (marked.number == 0 && now.number > 1) {
            wrong = "is damaged";
        }
        if (wrong != null) {
            throw new RecoveryException(
                    StoreFile.describe(directory)
                            + ": its "
                            + StoreFormat.MARK
                            + ", which tells how far the store has come, "
                            + wrong
                            + "; nothing was changed, put back what is missing, or restore the"
                            + " whole directory from a copy");
        }
    }

    /**
     * Opens it for an execution; what it says stays.
     *
     * @param generation of the execution
     */
    static StoreMark open(Path directory, long generation) throws IOException {
        return new StoreMark(open(directory, StandardOpenOption.WRITE), (int) (generation % 2));
    }

    /** Deletes the file: what is beside it is no store any more. */
    static void delete(Path directory) throws IOException {
        Files.deleteIfExists(path(directory));
        Directories.force(directory);
    }

    /** Gives the empty file its content, on the disk when this returns. */
    void fill(Point point) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(2 * PLACE_BYTES);
        all.put(content(point)).position(PLACE_BYTES).put(content(point)).rewind();
        write(all, 0);
        channel.force(true);
    }

    /**
     * Records what the store has come to. A failure is not told: the store has everything, and the
     * next one records it, too.
     */
    void record(Point point) {
        try {
            write(content(point), (long) place * PLACE_BYTES);
        } catch (IOException behindTheStore) {
            assert point.number > 0;
        }
    }

    @Override
    public void close() {
        try (channel) {
            channel.force(false);
        } catch (IOException behindTheStore) {
            assert !channel.isOpen();
        }
    }

    private void write(ByteBuffer bytes, long from) throws IOException {
        long at = from;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    private static ByteBuffer content(Point point) {
        ByteBuffer content = ByteBuffer.allocate(CONTENT_BYTES);
        content.putLong(point.lineage.getMostSignificantBits())
                .putLong(point.lineage.getLeastSignificantBits())
                .putLong(point.number)
                .putLong(point.total);
        long crc = crc(content.array(), 0);
        return content.putLong(crc).putInt(StoreFormat.APPLICATION_ID).flip();
    }

    private static @Nullable Point parse(byte[] all, int offset) {
        ByteBuffer content = ByteBuffer.wrap(all, offset, CONTENT_BYTES);
        UUID lineage = new UUID(content.getLong(), content.getLong());
        Point point = new Point(lineage, content.getLong(), content.getLong());
        boolean isWhole =
                content.getLong() == crc(all, offset)
                        && content.getInt() == StoreFormat.APPLICATION_ID;
        return isWhole ? point : null;
    }

    private static long crc(byte[] all, int offset) {
        CRC32C crc = new CRC32C();
        crc.update(all, offset, 32);
        return crc.getValue();
    }

    /* It is there: nothing is made. */
    private static FileChannel open(Path directory, OpenOption option) throws IOException {
        return OwnFiles.open(path(directory), FileAccess.OWNER, option);
    }

    private static Path path(Path directory) {
        return directory.resolve(StoreFormat.MARK);
    }
}
