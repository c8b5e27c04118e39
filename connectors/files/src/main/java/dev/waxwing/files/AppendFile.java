package dev.waxwing.files;

import dev.waxwing.sink.FencedException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A file that grows at its end and knows its length and checksum. Confined to the thread of its
 * partition, but for {@link #forceForDecision} and {@link #check}, which any thread may call.
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
     * Whether something else has deleted, replaced or cut the file is seen by its identity and its length, which must be
     * between what was written and what is just being written.
     *
     * After a failure the file takes nothing more. What was written beyond the position by the call
     * that failed is cut by the next resume.
     */

    private static final int BLOCK_BYTES = 1 << 17;

    private final Path name;
    private final OutputFile out;
    private final CRC32C checksum;
    private final @Nullable Path newInDirectory;
    private final @Nullable DecidedMark mark;

    // Written by the partition's thread: what is in the file, and with what is just being written
    // to it.
    private volatile long bytes;
    private volatile long begunBytes;

    // Written by the partition's thread and by the one that forces.
    private volatile @Nullable IOException failure;
    private volatile boolean isClosed;

    /**
     * @param newInDirectory the directory that got an entry for the file, or null
     * @param mark tells how far it is decided; null if nobody wants to know
     */
    AppendFile(OutputFile out, @Nullable Path newInDirectory, @Nullable DecidedMark mark) {
        this.name = out.path();
        this.out = out;
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
        Closeable open = null;
        try {
            FileChannel channel = AppendTarget.open(path);
            open = channel;
            boolean mayBeOpenElsewhere = mark.mayBeOpenElsewhere();
            mark.checkKnown();
            if (mayBeOpenElsewhere) {
                channel = AppendTarget.replaceByCopy(path, channel, mark);
                open = channel;
            }
            if (mark.isOfAStore()) {
                AppendTarget.keepForOne(path, channel);
            }
            OutputFile out = OutputFile.of(path, channel);
            open = out;
            AppendFile file =
                    new AppendFile(out, exists ? null : AppendTarget.directoryOf(path), mark);
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
            if (open != null) {
                open.close();
            }
            throw e;
        }
    }

    /** Writes at the end. */
    void write(byte[] from, int length) throws IOException {
        requireIntact();
        ByteBuffer buffer = ByteBuffer.wrap(from, 0, length);
        begunBytes = bytes + length;
        try {
            out.append(buffer);
        } catch (IOException e) {
            throw fail("writing failed after byte " + (bytes + buffer.position()), e);
        }
        checksum.update(from, 0, length);
        bytes = begunBytes;
    }

    /**
     * Checks that the file is in its place and has what was written to it.
     *
     * @throws IOException if something else has deleted, replaced or changed it
     * @throws FencedException if that was another execution
     */
    void check() throws IOException, FencedException {
        if (failure != null || isClosed) {
            return;
        }
        String damage = out.damage(bytes);
        if (damage == null && mark != null && mark.isOfAStore()) {
            long size = out.size();
            long most = begunBytes;
            damage =
                    size > most
                            ? "was written to: it has "
                                    + size
                                    + " bytes, of which "
                                    + most
                                    + " are ours"
                            : null;
        }
        if (damage != null) {
            if (mark != null) {
                mark.checkOwn();
            }
            throw damaged(damage);
        }
    }

    private IOException damaged(String how) {
        IOException described =
                new IOException(
                        "output file '"
                                + name
                                + "' must stay as it is while it is written, but something else has"
                                + " come between: it "
                                + how
                                + "; nothing more is decided. Bring it back to what it was, from"
                                + " the copy if a program has rotated it, before you start again,"
                                + " or start with an empty recovery store to write it anew; and let"
                                + " no program rotate, clean or write it while the execution runs");
        failure = described;
        return described;
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
            out.force();
        } catch (IOException e) {
            throw fail("forcing it to the disk failed", e);
        }
        if (newInDirectory != null) {
            HiddenFiles.forceDirectory(newInDirectory);
        }
    }

    @Override
    public void close() throws IOException {
        isClosed = true;
        out.close();
    }

    private void verify(AppendPosition resume) throws IOException {
        long size = out.size();
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
        out.truncate(resume.bytes());
    }

    private void begin(OnExisting onExisting, byte[] lineEnd) throws IOException, FencedException {
        long size = out.size();
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
            case TRUNCATE -> out.truncate(0);
            case APPEND -> {
                requireCompleteLastLine(size, lineEnd);
                readPrefix(size);
            }
        }
    }

    private void requireCompleteLastLine(long size, byte[] lineEnd) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(lineEnd.length);
        out.read(last, Math.max(0, size - lineEnd.length));
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
            int count = out.read(block, bytes);
            if (count < 0) {
                throw new IOException(
                        "output file '"
                                + name
                                + "' was shortened while it was checked; start again");
            }
            checksum.update(block.flip());
            begunBytes = bytes + count;
            bytes = begunBytes;
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
