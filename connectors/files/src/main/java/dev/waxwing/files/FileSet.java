package dev.waxwing.files;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a source, each a partition. Holds paths as strings, so that it can be sent to
 * another machine, and looks at the disk only when asked to.
 */
record FileSet(
        List<String> files, @Nullable String directory, String glob, AllowNoFiles allowNoFiles)
        implements Serializable {

    /** Whether a directory without a matching file is an error. */
    enum AllowNoFiles {
        YES,
        NO
    }

    static FileSet of(Collection<Path> files) {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("no files given; name at least one file to read");
        }
        List<String> names = files.stream().map(FileSet::text).toList();
        for (String name : names) {
            if (names.indexOf(name) != names.lastIndexOf(name)) {
                throw new IllegalArgumentException(
                        "file '"
                                + name
                                + "' is given more than once; each file is one partition, name it"
                                + " once");
            }
        }
        return new FileSet(names, null, "", AllowNoFiles.NO);
    }

    static FileSet in(Path directory, String glob) {
        FileSystems.getDefault().getPathMatcher("glob:" + glob);
        return new FileSet(List.of(), text(directory), glob, AllowNoFiles.NO);
    }

    /** The path as it was given; only the default file system's can be named by text. */
    static String text(Path path) {
        FileSystem system = path.getFileSystem();
        if (!system.equals(FileSystems.getDefault())) {
            throw new IllegalArgumentException(
                    "path '"
                            + path
                            + "' belongs to file system "
                            + system
                            + "; only files of the default file system can be read and written");
        }
        return path.toString();
    }

    boolean mayBeEmpty() {
        return allowNoFiles == AllowNoFiles.YES;
    }

    FileSet allowingNoFiles() {
        return new FileSet(files, directory, glob, AllowNoFiles.YES);
    }

    /** Names the partitions and checks that each can be read. */
    List<String> listParts() throws IOException {
        List<String> names = directory == null ? files : find(Path.of(directory));
        for (String name : names) {
            FileErrors.requireReadable(path(name));
        }
        return names;
    }

    /** The file of a partition. */
    Path path(String part) {
        return directory == null ? Path.of(part) : Path.of(directory).resolve(part);
    }

    private List<String> find(Path root) throws IOException {
        requireDirectory(root);
        Predicate<Path> matches = matcher();
        int depth = glob.contains("**") ? Integer.MAX_VALUE : 1 + slashes();
        try (Stream<Path> found = Files.walk(root, depth)) {
            List<String> names =
                    found.filter(path -> !path.equals(root))
                            .filter(path -> matches.test(root.relativize(path)))
                            .filter(path -> !Files.isDirectory(path))
                            .filter(path -> !HiddenFiles.isOne(path))
                            .map(path -> root.relativize(path).toString().replace('\\', '/'))
                            .sorted()
                            .toList();
            if (names.isEmpty() && allowNoFiles == AllowNoFiles.NO) {
                throw new IOException(
                        "no file in input directory '"
                                + root
                                + "' matches '"
                                + glob
                                + "'; check the pattern, or use withAllowNoFiles() if that is no"
                                + " mistake");
            }
            return names;
        } catch (java.io.UncheckedIOException e) {
            throw new IOException(
                    "input directory '" + root + "' cannot be listed: " + e.getMessage(), e);
        }
    }

    private static void requireDirectory(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(
                    "input directory '" + root + "' does not exist; check the path or make it");
        }
        if (!Files.isDirectory(root)) {
            throw new IOException(
                    "input directory '"
                            + root
                            + "' is not a directory; read a single file with"
                            + " TextFiles.lines(path)");
        }
    }

    /** As a glob, but {@code **}{@code /} also stands for no directory at all. */
    private Predicate<Path> matcher() {
        FileSystem system = FileSystems.getDefault();
        PathMatcher asGiven = system.getPathMatcher("glob:" + glob);
        PathMatcher atTop = system.getPathMatcher("glob:" + glob.replace("**/", ""));
        return path -> asGiven.matches(path) || atTop.matches(path);
    }

    private int slashes() {
        return (int) glob.chars().filter(character -> character == '/').count();
    }
}
