package dev.waxwing.files;

import dev.waxwing.run.file.WatchedFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** An output file that is open, to be returned to a position and to be written at its end. */
final class OutputFile implements Closeable {

    /*
     * Two channels. What is written goes to wherever the end of the file is: if something truncates the file behind our
     * back, it stays shorter than what was written, for good, so that it is noticed whenever it is looked at. Written at a
     * position, it would get its length back with the next batch, and zeros in front. Such a channel cannot read; so
     * another one reads, cuts, and holds the lock, which must stay open as long as the lock is needed.
     */

    private final WatchedFile file;
    private final FileChannel whole;
    private final FileChannel end;

    private OutputFile(WatchedFile file, FileChannel whole, FileChannel end) {
        this.file = file;
        this.whole = whole;
        this.end = end;
    }

    /**
     * Opens the end of a file that is open.
     *
     * @param whole the file, open for reading and writing; closed with this
     */
    static OutputFile of(Path path, FileChannel whole) throws IOException {
        FileChannel end = FileChannel.open(path, StandardOpenOption.APPEND);
        try {
            return new OutputFile(WatchedFile.ofLinked(path), whole, end);
        } catch (IOException | RuntimeException | Error e) {
            end.close();
            throw e;
        }
    }

    Path path() {
        return file.path();
    }

    long size() throws IOException {
        return whole.size();
    }

    int read(ByteBuffer into, long from) throws IOException {
        return whole.read(into, from);
    }

    void truncate(long size) throws IOException {
        whole.truncate(size);
    }

    /** Writes all at the end. */
    void append(ByteBuffer from) throws IOException {
        while (from.hasRemaining()) {
            end.write(from);
        }
    }

    void force() throws IOException {
        end.force(false);
    }

    /** As {@link WatchedFile#loss(long)}. */
    @Nullable String damage(long bytes) throws IOException {
        return file.loss(bytes);
    }

    @Override
    public void close() throws IOException {
        try (whole) {
            end.close();
        }
    }
}
