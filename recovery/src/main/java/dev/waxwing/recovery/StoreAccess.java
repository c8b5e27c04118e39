package dev.waxwing.recovery;

import dev.waxwing.run.FileAccess;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
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
     * else's: whoever opened it would write to a file of that one's choice.
     */

    private static final FileAttribute<?>[] NONE = {};

    private StoreAccess() {}

    /**
     * Opens a file, and makes it if that is among the options.
     *
     * @throws IOException also if it is a symbolic link
     */
    static FileChannel open(Path file, FileAccess access, OpenOption... options)
            throws IOException {
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
     * Checks that nothing of a store is a symbolic link.
     *
     * @throws RecoveryException if something is
     */
    static void refuseLinks(Path directory) {
        for (String name : StoreFormat.NAMES) {
            Path file = directory.resolve(name);
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
