package dev.waxwing.recovery.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the file of SQLite's log ended, and what was there, so that one that was cut while a
 * transaction was written to it is known by the hole, though it has its length back. Immutable.
 *
 * @param frames how many pages the file had room for
 * @param last the last of them, with its header; empty if there was none
 */
record LogEnd(long frames, ByteBuffer last) {

    /*
     * A transaction writes pages, each behind a header that is never zero, where the one before it has ended: behind
     * all that is there, or over what was copied back. In the first case a cut takes the last page, or what was
     * written behind it; in the second the file stays shorter than it was.
     */

    private static final int MAGIC = 0x377f0682;
    private static final int BEGIN_BYTES = 32;
    private static final int HEADER_BYTES = 24;
    private static final int FRAME_BYTES = HEADER_BYTES + StoreFormat.FILE_PAGE_BYTES;

    /** The end of a log as it is now. */
    static LogEnd of(Path log) throws IOException {
        try (FileChannel channel = open(log)) {
            return at(channel);
        }
    }

    /** Whether a file begins as a log. */
    static boolean beginsAsLog(Path log) throws IOException {
        try (FileChannel channel = open(log)) {
            return beginsAsLog(channel);
        }
    }

    /** The end after a transaction; null if something is missing of what was there before it. */
    @Nullable LogEnd next(Path log) throws IOException {
        try (FileChannel channel = open(log)) {
            return beginsAsLog(channel) && hasLast(channel) && !hasHole(channel)
                    ? at(channel)
                    : null;
        }
    }

    private static LogEnd at(FileChannel log) throws IOException {
        long frames = Math.max(0, log.size() - BEGIN_BYTES) / FRAME_BYTES;
        return new LogEnd(
                frames, frames == 0 ? ByteBuffer.allocate(0) : read(log, frames - 1, FRAME_BYTES));
    }

    /* Another header is that of another page, which was written over it. */
    private boolean hasLast(FileChannel log) throws IOException {
        if (frames == 0) {
            return true;
        }
        ByteBuffer now = read(log, frames - 1, FRAME_BYTES);
        boolean isSame = header(now).equals(header(last));
        return isSame ? now.equals(last) : !isZero(header(now));
    }

    private boolean hasHole(FileChannel log) throws IOException {
        long now = Math.max(0, log.size() - BEGIN_BYTES) / FRAME_BYTES;
        for (long frame = frames; frame < now; frame++) {
            if (isZero(read(log, frame, HEADER_BYTES))) {
                return true;
            }
        }
        return false;
    }

    private static boolean beginsAsLog(FileChannel log) throws IOException {
        ByteBuffer magic = ByteBuffer.allocate(Integer.BYTES);
        log.read(magic, 0);
        return !magic.hasRemaining() && (magic.getInt(0) & ~1) == MAGIC;
    }

    private static ByteBuffer header(ByteBuffer frame) {
        return frame.slice(0, HEADER_BYTES);
    }

    private static boolean isZero(ByteBuffer bytes) {
        return bytes.equals(ByteBuffer.allocate(bytes.remaining()));
    }

    /* What is behind the end of the file is zero. */
    private static ByteBuffer read(FileChannel log, long frame, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        long from = BEGIN_BYTES + frame * FRAME_BYTES;
        boolean isMore = true;
        while (isMore && bytes.hasRemaining()) {
            isMore = log.read(bytes, from + bytes.position()) > 0;
        }
        return bytes.clear();
    }

    private static FileChannel open(Path log) throws IOException {
        return FileChannel.open(log, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }
}
