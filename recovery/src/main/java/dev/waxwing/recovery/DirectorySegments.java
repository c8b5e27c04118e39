package dev.waxwing.recovery;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Large segments as files of a directory. Thread-safe. */
final class DirectorySegments {

    private final Path directory;
    private final BooleanSupplier isClosed;

    /**
     * @param isClosed whether the store to which they belong was closed
     */
    DirectorySegments(Path directory, BooleanSupplier isClosed) {
        this.directory = directory;
        this.isClosed = isClosed;
    }

    SegmentWriter create(String name) {
        checkOpen();
        try {
            Directories.make(directory);
            FileChannel channel =
                    FileChannel.open(
                            path(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return new SegmentWriter(name, new OpenFile(directory, channel));
        } catch (IOException e) {
            throw failed(name, "made", e);
        }
    }

    SegmentReader open(SegmentRef ref) {
        checkOpen();
        try {
            FileChannel channel = FileChannel.open(path(ref.name()), StandardOpenOption.READ);
            return SegmentReader.of(ref, new OpenFile(directory, channel));
        } catch (NoSuchFileException e) {
            throw SegmentReader.damaged(ref, "is missing from " + directory);
        } catch (IOException e) {
            throw failed(ref.name(), "opened", e);
        }
    }

    void delete(String name) {
        checkOpen();
        try {
            Files.deleteIfExists(path(name));
        } catch (IOException e) {
            throw failed(name, "deleted", e);
        }
    }

    List<String> names() {
        checkOpen();
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<String> names = new ArrayList<>();
            files.forEach(file -> names.add(file.getFileName().toString()));
            names.sort(null);
            return names;
        } catch (IOException e) {
            throw failed("*", "listed", e);
        }
    }

    private Path path(String name) {
        return directory.resolve(name);
    }

    void checkOpen() {
        if (isClosed.getAsBoolean()) {
            throw new IllegalStateException(
                    "the recovery store of " + directory + " was closed; open it again");
        }
    }

    private RecoveryException failed(String name, String what, IOException e) {
        return new RecoveryException(
                "segment '"
                        + name
                        + "' in "
                        + directory
                        + " cannot be "
                        + what
                        + "; what was decided before is intact, check space and permissions of the"
                        + " disk ("
                        + e
                        + ")",
                e);
    }

    private record OpenFile(Path directory, FileChannel channel) implements SegmentFile {

        @Override
        public void append(byte[] bytes, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(true);
            Directories.force(directory);
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void read(long offset, ByteBuffer into) throws IOException {
            long at = offset;
            while (into.hasRemaining()) {
                int count = channel.read(into, at);
                if (count < 0) {
                    throw new EOFException("the file ends at byte " + at);
                }
                at += count;
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
