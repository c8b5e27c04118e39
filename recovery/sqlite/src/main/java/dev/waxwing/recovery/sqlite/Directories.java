package dev.waxwing.recovery.sqlite;

import dev.waxwing.run.FileAccess;
import dev.waxwing.run.file.OwnFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Directories that outlive a loss of power. */
final class Directories {

    private Directories() {}

    /**
     * Makes a directory, and its parents as far as they are missing, on the disk for good.
     *
     * @param access to the directory; its parents are made as the umask says
     */
    static void make(Path directory, FileAccess access) throws IOException {
        Path absolute = directory.toAbsolutePath();
        if (Files.isDirectory(absolute)) {
            return;
        }
        Path parent = absolute.getParent();
        if (parent != null) {
            make(parent, FileAccess.UMASK);
        }
        try {
            Files.createDirectory(absolute, OwnFiles.ofDirectory(absolute, access));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(absolute)) {
                throw e;
            }
        }
        if (parent != null) {
            force(parent);
        }
    }

    /**
     * Makes a directory in one that is there, on the disk for good.
     *
     * @throws java.nio.file.NoSuchFileException if that is not there
     * @throws FileAlreadyExistsException if something else has the name, such as a link
     */
    static void makeIn(Path parent, Path directory, FileAccess access) throws IOException {
        try {
            if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(directory, OwnFiles.ofDirectory(directory, access));
                force(parent);
            }
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
        }
    }

    /** Forces the names of a directory to the disk. */
    static void force(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException notOnThisSystem) {
            // Windows cannot open directories; its names are durable by the file system's log
        }
    }
}
