package dev.waxwing.files;

import dev.waxwing.sink.FencedException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

    private static final int HEADER_BYTES_SHOWN = 1_000;

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

    /** What the mark said before this execution, until something is done with the file. */
    private volatile DecidedMark.@Nullable Former former;

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

    /**
     * Checks what can be known of the file without reading all of it; changes nothing.
     *
     * @throws IOException as {@link #open} would throw
     */
    static void check(
            Path path,
            OnExisting onExisting,
            byte[] lineEnd,
            @Nullable AppendPosition resume,
            DecidedMark mark)
            throws IOException {
        requireThere(path, resume);
        if (!Files.exists(path)) {
            return;
        }
        AppendPosition from = resume == null ? mark.begun() : resume;
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            if (from != null) {
                requireLength(path, channel.size(), from);
            } else {
                requireWanted(path, channel.size(), channel::read, onExisting, lineEnd);
            }
        }
    }

    /**
     * Cuts off what lies behind the decided bytes of a file, if its mark is of it and these bytes
     * are what was written.
     */
    static void cutUndecided(Path path) throws IOException {
        AppendPosition decided = DecidedMark.ofSame(path);
        if (decided == null) {
            return;
        }
        try (FileChannel channel = AppendTarget.open(path)) {
            AppendTarget.keepForOne(path, channel);
            try (AppendFile file = new AppendFile(OutputFile.of(path, channel), null, null)) {
                if (channel.size() > decided.bytes()) {
                    file.readPrefix(decided.bytes());
                    if (file.checksum.getValue() == decided.crc32c()) {
                        file.cutBehind(decided);
                        channel.force(true);
                    }
                }
            }
        }
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
        requireThere(path, resume);
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
                file.former = mark.resume(resume);
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
        while (head.hasRemaining() && out.read(head, head.position()) > 0) {
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
        former = null;
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
                                + "; nothing more is decided. Bring it back to what it was, from the"
                                + " copy if a program has rotated it, before you start again, or start"
                                + " over, by 'waxwing recovery reset', to write it anew; and let no program"
                                + " rotate, clean or write it while the execution runs");
        failure = described;
        return described;
    }

    /** An epoch is decided that ended there; any thread may call it. */
    void decided(AppendPosition position) throws IOException, FencedException {
        if (mark != null) {
            try {
                mark.decided(position);
            } catch (NoSuchFileException e) {
                String damage = out.damage(bytes);
                throw damage == null ? e : damaged(damage);
            }
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
        former = null;
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

    /** An execution that has done nothing with the file leaves the mark to the one before. */
    @Override
    public void close() throws IOException {
        isClosed = true;
        DecidedMark.Former before = former;
        try (out) {
            if (before != null) {
                before.putBack();
            }
        }
    }

    private static void requireThere(Path path, @Nullable AppendPosition resume)
            throws IOException {
        if (!Files.exists(path) && resume != null) {
            throw new IOException(
                    "output file '"
                            + path
                            + "' is missing, but the resume state says that it has "
                            + resume.bytes()
                            + " bytes. Put it back, or start over, by 'waxwing recovery reset', to"
                            + " write it anew");
        }
    }

    private static void requireLength(Path name, long size, AppendPosition resume)
            throws IOException {
        if (size < resume.bytes()) {
            throw new IOException(
                    "output file '"
                            + name
                            + "' has "
                            + size
                            + " bytes, but the resume state says that it has at least "
                            + resume.bytes()
                            + ": something else has shortened or replaced it. Restore it, or start"
                            + " over, by 'waxwing recovery reset', to write it anew");
        }
    }

    private void verify(AppendPosition resume) throws IOException {
        requireLength(name, out.size(), resume);
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
                            + " start over, by 'waxwing recovery reset', to write it anew");
        }
    }

    private void cutBehind(AppendPosition resume) throws IOException {
        out.truncate(resume.bytes());
    }

    private void begin(OnExisting onExisting, byte[] lineEnd) throws IOException, FencedException {
        long size = out.size();
        requireWanted(name, size, out::read, onExisting, lineEnd);
        if (onExisting == OnExisting.TRUNCATE) {
            out.truncate(0);
        } else {
            readPrefix(size);
        }
        if (mark != null) {
            mark.begin(position());
        }
    }

    /** Reads bytes from a position on. */
    @FunctionalInterface
    private interface Reads {
        int read(ByteBuffer into, long from) throws IOException;
    }

    private static void requireWanted(
            Path name, long size, Reads file, OnExisting onExisting, byte[] lineEnd)
            throws IOException {
        if (size > 0 && onExisting == OnExisting.FAIL) {
            throw new IOException(
                    "output file '"
                            + name
                            + "' exists and has "
                            + size
                            + " bytes, and there is no resume state for it. Choose"
                            + " withOnExisting(OnExisting.APPEND) to write after them,"
                            + " withOnExisting(OnExisting.TRUNCATE) to drop them (right if they are"
                            + " left from an execution that stopped in its first epoch), or another"
                            + " path; or move the file away");
        }
        if (size > 0 && onExisting == OnExisting.APPEND) {
            requireCompleteLastLine(name, size, file, lineEnd);
        }
    }

    private static void requireCompleteLastLine(Path name, long size, Reads file, byte[] lineEnd)
            throws IOException {
        ByteBuffer last = ByteBuffer.allocate(lineEnd.length);
        file.read(last, Math.max(0, size - lineEnd.length));
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
