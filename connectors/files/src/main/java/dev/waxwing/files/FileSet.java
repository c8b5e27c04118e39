package dev.waxwing.files;

import dev.waxwing.source.StatefulSourcePartition;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of a source, each a partition. Holds paths as strings, so that it can be sent to
 * another machine, and looks at the disk only when asked to.
 */
record FileSet(
        List<String> files,
        @Nullable String directory,
        String glob,
        AllowNoFiles allowNoFiles,
        OnUnreadable onUnreadable,
        OpenLimit limit)
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
        List<String> names = files.stream().map(PathText::given).toList();
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new IllegalArgumentException(
                        "file '"
                                + name
                                + "' is given more than once; each file is one partition, name it"
                                + " once");
            }
        }
        return new FileSet(
                names, null, "", AllowNoFiles.NO, OnUnreadable.FAIL, new OpenLimit());
    }

    static FileSet in(Path directory, String glob) {
        FileSystems.getDefault().getPathMatcher("glob:" + glob);
        return new FileSet(
                List.of(),
                PathText.given(directory),
                glob,
                AllowNoFiles.NO,
                OnUnreadable.FAIL,
                new OpenLimit());
    }

    boolean mayBeEmpty() {
        return allowNoFiles == AllowNoFiles.YES;
    }

    FileSet allowingNoFiles() {
        return new FileSet(files, directory, glob, AllowNoFiles.YES, onUnreadable, limit);
    }

    FileSet withOnUnreadable(OnUnreadable choice) {
        return new FileSet(files, directory, glob, allowNoFiles, choice, limit);
    }

    /** Names the partitions and checks that each can be read. */
    List<String> listParts() throws IOException {
        return directory == null ? readable() : found(PathText.path(directory));
    }

    /** The file of a partition. */
    Path path(String part) {
        return directory == null
                ? PathText.path(part)
                : PathText.path(directory).resolve(PathText.path(part));
    }

    /**
     * Reads a file from its beginning, or from a position.
     *
     * @param <T> what is read of it
     */
    @FunctionalInterface
    interface Reading<T> {
        StatefulSourcePartition<T, FilePosition> open(
                String name, Path path, @Nullable FilePosition resume) throws IOException;
    }

    /** The partition of a file, which is opened when its turn has come. */
    <T> StatefulSourcePartition<T, FilePosition> partition(
            String part, @Nullable FilePosition resume, Reading<T> reading) throws IOException {
        if (resume != null && !resume.file().equals(part)) {
            throw FileErrors.otherFile(part, resume.file());
        }
        Path path = path(part);
        if (resume != null) {
            FileErrors.requireReadable(path, resume);
        }
        FilePosition start = resume == null ? new FilePosition(part, 0, 0) : resume;
        return new WaitingFile<>(
                start,
                limit,
                position -> {
                    boolean isFresh = position == start && resume == null;
                    return isFresh && leavesOut(part)
                            ? null
                            : reading.open(part, path, isFresh ? null : position);
                });
    }

    /**
     * Whether a file that was listed cannot be read any more and is to be left out.
     *
     * @throws IOException if it must not be left out
     */
    boolean leavesOut(String part) throws IOException {
        if (onUnreadable == OnUnreadable.FAIL) {
            return false;
        }
        String problem = FileErrors.problemOf(path(part));
        if (problem == null) {
            return false;
        }
        UnreadableFiles unreadable = new UnreadableFiles(onUnreadable);
        unreadable.add("'" + part + "' " + problem);
        unreadable.decide(where());
        return true;
    }

    private List<String> readable() throws IOException {
        UnreadableFiles unreadable = new UnreadableFiles(onUnreadable);
        List<String> readable = new ArrayList<>();
        for (String name : files) {
            String problem = FileErrors.problemOf(path(name));
            if (problem == null) {
                readable.add(name);
            } else if (onUnreadable == OnUnreadable.FAIL) {
                throw new IOException("input file '" + name + "' " + problem);
            } else {
                unreadable.add("'" + name + "' " + problem);
            }
        }
        unreadable.decide(where());
        return readable;
    }

    private List<String> found(Path root) throws IOException {
        requireDirectory(root);
        UnreadableFiles unreadable = new UnreadableFiles(onUnreadable);
        List<String> names;
        try {
            names = DirectoryWalk.find(root, glob, unreadable);
        } catch (IOException e) {
            throw new IOException(where() + " cannot be listed: " + FileErrors.reason(e), e);
        }
        unreadable.decide(where());
        if (names.isEmpty() && allowNoFiles == AllowNoFiles.NO) {
            throw new IOException(
                    "no file in "
                            + where()
                            + " matches '"
                            + glob
                            + "'; check the pattern, or use withAllowNoFiles() if that is no"
                            + " mistake");
        }
        return names;
    }

    private String where() {
        return directory == null ? "input files" : "input directory '" + directory + "'";
    }

    private void requireDirectory(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(where() + " does not exist; check the path or make it");
        }
        if (!Files.exists(root)) {
            throw new IOException(
                    where()
                            + " is a symbolic link to '"
                            + Files.readSymbolicLink(root)
                            + "', which does not exist; make it lead to a directory");
        }
        if (!Files.isDirectory(root)) {
            throw new IOException(
                    where()
                            + " is not a directory; read a single file with TextFiles.lines(path)");
        }
    }
}
