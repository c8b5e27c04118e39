package dev.waxwing.recovery.sqlite;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.store.StoreOptions;
import dev.waxwing.run.FileAccess;
import dev.waxwing.run.file.OwnFiles;
import dev.waxwing.run.file.WatchedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Objects;
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
     *
     * A process that was stopped keeps its lock. Who takes over from it locks a file of another name and, when its
     * generation is recorded, puts it in the place of the first, whose lock then keeps nobody out. If it were put there
     * before, a transaction that fails would leave the place to one that has not taken over. Two of them meet at
     * the file of the other name, which is never deleted: an open file that has lost its name would be locked for nothing.
     *
     * All of them, those that found the file unlocked included, confirm in the transaction that records their
     * generation that the file in the place is still the one they have looked at, and that nobody else is about to take
     * over: so who is in that place and who has the newest generation are the same.
     */

    private static final String REGISTRATION = "dev.waxwing.recovery.open:";
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;
    private static final int OWNER_BYTES_MAX = 1_000;

    private final Path directory;
    private final String registration;
    private final FileChannel channel;

    /** The file that is locked, as it is in its place. */
    private final WatchedFile locked;

    /** The file in the place when it was looked at; null where files have no identity. */
    private final @Nullable Object found;

    private final @Nullable String former;
    private boolean isInPlace;

    private StoreLock(
            Path directory,
            String registration,
            FileChannel channel,
            WatchedFile locked,
            @Nullable Object found,
            @Nullable String former) {
        this.directory = directory;
        this.registration = registration;
        this.channel = channel;
        this.locked = locked;
        this.found = found;
        this.former = former;
        this.isInPlace = former == null;
    }

    /**
     * Takes the lock or throws at once. It is complete with {@link #moveIntoPlace}.
     *
     * @param directory exists
     */
    static StoreLock take(Path directory, StoreOptions options) throws IOException {
        String owner =
                "process " + ProcessHandle.current().pid() + since(options.clock().instant());
        String registration = REGISTRATION + directory.toRealPath();
        String former = (String) System.getProperties().putIfAbsent(registration, owner);
        if (former != null) {
            throw new RecoveryException(
                    inUse(directory, former + ", which is this process")
                            + "; stop that execution first, or give this one a directory of its"
                            + " own");
        }
        try {
            return lock(directory, registration, owner, options);
        } catch (IOException | RuntimeException | Error e) {
            System.clearProperty(registration);
            throw e;
        }
    }

    /** From whom the directory is taken over, as messages call it; null if nobody holds it. */
    @Nullable String former() {
        return former;
    }

    /**
     * Checks that the directory is still to be had, within the transaction that makes the store or
     * records the generation.
     *
     * @throws RecoveryException if somebody else has taken the directory over meanwhile
     */
    void confirm() {
        try {
            if (!Objects.equals(key(directory.resolve(StoreFormat.LOCK)), found)) {
                throw held(directory, "another process, which has just taken it over");
            }
            if (isInPlace) {
                checkNotBeingTakenOver();
            }
        } catch (IOException e) {
            throw cannotBeTaken(e);
        }
    }

    /** Completes the lock, when the generation is recorded: whoever held it has lost it then. */
    void moveIntoPlace() {
        if (isInPlace) {
            return;
        }
        try {
            Files.move(
                    directory.resolve(StoreFormat.LOCK_BEING_MADE),
                    directory.resolve(StoreFormat.LOCK),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            isInPlace = true;
        } catch (IOException e) {
            throw cannotBeTaken(e);
        }
    }

    /**
     * Checks that the file that is locked is still in its place, without which anybody could lock
     * another one there.
     *
     * @throws RecoveryException if it is not
     */
    void checkInPlace() {
        try {
            String loss = locked.loss();
            if (loss != null) {
                throw StoreWatch.lost(StoreFile.describe(directory), locked.path(), loss);
            }
        } catch (IOException e) {
            throw StoreOpening.unusable(directory, e);
        }
    }

    private void checkNotBeingTakenOver() throws IOException {
        try (FileChannel other =
                OwnFiles.open(
                        directory.resolve(StoreFormat.LOCK_BEING_MADE),
                        FileAccess.OWNER,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            if (!tryLock(other)) {
                throw beingTaken(directory, read(other));
            }
        } catch (NoSuchFileException nobodyIs) {
            assert isInPlace;
        }
    }

    private RecoveryException cannotBeTaken(IOException e) {
        return RecoveryException.passing(
                StoreFile.describe(directory)
                        + ": its lock cannot be taken; check the permissions of the directory"
                        + " ("
                        + e
                        + ")",
                e);
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

    private static StoreLock lock(
            Path directory, String registration, String owner, StoreOptions options)
            throws IOException {
        Path place = directory.resolve(StoreFormat.LOCK);
        open(place, options.access()).close();
        Object found = key(place);
        FileChannel channel = open(place, options.access());
        try {
            if (tryLock(channel)) {
                write(channel, owner);
                WatchedFile locked = new WatchedFile(place, found, channel.size());
                return new StoreLock(directory, registration, channel, locked, found, null);
            }
            String holder = read(channel);
            if (!options.takeOver()) {
                throw held(directory, holder);
            }
            channel.close();
            Path beingMade = directory.resolve(StoreFormat.LOCK_BEING_MADE);
            channel = open(beingMade, options.access());
            if (!tryLock(channel)) {
                throw beingTaken(directory, read(channel));
            }
            write(channel, owner);
            WatchedFile locked = new WatchedFile(place, key(beingMade), channel.size());
            return new StoreLock(directory, registration, channel, locked, found, holder);
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    private static FileChannel open(Path file, FileAccess access) throws IOException {
        return OwnFiles.open(
                file,
                access,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }

    private static @Nullable Object key(Path file) throws IOException {
        return WatchedFile.of(file).key();
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static RecoveryException held(Path directory, String holder) {
        return new RecoveryException(
                inUse(directory, holder)
                        + "; stop that execution first, or give this one a directory of its own."
                        + " If that one hangs and is not to go on, say in the options of recovery"
                        + " to take the store over");
    }

    private static RecoveryException beingTaken(Path directory, String by) {
        return new RecoveryException(
                inUse(directory, by)
                        + ", which takes it over just now; wait for it, or end that process, and"
                        + " start again");
    }

    private static String inUse(Path directory, String holder) {
        return StoreFile.describe(directory) + " is in use by " + holder;
    }

    private static void write(FileChannel channel, String owner) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)), 0);
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
