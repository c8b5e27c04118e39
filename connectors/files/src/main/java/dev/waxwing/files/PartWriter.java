package dev.waxwing.files;

import dev.waxwing.run.file.OwnFiles;
import dev.waxwing.run.file.WatchedFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A hidden file that is being written. Confined to one thread at a time. */
final class PartWriter {

    private final Path path;
    private final FileChannel channel;
    private final WatchedFile file;
    private final OutputStream packed;
    private final CRC32C checksum = new CRC32C();
    private long bytes;
    private long items;

    PartWriter(FileChannel channel, WatchedFile file, RollOptions.Packing packing)
            throws IOException {
        this.path = file.path();
        this.file = file;
        this.channel = channel;
        OutputStream plain = new FileOutput();
        this.packed =
                packing == RollOptions.Packing.GZIP
                        ? new GZIPOutputStream(plain, EncodedLines.BLOCK_BYTES)
                        : plain;
    }

    /** Makes one, which is written at its end as {@link OutputFile} does. */
    static PartWriter open(Path path, RollOptions options) throws IOException {
        FileChannel channel =
                OwnFiles.open(
                        path,
                        options.access(),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.APPEND);
        try {
            WatchedFile file = WatchedFile.of(path);
            OwnFiles.requireRegular(path);
            return new PartWriter(channel, file, options.packing());
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    /** How many bytes have come to the file; packed ones come late. */
    long bytes() {
        return bytes;
    }

    /** CRC-32C of these. */
    long crc32c() {
        return checksum.getValue();
    }

    boolean hasItems() {
        return items > 0;
    }

    /** Items were encoded for the file. */
    void countItem() {
        items++;
    }

    void write(byte[] from, int length) throws IOException {
        packed.write(from, 0, length);
    }

    /** Completes the file and forces it to the disk; its name is forced with its directory. */
    void finish() throws IOException {
        try (channel) {
            packed.close();
            channel.force(false);
        }
    }

    /** What others have done to the file, in words; null if it is as it was written. */
    @Nullable String damage() throws IOException {
        return file.loss(bytes);
    }

    /** Gives the file up. */
    void discard() throws IOException {
        try (channel) {
            Files.deleteIfExists(path);
        }
    }

    private final class FileOutput extends OutputStream {

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(from, offset, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            checksum.update(from, offset, length);
            bytes += length;
        }

        @Override
        public void close() {
            // the channel is still to be forced
        }
    }
}
