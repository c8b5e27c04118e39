package dev.waxwing.files;

import dev.waxwing.sink.FencedException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A file that grows at its end and knows its length and checksum. Confined to the thread of its
 * partition, but for {@link #forceForDecision}, which any thread may call.
 */
final class AppendFile implements Closeable {

    /*
     * Returning to a position: a file that is shorter is refused, as truncating would extend it
     * with zeros and hide the loss. One that is as long or longer is read up to the position, and
     * cut there only if the checksum is that of the position. So whatever went wrong with the file,
     * nothing is written to one that does not hold what the state says.
     *
     * The checksum is of the whole prefix and kept up while writing (CRC-32C is one instruction for
     * eight bytes); only a resume reads the prefix, once.
     *
     * An execution that was taken over may still have the file open, and write at its own place when it wakes up. Then
     * the file is replaced by a copy, of which that execution knows nothing. If it has yet to open the
     * file it gets the copy, and finds after that that it was taken over.
     *
     * After a failure the file takes nothing more. What was written beyond the position by the call
     * that failed is cut by the next resume.
     */

    private static final int BLOCK_BYTES = 1 << 17;

    private static final int HEADER_BYTES_SHOWN = 1_000;

    private final String name;
    private final FileChannel channel;
    private final CRC32C checksum;
    private final @Nullable Path newInDirectory;
    private final @Nullable DecidedMark mark;

    // Written by the partition's thread.
    private long bytes;

    // Written by the partition's thread and by the one that forces.
    private volatile @Nullable IOException failure;

    /**
     * @param newInDirectory the directory that got an entry for the file, or null
     * @param mark tells how far it is decided; null if nobody wants to know
     */
    AppendFile(
            String name,
            FileChannel channel,
            @Nullable Path newInDirectory,
            @Nullable DecidedMark mark) {
        this.name = name;
        this.channel = channel;
        this.checksum = new CRC32C();
        this.newInDirectory = newInDirectory;
        this.mark = mark;
    }

    static AppendFile open(
            Path path,
            OnExisting onExisting,
            byte[] lineEnd,
            @Nullable AppendPosition resume,
            DecidedMark mark)
            throws IOException, FencedException {
        AppendTarget.requireWritable(path);
        boolean exists = Files.exists(path);
        if (!exists && resume != null) {
            throw new IOException(
                    "output file '"
                            + path
                            + "' is missing, but the resume state says that it has "
                            + resume.bytes()
                            + " bytes. Put it back, or start with an empty recovery store to write"
                            + " it anew");
        }
        AppendPosition leftFrom = resume == null ? mark.begun() : null;
        FileChannel channel = AppendTarget.open(path);
        try {
            boolean mayBeOpenElsewhere = mark.mayBeOpenElsewhere();
            mark.checkKnown();
            if (mayBeOpenElsewhere) {
                channel = AppendTarget.replaceByCopy(path, channel, mark);
            }
            if (mark.isOfAStore()) {
                AppendTarget.keepForOne(path, channel);
            }
            AppendFile file =
                    new AppendFile(
                            path.toString(),
                            channel,
                            exists ? null : AppendTarget.directoryOf(path),
                            mark);
            if (resume != null) {
                file.verify(resume);
                /* Readers must not be told of what is cut, or written again, in a moment. */
                mark.resume(resume);
                file.cutBehind(resume);
            } else if (leftFrom != null) {
                file.verify(leftFrom);
                file.cutBehind(leftFrom);
                mark.begin(leftFrom);
            } else {
                file.begin(onExisting, lineEnd);
            }
            return file;
        } catch (IOException | FencedException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Requires that a file which has something in it begins with a header, in quotes or not.
     *
     * @param header empty if any beginning will do
     */
    void requireHeader(String header, String lineEnd) throws IOException {
        if (header.isEmpty() || bytes == 0) {
            return;
        }
        ByteBuffer head = ByteBuffer.allocate(9 * header.length() + HEADER_BYTES_SHOWN);
        while (head.hasRemaining() && channel.read(head, head.position()) > 0) {
            // as far as there is any
        }
        String found = new String(head.array(), 0, head.position(), StandardCharsets.UTF_8);
        String wanted = plain(header);
        String start = plain(found);
        if (!start.startsWith(wanted + "\n") && !start.startsWith(wanted + plain(lineEnd))) {
            throw new IOException(
                    "output file '"
                            + name
                            + "' begins with '"
                            + found.lines().findFirst().orElse("")
                            + "', but what is written to it now has the columns '"
                            + header
                            + "'; write to another file, or write the columns of before");
        }
    }

    private static String plain(String header) {
        return header.replaceAll("[\uFEFF\"\r]", "");
    }

    /** Writes at the end. */
    void write(byte[] from, int length) throws IOException {
        requireIntact();
        ByteBuffer buffer = ByteBuffer.wrap(from, 0, length);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw fail("writing failed after byte " + (bytes + buffer.position()), e);
        }
        checksum.update(from, 0, length);
        bytes += length;
    }

    /** An epoch is decided that ended there; any thread may call it. */
    void decided(AppendPosition position) throws IOException, FencedException {
        if (mark != null) {
            mark.decided(position);
        }
    }

    AppendPosition position() {
        return new AppendPosition(bytes, checksum.getValue());
    }

    /**
     * Forces what an epoch has written, which is to be decided.
     *
     * @throws FencedException if another execution has begun to write to the file
     */
    void forceForDecision() throws IOException, FencedException {
        requireIntact();
        if (mark != null) {
            mark.checkOwn();
        }
        force();
    }

    /** Forces to the disk what was written, and the entry of a new file in its directory. */
    void force() throws IOException {
        requireIntact();
        try {
            channel.force(false);
        } catch (IOException e) {
            throw fail("forcing it to the disk failed", e);
        }
        if (newInDirectory != null) {
            HiddenFiles.forceDirectory(newInDirectory);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void verify(AppendPosition resume) throws IOException {
        long size = channel.size();
        if (size < resume.bytes()) {
            throw new IOException(
                    "output file '"
                            + name
                            + "' has "
                            + size
                            + " bytes, but the resume state says that it has at least "
                            + resume.bytes()
                            + ": something else has shortened or replaced it. Restore it, or start"
                            + " with an empty recovery store to write it anew");
        }
        readPrefix(resume.bytes());
        if (checksum.getValue() != resume.crc32c()) {
            throw new IOException(
                    "the first "
                            + resume.bytes()
                            + " bytes of output file '"
                            + name
                            + "' are not those that were written (CRC-32C "
                            + Long.toHexString(resume.crc32c())
                            + " expected, "
                            + Long.toHexString(checksum.getValue())
                            + " found): something else has changed or replaced it. Restore it, or"
                            + " start with an empty recovery store to write it anew");
        }
    }

    private void cutBehind(AppendPosition resume) throws IOException {
        channel.truncate(resume.bytes());
        channel.position(resume.bytes());
    }

    private void begin(OnExisting onExisting, byte[] lineEnd) throws IOException, FencedException {
        long size = channel.size();
        if (size > 0) {
            beginBehind(size, onExisting, lineEnd);
        }
        if (mark != null) {
            mark.begin(position());
        }
    }

    private void beginBehind(long size, OnExisting onExisting, byte[] lineEnd) throws IOException {
        switch (onExisting) {
            case FAIL ->
                    throw new IOException(
                            "output file '"
                                    + name
                                    + "' exists and has "
                                    + size
                                    + " bytes, and there is no resume state for it. Choose"
                                    + " withOnExisting(OnExisting.APPEND) to write after them,"
                                    + " withOnExisting(OnExisting.TRUNCATE) to drop them (right if"
                                    + " they are left from an execution that stopped in its first"
                                    + " epoch), or another path");
            case TRUNCATE -> channel.truncate(0);
            case APPEND -> {
                requireCompleteLastLine(size, lineEnd);
                readPrefix(size);
                channel.position(size);
            }
        }
    }

    private void requireCompleteLastLine(long size, byte[] lineEnd) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(lineEnd.length);
        channel.read(last, Math.max(0, size - lineEnd.length));
        if (!last.flip().equals(ByteBuffer.wrap(lineEnd))) {
            throw new IOException(
                    "the last line of output file '"
                            + name
                            + "' has no line end, so the first new line would become a part of it;"
                            + " complete or remove it");
        }
    }

    /** Takes the bytes up to there into the checksum. */
    private void readPrefix(long length) throws IOException {
        ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
        while (bytes < length) {
            block.clear().limit((int) Math.min(BLOCK_BYTES, length - bytes));
            int count = channel.read(block, bytes);
            if (count < 0) {
                throw new IOException(
                        "output file '"
                                + name
                                + "' was shortened while it was checked; start again");
            }
            checksum.update(block.flip());
            bytes += count;
        }
    }

    private void requireIntact() throws IOException {
        IOException cause = failure;
        if (cause != null) {
            throw new IOException(
                    "output file '"
                            + name
                            + "' takes nothing more after a failure: "
                            + cause.getMessage(),
                    cause);
        }
    }

    private IOException fail(String what, IOException cause) {
        IOException described =
                new IOException(
                        "output file '"
                                + name
                                + "': "
                                + what
                                + ": "
                                + cause.getMessage()
                                + "; make room or repair the disk, then start again: writing"
                                + " resumes at the last decided epoch",
                        cause);
        failure = described;
        return described;
    }
}
