package dev.waxwing.recovery.sqlite;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.segment.SegmentFile;
import dev.waxwing.recovery.segment.SegmentReader;
import dev.waxwing.recovery.segment.SegmentRef;
import dev.waxwing.recovery.segment.SegmentWriter;
import dev.waxwing.run.FileAccess;
import dev.waxwing.run.file.OwnFiles;
import dev.waxwing.run.file.WatchedFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Large segments as files of a directory. Thread-safe. */
final class DirectorySegments {

    private final Path directory;
    private final FileAccess access;
    private final BooleanSupplier isClosed;

    /** Those that are complete and that nobody has deleted here, as they were written. */
    private final Map<String, WatchedFile> complete = new ConcurrentHashMap<>();

    /**
     * @param access to what is made
     * @param isClosed whether the store to which they belong was closed
     */
    DirectorySegments(Path directory, FileAccess access, BooleanSupplier isClosed) {
        this.directory = directory;
        this.access = access;
        this.isClosed = isClosed;
    }

    SegmentWriter create(String name) {
        checkOpen();
        try {
            makeDirectory();
            FileChannel channel =
                    OwnFiles.open(
                            path(name),
                            access,
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.APPEND);
            Object key = WatchedFile.of(path(name)).key();
            return new SegmentWriter(name, new OpenFile(name, channel, key));
        } catch (IOException e) {
            throw failed(name, "made", e);
        }
    }

    /* The store's own directory is not made anew: what was in it is elsewhere. */
    private void makeDirectory() throws IOException {
        Path store = Objects.requireNonNull(directory.toAbsolutePath().getParent());
        try {
            Directories.makeIn(store, directory, access);
        } catch (NoSuchFileException e) {
            throw StoreWatch.lost(
                    "segments of a recovery store", store, "was deleted or moved away");
        } catch (FileAlreadyExistsException e) {
            throw StoreWatch.lost(
                    "segments of a recovery store", directory, "was replaced by another file");
        }
    }

    SegmentReader open(SegmentRef ref) {
        checkOpen();
        try {
            FileChannel channel = OwnFiles.open(path(ref.name()), access, StandardOpenOption.READ);
            Object key = WatchedFile.of(path(ref.name())).key();
            SegmentReader reader = SegmentReader.of(ref, new OpenFile(ref.name(), channel, key));
            complete.putIfAbsent(ref.name(), new WatchedFile(path(ref.name()), key, ref.bytes()));
            return reader;
        } catch (NoSuchFileException e) {
            throw SegmentReader.damaged(ref, "is missing from " + directory);
        } catch (IOException e) {
            throw failed(ref.name(), "opened", e);
        }
    }

    void delete(String name) {
        checkOpen();
        complete.remove(name);
        try {
            Files.deleteIfExists(path(name));
        } catch (IOException e) {
            throw failed(name, "deleted", e);
        }
    }

    void check() {
        for (WatchedFile file : complete.values()) {
            String name = file.path().getFileName().toString();
            try {
                String loss = file.loss();
                boolean isDeletedHere = !complete.containsKey(name);
                if (loss != null && !isDeletedHere) {
                    throw lost(name, loss);
                }
            } catch (IOException e) {
                throw failed(name, "looked at", e);
            }
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

    private RecoveryException lost(String name, String how) {
        return StoreWatch.lost("segments of a recovery store", path(name), how);
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

    /** An open file, which is appended to at its end wherever that has come to be. */
    private final class OpenFile implements SegmentFile {

        private final String name;
        private final FileChannel channel;
        private final @Nullable Object key;
        private long written;

        OpenFile(String name, FileChannel channel, @Nullable Object key) {
            this.name = name;
            this.channel = channel;
            this.key = key;
        }

        @Override
        public void append(byte[] bytes, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            written += length;
        }

        @Override
        public void force() throws IOException {
            channel.force(true);
            Directories.force(directory);
            WatchedFile file = new WatchedFile(path(name), key, written);
            String loss = file.loss();
            if (loss != null) {
                throw lost(name, loss);
            }
            complete.put(name, file);
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
