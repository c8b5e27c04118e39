package dev.waxwing.recovery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Keeps a directory for one writing execution, against other processes and within this one. */
final class StoreLock implements AutoCloseable {

    /*
     * The operating system drops a process's locks on a file as soon as it closes any channel to
     * that file, so a second attempt in the same process would unlock the first one. The file is
     * therefore not touched before a JVM-wide registration has succeeded. System properties are
     * what all class loaders of a JVM share.
     *
     * The locked byte lies beyond the text, which stays readable where locks are mandatory.
     */

    private static final String REGISTRATION = "dev.waxwing.recovery.open:";
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;
    private static final int OWNER_BYTES_MAX = 1_000;

    private final String registration;
    private final FileChannel channel;

    private StoreLock(String registration, FileChannel channel) {
        this.registration = registration;
        this.channel = channel;
    }

    /**
     * Takes the lock or throws at once.
     *
     * @param directory exists
     */
    static StoreLock take(Path directory, Instant now) throws IOException {
        String owner = "process " + ProcessHandle.current().pid() + since(now);
        String registration = REGISTRATION + directory.toRealPath();
        String former = (String) System.getProperties().putIfAbsent(registration, owner);
        if (former != null) {
            throw inUse(directory, former + ", which is this process");
        }
        try {
            return new StoreLock(registration, lock(directory, owner));
        } catch (IOException | RuntimeException e) {
            System.clearProperty(registration);
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new RecoveryException("the lock of a recovery store could not be released", e);
        } finally {
            System.clearProperty(registration);
        }
    }

    private static FileChannel lock(Path directory, String owner) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        directory.resolve(StoreFormat.LOCK),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            FileLock lock = tryLock(channel);
            if (lock == null) {
                throw inUse(directory, read(channel));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)), 0);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static RecoveryException inUse(Path directory, String owner) {
        return new RecoveryException(
                "recovery store "
                        + directory
                        + " is in use by "
                        + owner
                        + "; stop that execution first, or give this one a directory of its own");
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(OWNER_BYTES_MAX);
        channel.read(text, 0);
        String owner = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8);
        return owner.isBlank() ? "another process" : owner;
    }

    private static String since(Instant now) {
        return " on host " + host() + " since " + now;
    }

    /** Name of this machine as far as it is known without asking the network. */
    static String host() {
        String name = System.getenv("HOSTNAME");
        if (name == null || name.isBlank()) {
            name = System.getenv("COMPUTERNAME");
        }
        return name == null || name.isBlank() ? hostFromFile() : name;
    }

    private static String hostFromFile() {
        try {
            return Files.readString(Path.of("/etc/hostname")).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
