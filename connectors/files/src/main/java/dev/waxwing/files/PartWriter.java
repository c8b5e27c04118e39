package dev.waxwing.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;

/** A hidden file that is being written. Confined to one thread at a time. */
final class PartWriter {

    private final Path path;
    private final FileChannel channel;
    private final OutputStream packed;
    private final CRC32C checksum = new CRC32C();
    private long bytes;
    private long items;

    PartWriter(Path path, FileChannel channel, RollOptions.Packing packing) throws IOException {
        this.path = path;
        this.channel = channel;
        OutputStream file = new FileOutput();
        this.packed =
                packing == RollOptions.Packing.GZIP
                        ? new GZIPOutputStream(file, EncodedLines.BLOCK_BYTES)
                        : file;
    }

    static PartWriter open(Path path, RollOptions.Packing packing) throws IOException {
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            return new PartWriter(path, channel, packing);
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
