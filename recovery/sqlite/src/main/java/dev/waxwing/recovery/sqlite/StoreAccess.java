package dev.waxwing.recovery.sqlite;

import dev.waxwing.recovery.RecoveryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Refuses a store whose files are not its own. */
final class StoreAccess {

    /*
     * What is made has its permissions from the beginning; SQLite gives its log, its index and its journal those of the
     * main file. The directory itself may be a link, as the user has chosen it.
     */

    private StoreAccess() {}

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
}
