package dev.waxwing.files;

import dev.waxwing.run.FileAccess;
import dev.waxwing.run.file.OwnFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What sinks keep beside their output: files whose names begin with a period, which globs of shells
 * pass over, and end with {@code .waxwing-} and a word, which sources of this module pass over.
 */
final class HiddenFiles {

    private static final String MARK = ".waxwing-";
    private static final int BLOCK_BYTES = 1 << 17;
    private static final int TEXT_BYTES_MAX = 1 << 16;

    private HiddenFiles() {}

    /** The hidden file of a kind beside a file. */
    static Path beside(Path file, String kind) {
        return sibling(file, ".", end(kind));
    }

    /* The bytes of the name are kept, whatever the locale makes of them. */
    private static Path sibling(Path file, String before, String after) {
        Path name = file.getFileName();
        return file.getFileSystem().equals(FileSystems.getDefault())
                ? file.resolveSibling(PathText.path(before + PathText.given(name) + after))
                : file.resolveSibling(before + name + after);
    }

    static String name(String of, String kind) {
        return "." + of + end(kind);
    }

    /** How the names of a kind end. */
    static String end(String kind) {
        return MARK + kind;
    }

    /** The name of a file before it replaces another. */
    static String fresh(String name) {
        return name + "-new-" + UUID.randomUUID();
    }

    /**
     * Checks that hidden files can be beside a file.
     *
     * @throws IOException if its name is too long for that
     */
    static void requireRoomBeside(Path file) throws IOException {
        requireName(
                sibling(file, ".", fresh(end(DecidedMark.KIND))),
                "output file '" + file + "' can have no hidden file beside it",
                "shorten its name");
    }

    /**
     * Checks that a file system takes a name.
     *
     * @throws IOException if it does not
     */
    static void requireName(Path path, String problem, String advice) throws IOException {
        try {
            Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException | AccessDeniedException e) {
            // the name is no problem
        } catch (FileSystemException e) {
            throw new IOException(
                    problem
                            + ", since the file system does not take a name such as '"
                            + path.getFileName()
                            + "' ("
                            + e.getReason()
                            + "); "
                            + advice,
                    e);
        }
    }

    static boolean isOne(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.startsWith(".") && name.lastIndexOf(MARK) > 0;
    }

    /** When what is written to a small file must be on the disk. */
    enum Durability {
        /** When this returns. */
        NOW,
        /** Whenever the system likes; after a power failure it may be torn or gone. */
        LATER
    }

    /**
     * Reads a small hidden file; null if there is none.
     *
     * @throws IOException also if it is no file of its own, but a link
     */
    static @Nullable String read(Path file) throws IOException {
        try {
            OwnFiles.requireRegular(file);
            try (FileChannel channel =
                    OwnFiles.open(file, FileAccess.OWNER, StandardOpenOption.READ)) {
                byte[] text = Channels.newInputStream(channel).readNBytes(TEXT_BYTES_MAX);
                return new String(text, StandardCharsets.UTF_8);
            }
        } catch (NoSuchFileException e) {
            return null;
        } catch (AccessDeniedException e) {
            throw new IOException(
                    "hidden file '"
                            + file
                            + "' may not be read by this user, but by the one whose execution"
                            + " writes beside it; let the sink make it for others, by"
                            + " withAccess(FileAccess.UMASK)",
                    e);
        }
    }

    /** Writes a small file as a whole, in place of the one that is there. */
    static void replace(Path file, String text, FileAccess access, Durability durability)
            throws IOException {
        /* Of another name each time: an execution that wakes up must not go on writing to what is another's now. */
        Path fresh = sibling(file, "", fresh(""));
        try {
            write(fresh, text, access, durability);
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException | Error e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
        if (durability == Durability.NOW) {
            forceDirectory(AppendTarget.directoryOf(file));
        }
    }

    private static void write(Path fresh, String text, FileAccess access, Durability durability)
            throws IOException {
        try (FileChannel channel =
                OwnFiles.open(
                        fresh, access, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (durability == Durability.NOW) {
                channel.force(true);
            }
        }
    }

    /** Forces the names of a directory to the disk. */
    static void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                throw e;
            }
            // Windows cannot open directories; its renames are durable by the file system's log
        }
    }

    /** CRC-32C of a file. */
    static long checksum(Path file) throws IOException {
        CRC32C checksum = new CRC32C();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
            while (channel.read(block) >= 0) {
                checksum.update(block.flip());
                block.clear();
            }
        }
        return checksum.getValue();
    }
}
