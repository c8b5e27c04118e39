package dev.waxwing.files;

import dev.waxwing.source.StatefulSourcePartition;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of a source, each a partition. Holds paths as strings, so that it can be sent to
 * another machine, and looks at the disk only when asked to.
 *
 * @param files those that were named, if they were
 * @param glob finds them otherwise
 */
record FileSet(
        List<String> files,
        @Nullable Glob glob,
        AllowNoFiles allowNoFiles,
        OnUnreadable onUnreadable,
        @Nullable FileOrder order,
        OpenLimit limit)
        implements Serializable {

    /** The files of a directory whose names match a pattern. */
    record Glob(String directory, String pattern) implements Serializable {}

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
        return new FileSet(names, null, AllowNoFiles.NO, OnUnreadable.FAIL, null, new OpenLimit());
    }

    static FileSet in(Path directory, String glob) {
        FileSystems.getDefault().getPathMatcher("glob:" + glob);
        return new FileSet(
                List.of(),
                new Glob(PathText.given(directory), glob),
                AllowNoFiles.NO,
                OnUnreadable.FAIL,
                null,
                new OpenLimit());
    }

    boolean mayBeEmpty() {
        return allowNoFiles == AllowNoFiles.YES;
    }

    FileSet allowingNoFiles() {
        return new FileSet(files, glob, AllowNoFiles.YES, onUnreadable, order, limit);
    }

    FileSet withOnUnreadable(OnUnreadable choice) {
        return new FileSet(files, glob, allowNoFiles, choice, order, limit);
    }

    FileSet withOrder(FileOrder choice) {
        if (glob == null) {
            throw new IllegalArgumentException(
                    "only files of a directory can be read in an order; use directory(path, glob)");
        }
        return new FileSet(files, glob, allowNoFiles, onUnreadable, choice, limit);
    }

    /** A file that is followed never ends, so none can come after it. */
    FileSet followed(@Nullable FollowOptions follow) {
        if (follow != null && order != null) {
            throw new IllegalArgumentException(
                    "files that are read in an order cannot be followed; leave out withOrder, or"
                            + " withFollow and start again when there is more");
        }
        return this;
    }

    /** Names the partitions and checks that each can be read. */
    List<String> listParts() throws IOException {
        if (glob == null) {
            return readable();
        }
        List<String> names = found(glob);
        return order == null ? names : List.of(glob.pattern());
    }

    /** The file of a partition. */
    Path path(String part) {
        return glob == null
                ? PathText.path(part)
                : PathText.path(glob.directory()).resolve(PathText.path(part));
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

    /** A partition, whose files are opened when their turn has come. */
    <T> StatefulSourcePartition<T, FilePosition> partition(
            String part, Compression compression, @Nullable FilePosition resume, Reading<T> reading)
            throws IOException {
        if (resume != null && !resume.file().equals(part)) {
            throw FileErrors.otherFile(part, resume.file());
        }
        if (order != null) {
            return FilesInOrder.of(
                    part, () -> inOrder(order, compression), onUnreadable, reading, resume);
        }
        Path path = path(part);
        if (resume != null) {
            FileErrors.requireReadable(path, resume);
            requireSame(part, path, compression, resume);
        }
        FilePosition start = resume == null ? new FilePosition(part, 0, 0) : resume;
        return new WaitingFile<>(
                start,
                limit,
                position -> {
                    boolean isFresh = resume == null && position.equals(start);
                    return isFresh && leavesOut(part)
                            ? null
                            : reading.open(part, path, isFresh ? null : position);
                });
    }

    /* What is wrong with a position is to be known before anything is read, as it may mean that files were renamed. */
    private static void requireSame(
            String part, Path path, Compression compression, FilePosition resume)
            throws IOException {
        if (resume.mark().equals(FileMark.NONE)) {
            return;
        }
        try (OpenFile file = OpenFile.open(part, path, compression)) {
            if (file.isPlain() && file.size() < resume.offset()) {
                throw FileErrors.beyondEnd(part, resume.offset(), file.sizeText());
            }
        }
        if (new RotatedFiles(part, path, compression).hasLeft(resume)) {
            throw FileErrors.changed(part, "byte " + resume.offset());
        }
    }

    private List<SeenFile> inOrder(FileOrder by, Compression compression) throws IOException {
        List<SeenFile> seen = new ArrayList<>();
        for (String name : found(Objects.requireNonNull(glob))) {
            try {
                seen.add(SeenFile.of(name, path(name), compression));
            } catch (NoSuchFileException e) {
                // it was renamed while others were looked at
                return inOrder(by, compression);
            }
        }
        return by.of(seen);
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

    private List<String> found(Glob wanted) throws IOException {
        Path root = PathText.path(wanted.directory());
        requireDirectory(root);
        UnreadableFiles unreadable = new UnreadableFiles(onUnreadable);
        List<String> names;
        try {
            names = DirectoryWalk.find(root, wanted.pattern(), unreadable);
        } catch (IOException e) {
            throw new IOException(where() + " cannot be listed: " + FileErrors.reason(e), e);
        }
        unreadable.decide(where());
        if (names.isEmpty() && allowNoFiles == AllowNoFiles.NO) {
            throw new IOException(
                    "no file in "
                            + where()
                            + " matches '"
                            + wanted.pattern()
                            + "'; check the pattern, or use withAllowNoFiles() if that is no"
                            + " mistake");
        }
        return names;
    }

    private String where() {
        return glob == null ? "input files" : "input directory '" + glob.directory() + "'";
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
                    where() + " is not a directory; read a single file with TextFiles.lines(path)");
        }
    }
}
