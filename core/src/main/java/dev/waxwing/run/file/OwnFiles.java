package dev.waxwing.run.file;

import dev.waxwing.run.FileAccess;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes and opens the files that an execution keeps for itself: for whom {@link FileAccess} says,
 * and never over a link. Thread-safe.
 */
public final class OwnFiles {

    /*
     * What is made has its permissions from the beginning: a file that is made and closed off after can be opened
     * between.
     *
     * A directory may be reached over links, as the user has chosen it. What is in it is ours, and a link there is
     * somebody else's: whoever opened it would write to a file of that one's choice. Nor is a pipe ours: whoever opened
     * it would wait for its other end.
     */

    private static final FileAttribute<?>[] NONE = {};

    private OwnFiles() {}

    /**
     * Opens a file, and makes it if that is among the options.
     *
     * @param access to what is made, from the beginning
     * @throws IOException also if what is there is a symbolic link, or no regular file
     */
    public static FileChannel open(Path file, FileAccess access, OpenOption... options)
            throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            requireRegular(file);
        }
        Set<OpenOption> all = new HashSet<>(List.of(options));
        all.add(LinkOption.NOFOLLOW_LINKS);
        return FileChannel.open(file, all, ofFile(file, access));
    }

    /**
     * Makes an empty file if there is none.
     *
     * @throws IOException if it cannot be made
     */
    public static void make(Path file, FileAccess access) throws IOException {
        try {
            Files.createFile(file, ofFile(file, access));
        } catch (FileAlreadyExistsException byAnotherOneThatMakesIt) {
            // as it is
        }
    }

    /**
     * Checks that a file is there itself.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws IOException also if it is a symbolic link, or no regular file
     */
    public static void requireRegular(Path file) throws IOException {
        BasicFileAttributes found =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!found.isRegularFile()) {
            throw new FileSystemException(
                    file.toString(),
                    null,
                    "must be a regular file, but is "
                            + (found.isSymbolicLink()
                                    ? "a symbolic link, which is not followed"
                                    : "none, and is not opened")
                            + "; see who has put it there, then remove it");
        }
    }

    /** Returns what a directory is to be made with. */
    public static FileAttribute<?>[] ofDirectory(Path directory, FileAccess access) {
        return attributes(directory, access, "rwx------");
    }

    private static FileAttribute<?>[] ofFile(Path file, FileAccess access) {
        return attributes(file, access, "rw-------");
    }

    /** Whether files have permissions of owner, group and others where a file is. */
    public static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?>[] attributes(Path path, FileAccess access, String owner) {
        return access == FileAccess.OWNER && isPosix(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(owner))
                }
                : NONE;
    }
}
