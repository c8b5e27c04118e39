package dev.waxwing.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file that is read from one end to the other, unpacked on the way. Confined to the thread of its
 * partition.
 */
final class OpenFile implements ByteInput {

    private static final Map<String, byte[]> REFUSED =
            Map.of(
                    "bzip2", new byte[] {'B', 'Z', 'h', -1, '1', 'A', 'Y', '&', 'S', 'Y'},
                    "zstd", new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd},
                    "xz", new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0},
                    "lz4", new byte[] {0x04, 0x22, 0x4d, 0x18},
                    "zip", new byte[] {'P', 'K', 3, 4},
                    "compress", new byte[] {0x1f, (byte) 0x9d});

    private final String name;
    private final FileChannel channel;
    private final @Nullable InputStream unpacked;
    private final Beginning beginning;
    private long offset;

    private OpenFile(
            String name, FileChannel channel, @Nullable InputStream unpacked, Beginning beginning) {
        this.name = name;
        this.channel = channel;
        this.unpacked = unpacked;
        this.beginning = beginning;
    }

    /** Opens a file at its beginning; {@code name} is for messages. */
    static OpenFile open(String name, Path path, Compression compression) throws IOException {
        while (true) {
            String before = SeenFile.keyOf(path);
            FileChannel channel;
            try {
                channel = FileChannel.open(path, StandardOpenOption.READ);
            } catch (IOException e) {
                throw FileErrors.opening(path, e);
            }
            try {
                /* The key is that of the open file only if no other has taken its name meanwhile. */
                if (SeenFile.keyOf(path).equals(before)) {
                    InputStream unpacked = unpack(name, channel, compression);
                    return new OpenFile(name, channel, unpacked, new Beginning(before));
                }
            } catch (IOException | RuntimeException | Error e) {
                channel.close();
                throw e;
            }
            channel.close();
        }
    }

    /** Whether a plain file still begins as it did when it was read. */
    boolean beginsAsBefore() throws IOException {
        Beginning now = new Beginning("");
        see(now, beginning.length());
        return now.matches(beginning.mark(beginning.length()));
    }

    /**
     * Requires, at its end, that a plain file is still the one that was read: what was cut, or
     * written anew, while it was read has taken the place of something that is lost.
     */
    void requireUnchanged() throws IOException {
        if (!isPlain()) {
            return;
        }
        if (size() < offset) {
            throw FileErrors.beyondEnd(name, offset, sizeText());
        }
        if (!beginsAsBefore()) {
            throw FileErrors.changed(name, "byte " + offset);
        }
    }

    /** The mark of the file if it has been read up to an offset. */
    FileMark mark(long upTo) {
        return beginning.mark(upTo);
    }

    /** Whether the file begins as one that was marked; goes on in a packed one. */
    boolean begins(FileMark mark) throws IOException {
        seeBeginning(mark.bytes());
        return beginning.matches(mark);
    }

    boolean isPlain() {
        return unpacked == null;
    }

    /** Size of the plain file now; that of a packed one is not known. */
    long size() throws IOException {
        return channel.size();
    }

    /** The size now, for messages. */
    String sizeText() throws IOException {
        return unpacked == null ? size() + " bytes" : "fewer, unpacked";
    }

    /**
     * Goes to an offset of the unpacked bytes; in a packed file only forward.
     *
     * @return whether there are that many
     */
    boolean seek(long target) throws IOException {
        try {
            if (unpacked == null) {
                seeBeginning((int) Math.min(target, FileMark.MAX));
                channel.position(target);
                offset = target;
                return target <= channel.size();
            }
            return skip(unpacked, target);
        } catch (IOException e) {
            throw FileErrors.reading(name, offset, e);
        }
    }

    /* The end of a file that was cut must not be taken for that of a shorter one, so the stream's own way will not do. */
    private boolean skip(InputStream from, long target) throws IOException {
        byte[] passed = new byte[1 << 13];
        while (offset < target) {
            int count = from.read(passed, 0, (int) Math.min(passed.length, target - offset));
            if (count < 0) {
                return false;
            }
            beginning.see(passed, 0, count, offset);
            offset += count;
        }
        return true;
    }

    /* Of a plain file without leaving the place. */
    private void seeBeginning(int upTo) throws IOException {
        try {
            if (unpacked != null) {
                skip(unpacked, upTo);
                return;
            }
            see(beginning, upTo);
        } catch (IOException e) {
            throw FileErrors.reading(name, offset, e);
        }
    }

    private void see(Beginning into, int upTo) throws IOException {
        byte[] bytes = new byte[upTo];
        for (int count = 0; count >= 0 && into.length() < upTo; ) {
            int from = into.length();
            count = channel.read(ByteBuffer.wrap(bytes, 0, upTo - from), from);
            into.see(bytes, 0, count, from);
        }
    }

    /**
     * Goes to an offset of one or more, as {@link #seek}.
     *
     * @return the byte before it, or -1 if there are not that many
     */
    int seekAndLookBack(long target) throws IOException {
        if (target <= beginning.length()) {
            return seek(target) ? beginning.at((int) target - 1) : -1;
        }
        byte[] before = new byte[1];
        if (!seek(target - 1) || read(before, 0, 1) < 1) {
            return -1;
        }
        return before[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        try {
            int count =
                    unpacked == null
                            ? channel.read(ByteBuffer.wrap(into, from, length))
                            : unpacked.read(into, from, length);
            beginning.see(into, from, count, offset);
            offset += Math.max(count, 0);
            return count;
        } catch (IOException e) {
            throw FileErrors.reading(name, offset, e);
        }
    }

    @Override
    public void close() throws IOException {
        if (unpacked != null) {
            unpacked.close();
        }
        channel.close();
    }

    private static @Nullable InputStream unpack(
            String name, FileChannel channel, Compression compression) throws IOException {
        if (compression == Compression.NONE) {
            return null;
        }
        byte[] head;
        try {
            head = head(channel);
        } catch (IOException e) {
            throw FileErrors.reading(name, 0, e);
        }
        boolean gzip = head.length >= 2 && head[0] == 0x1f && head[1] == (byte) 0x8b;
        if (compression == Compression.AUTO && !gzip) {
            refuseUnknown(name, head);
            return null;
        }
        if (!gzip) {
            throw new IOException(
                    "input file '"
                            + name
                            + "' is not packed by gzip; use Compression.AUTO if only some files"
                            + " are");
        }
        return new GzipMembers(Channels.newInputStream(channel));
    }

    private static byte[] head(FileChannel channel) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(10);
        while (head.hasRemaining() && channel.read(head, head.position()) > 0) {
            // as far as there is any
        }
        return Arrays.copyOf(head.array(), head.position());
    }

    private static void refuseUnknown(String name, byte[] head) throws IOException {
        for (Map.Entry<String, byte[]> format : REFUSED.entrySet()) {
            if (startsWith(head, format.getValue())) {
                throw new IOException(
                        "input file '"
                                + name
                                + "' is packed by "
                                + format.getKey()
                                + ", which cannot be read; unpack it or pack it by gzip");
            }
        }
    }

    /** A -1 in the wanted bytes stands for any byte. */
    private static boolean startsWith(byte[] head, byte[] wanted) {
        if (head.length < wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i] != -1 && head[i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
