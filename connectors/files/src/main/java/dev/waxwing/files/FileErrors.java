package dev.waxwing.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Words for what can be wrong with a file that is read. */
final class FileErrors {

    private FileErrors() {}

    /** Checks what can be known of an input file without opening it. */
    static void requireReadable(Path file) throws IOException {
        String problem = problemOf(file);
        if (problem != null) {
            throw new IOException("input file '" + file + "' " + problem);
        }
    }

    /** The same, for a file that an earlier execution has begun to read. */
    static void requireReadable(Path file, FilePosition resume) throws IOException {
        String problem = problemOf(file);
        if (problem != null) {
            throw new IOException(
                    "input file '"
                            + file
                            + "', which was read up to byte "
                            + resume.offset()
                            + ", "
                            + problem);
        }
    }

    /** What opening a file has failed with, in words. */
    static IOException opening(Path file, IOException cause) {
        String problem;
        if (cause instanceof NoSuchFileException) {
            problem = "does not exist; check the path or put the file there";
        } else if (cause instanceof AccessDeniedException) {
            problem = "may not be read by this user; change its permissions or the user";
        } else {
            problem = "cannot be opened: " + cause.getMessage();
        }
        return new IOException("input file '" + file + "' " + problem, cause);
    }

    /** What reading a file has failed with, in words. */
    static IOException reading(String file, long offset, IOException cause) {
        return new IOException(
                "input file '"
                        + file
                        + "': reading failed at or after byte "
                        + offset
                        + ": "
                        + cause.getMessage()
                        + "; check the disk or the file and start again, reading resumes where it"
                        + " was",
                cause);
    }

    static IOException otherFile(String part, String stateFile) {
        return new IOException(
                "the resume state of source partition '"
                        + part
                        + "' belongs to file '"
                        + stateFile
                        + "'; keep one step for one set of files, or start with an empty recovery"
                        + " store");
    }

    static IOException beyondEnd(String file, long offset, String size) {
        return new IOException(
                "input file '"
                        + file
                        + "' was read up to byte "
                        + offset
                        + " but now has "
                        + size
                        + ": it was truncated or replaced. Restore it, or start with an empty"
                        + " recovery store to read it from the beginning");
    }

    static IOException changed(String file, String place) {
        return new IOException(
                "input file '"
                        + file
                        + "' was read up to "
                        + place
                        + ", but is another file now: it was replaced, rotated, or truncated and"
                        + " written anew. Restore it; or read files that are rotated as a"
                        + " directory, by withOrder(FileOrder.ROTATION), or by"
                        + " FollowOptions.withOnTruncation(OnTruncation.RESTART); or start with an"
                        + " empty recovery store to read it from the beginning");
    }

    static IOException replaced(String file, long offset) {
        return new IOException(
                "input file '"
                        + file
                        + "' was read up to byte "
                        + offset
                        + ", but no line ends there now: it was replaced. Restore it, or use"
                        + " FollowOptions.withOnTruncation(OnTruncation.RESTART) to read the new"
                        + " file from its beginning");
    }

    /** The message of an error, or what it is where the message is only a name. */
    static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "this user has no permission for '" + e.getMessage() + "'";
        }
        return e instanceof FileSystemException
                ? e.getClass().getSimpleName() + " " + e.getMessage()
                : String.valueOf(e.getMessage());
    }

    /** What is wrong with an input file, as far as that can be known without opening it. */
    static @Nullable String problemOf(Path file) {
        if (Files.isDirectory(file)) {
            return "is a directory; read its files with TextFiles.directory(path, \"*\")";
        }
        if (!Files.exists(file)) {
            return Files.isSymbolicLink(file)
                    ? "is a symbolic link to '" + target(file) + "', which does not exist"
                    : "does not exist; check the path or put the file there";
        }
        if (!Files.isRegularFile(file)) {
            return "is not a regular file, so reading cannot be resumed at a position; read pipes"
                    + " by StandardStreams.in()";
        }
        if (!Files.isReadable(file)) {
            return "may not be read by this user; change its permissions or the user";
        }
        return null;
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "somewhere";
        }
    }
}
