package dev.waxwing.recovery.sqlite;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.run.FileAccess;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes and opens the files of a store: for whom its options say, and never over a link. */
final class StoreAccess {

    /*
     * What is made has its permissions from the beginning: a file that is made and closed off after can be opened
     * between. SQLite gives its log, its index and its journal those of the main file.
     *
     * The directory itself may be a link, as the user has chosen it. What is in it is ours, and a link there is somebody
     * else's: whoever opened it would write to a file of that one's choice. Nor is a pipe ours: whoever opened it would
     * wait for its other end.
     */

    private static final FileAttribute<?>[] NONE = {};

    private StoreAccess() {}

    /**
     * Opens a file, and makes it if that is among the options.
     *
     * @throws IOException also if it is a symbolic link, or no file
     */
    static FileChannel open(Path file, FileAccess access, OpenOption... options)
            throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(
                    file.toString(),
                    null,
                    Files.isSymbolicLink(file)
                            ? "is a symbolic link, which is not followed"
                            : "is no regular file, and is not opened");
        }
        Set<OpenOption> all = new HashSet<>(List.of(options));
        all.add(LinkOption.NOFOLLOW_LINKS);
        return FileChannel.open(file, all, ofFile(file, access));
    }

    /** Makes an empty file if there is none. */
    static void make(Path file, FileAccess access) throws IOException {
        try {
            Files.createFile(file, ofFile(file, access));
        } catch (FileAlreadyExistsException byAnotherOneThatMakesTheStore) {
            // as it is
        }
    }

    /** What a directory is made with. */
    static FileAttribute<?>[] ofDirectory(Path directory, FileAccess access) {
        return attributes(directory, access, "rwx------");
    }

    /**
     * Checks that all that is there of a store is a file, or a directory, and no link to one.
     *
     * @throws RecoveryException if something is not
     */
    static void refuseOthers(Path directory) {
        for (String name : StoreFormat.NAMES) {
            Path file = directory.resolve(name);
            boolean isFit =
                    name.equals(StoreFormat.SEGMENTS)
                            ? Files.isDirectory(file)
                            : Files.isRegularFile(file);
            if (Files.exists(file) && !Files.isSymbolicLink(file) && !isFit) {
                throw new RecoveryException(
                        StoreFile.describe(directory)
                                + ": '"
                                + name
                                + "' in it must be a "
                                + (name.equals(StoreFormat.SEGMENTS) ? "directory" : "regular file")
                                + ", but is none, and was not opened; see who has put it there and"
                                + " remove it, or restore the whole directory from a copy");
            }
            if (Files.isSymbolicLink(file)) {
                throw new RecoveryException(
                        StoreFile.describe(directory)
                                + ": '"
                                + name
                                + "' in it must be no symbolic link, but leads to "
                                + target(file)
                                + "; what it leads to was not touched. Move that here in place of"
                                + " the link, or remove the link if you do not know it; only the"
                                + " directory as a whole may be reached over links");
            }
        }
    }

    private static String target(Path link) {
        try {
            return "'" + Files.readSymbolicLink(link) + "'";
        } catch (IOException e) {
            return "another file";
        }
    }

    private static FileAttribute<?>[] ofFile(Path file, FileAccess access) {
        return attributes(file, access, "rw-------");
    }

    private static FileAttribute<?>[] attributes(Path path, FileAccess access, String owner) {
        boolean isPosix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return access == FileAccess.OWNER && isPosix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(owner))
                }
                : NONE;
    }
}
