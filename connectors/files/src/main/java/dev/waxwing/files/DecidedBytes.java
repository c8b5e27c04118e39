package dev.waxwing.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * How far a file that an {@link AppendSink} writes may be read: what lies behind may be cut off and
 * written again.
 *
 * <p>Other programs find the number in the first line, {@code bytes 1234}, of the hidden file
 * {@code .out.txt.waxwing-decided} beside {@code out.txt}, which is replaced as a whole after each
 * epoch. It never gets smaller but by a declared replay, or if the file is written anew.
 */
public final class DecidedBytes {

    private DecidedBytes() {}

    /**
     * How many bytes of a file are decided; empty if nothing is known: the file is not written with
     * recovery, or in a directory in which no file can be made.
     *
     * @throws IOException if it cannot be read
     */
    public static OptionalLong of(Path file) throws IOException {
        AppendPosition position = DecidedMark.of(file);
        return position == null ? OptionalLong.empty() : OptionalLong.of(position.bytes());
    }

    /**
     * Opens what is decided now of a file; the stream ends there.
     *
     * @throws IOException if the file cannot be read, or it is not known how far it is decided
     */
    public static InputStream open(Path file) throws IOException {
        OptionalLong bytes = of(file);
        if (bytes.isEmpty()) {
            throw new IOException(
                    "nothing tells how far file '"
                            + file
                            + "' is decided: '"
                            + HiddenFiles.beside(file, DecidedMark.KIND)
                            + "' is missing or torn; it is there when an execution with recovery"
                            + " has written to the file");
        }
        return new Prefix(Files.newInputStream(file), bytes.getAsLong());
    }

    /** The first bytes of a stream. */
    private static final class Prefix extends FilterInputStream {

        private long left;

        Prefix(InputStream in, long bytes) {
            super(in);
            left = bytes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = super.read(into, offset, (int) Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(Math.min(count, left));
            left -= skipped;
            return skipped;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(super.available(), left);
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
