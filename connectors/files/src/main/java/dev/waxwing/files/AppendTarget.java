package dev.waxwing.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Words for what can be wrong with a file that is to be written. */
final class AppendTarget {

    private AppendTarget() {}

    /** Checks what can be known without opening the file. */
    static void requireWritable(Path file) throws IOException {
        requireDirectory(directoryOf(file), "directory of output file '" + file + "'");
        if (Files.isDirectory(file)) {
            throw new IOException(
                    "output file '"
                            + file
                            + "' is a directory; name a file in it, or use appendTo(directory,"
                            + " parts)");
        }
        if (Files.exists(file)) {
            if (!Files.isRegularFile(file)) {
                throw new IOException(
                        "output file '"
                                + file
                                + "' is not a regular file, so writing cannot return to a position;"
                                + " name another, or print to StandardStreams.out()");
            }
            if (!Files.isWritable(file)) {
                throw readOnly(file, null);
            }
        } else if (!Files.isWritable(directoryOf(file))) {
            throw readOnly(file, null);
        }
    }

    static void requireDirectory(Path directory, String subject) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(
                    subject + ", '" + directory + "', does not exist; make it before the start");
        }
        if (!Files.isDirectory(directory)) {
            throw new IOException(
                    subject + ", '" + directory + "', is not a directory; choose another path");
        }
    }

    static Path directoryOf(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        return directory == null ? file.toAbsolutePath() : directory;
    }

    /** Opens the file for reading and writing, and makes it if it is not there. */
    static FileChannel open(Path file) throws IOException {
        try {
            return FileChannel.open(
                    file,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
        } catch (AccessDeniedException e) {
            throw readOnly(file, e);
        } catch (IOException e) {
            throw new IOException(
                    "output file '"
                            + file
                            + "' cannot be opened or made: "
                            + e.getMessage()
                            + "; check that files can be made in its directory",
                    e);
        }
    }

    private static IOException readOnly(Path file, @Nullable Throwable cause) {
        return new IOException(
                "output file '"
                        + file
                        + "' may not be written or made by this user; change the permissions of the"
                        + " file or its directory, or the path",
                cause);
    }
}
