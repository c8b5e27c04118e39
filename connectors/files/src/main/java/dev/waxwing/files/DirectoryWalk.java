package dev.waxwing.files;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * Looks for the files of a directory that match a glob. Symbolic links are followed, and a file
 * that several names lead to is found once.
 */
final class DirectoryWalk extends SimpleFileVisitor<Path> {

    /*
     * Kubernetes mounts a directory as links, file -> ..data/file and ..data -> ..2026_11_30_07_00_00.1, and changes
     * ..data to go over to a new version. Names that begin with two periods are its own: the versions in them are left
     * out, unless the glob asks for them, and of all the names of a file the simplest is taken, which stays.
     */

    private static final String VERSIONS = "..";

    private static final Comparator<String> SIMPLEST =
            Comparator.<String>comparingLong(name -> name.chars().filter(c -> c == '/').count())
                    .thenComparing(name -> name.startsWith(".") || name.contains("/."))
                    .thenComparing(Comparator.naturalOrder());

    private final Path root;
    private final String glob;
    private final PathMatcher asGiven;
    private final PathMatcher atTop;
    private final UnreadableFiles unreadable;
    private final Map<Object, String> names = new HashMap<>();

    private DirectoryWalk(Path root, String glob, UnreadableFiles unreadable) {
        this.root = root;
        this.glob = glob;
        this.asGiven = matcher(glob);
        this.atTop = matcher(glob.replace("**/", ""));
        this.unreadable = unreadable;
    }

    /** Names of the files, relative to the directory, in their order. */
    static List<String> find(Path root, String glob, UnreadableFiles unreadable)
            throws IOException {
        DirectoryWalk walk = new DirectoryWalk(root, glob, unreadable);
        long slashes = glob.chars().filter(character -> character == '/').count();
        int depth = glob.contains("**") ? Integer.MAX_VALUE : 1 + (int) slashes;
        Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, walk);
        return walk.names.values().stream().sorted().toList();
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        return directory.equals(root) || mayHoldFiles(root.relativize(directory))
                ? FileVisitResult.CONTINUE
                : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
        Path relative = root.relativize(path);
        boolean matches = asGiven.matches(relative) || atTop.matches(relative);
        if (!matches || attributes.isDirectory() || HiddenFiles.isOne(path)) {
            return FileVisitResult.CONTINUE;
        }
        String problem = FileErrors.problemOf(path);
        String name = PathText.of(relative);
        if (problem != null) {
            unreadable.add("'" + (name == null ? relative.toUri() : name) + "' " + problem);
        } else if (name == null) {
            unreadable.add(PathText.problem(path));
        } else {
            Object key = attributes.fileKey();
            names.merge(
                    key == null ? path.toRealPath() : key, name, BinaryOperator.minBy(SIMPLEST));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
        if (path.equals(root)) {
            throw failure;
        }
        boolean isNone =
                failure instanceof FileSystemLoopException
                        || failure instanceof NoSuchFileException;
        Path relative = root.relativize(path);
        if (!isNone && mayHoldFiles(relative)) {
            unreadable.add("'" + relative + "' cannot be listed: " + FileErrors.reason(failure));
        }
        return FileVisitResult.CONTINUE;
    }

    /** Whether files that match may be in a directory. */
    private boolean mayHoldFiles(Path relative) {
        if (relative.getFileName().toString().startsWith(VERSIONS) && !glob.contains(VERSIONS)) {
            return false;
        }
        if (glob.indexOf('{') >= 0) {
            return true;
        }
        List<String> parts = Arrays.asList(glob.split("/", -1));
        for (int i = 0; i < relative.getNameCount(); i++) {
            if (i < parts.size() && parts.get(i).contains("**")) {
                return true;
            }
            if (i >= parts.size() - 1 || !matcher(parts.get(i)).matches(relative.getName(i))) {
                return false;
            }
        }
        return true;
    }

    private static PathMatcher matcher(String glob) {
        return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    }
}
