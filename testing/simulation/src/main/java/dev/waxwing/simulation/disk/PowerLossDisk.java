package dev.waxwing.simulation.disk;

import dev.waxwing.simulation.Chance;
import dev.waxwing.testing.TargetFaults;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory, with a file system of its own, for sinks that write files: when {@link
 * #losePower} is called, bytes of files that were not forced may be gone, torn or zero, and so may
 * names that were made, removed or changed since their directory was forced, in this order.
 *
 * <p>Executions write through {@link #mount}. What the disk does not know: links, permissions,
 * locks, mapped files. Confined to one thread.
 */
public final class PowerLossDisk {

    private final Chance chance;
    private final Node.Directory root = new Node.Directory(0);
    private long nodes;

    /**
     * An empty disk.
     *
     * @param seed of what is lost with the power
     */
    public PowerLossDisk(long seed) {
        this.chance = new Chance(seed);
    }

    /**
     * The root directory, as a process that has mounted the disk sees it.
     *
     * @param faults called in the process at each operation, {@code open}, {@code write}, {@code
     *     force}, {@code rename} and {@code delete}, with {@code .before} and {@code .after}, and
     *     with {@code write.middle} when half of the bytes are written; may throw
     */
    public Path mount(TargetFaults faults) {
        return new DiskFileSystem(this, faults).root();
    }

    /** The power is lost; what was not forced may be. */
    public void losePower() {
        root.losePower(chance);
    }

    // ---- for the file system

    /** What a path stands for; null if nothing. */
    @Nullable Node find(DiskPath path) {
        Node node = root;
        for (String name : path.names()) {
            if (!(node instanceof Node.Directory directory)) {
                return null;
            }
            node = directory.entries().get(name);
        }
        return node;
    }

    Node get(DiskPath path) throws NoSuchFileException {
        Node node = find(path);
        if (node == null) {
            throw new NoSuchFileException(path.toString());
        }
        return node;
    }

    Node.Directory directory(DiskPath path) throws IOException {
        if (get(path) instanceof Node.Directory directory) {
            return directory;
        }
        throw new NotDirectoryException(path.toString());
    }

    Node.File makeFile(DiskPath path) throws IOException {
        Node.File file = new Node.File(++nodes);
        directory(path.directory()).change().put(path.name(), file);
        return file;
    }

    void makeDirectory(DiskPath path) throws IOException {
        if (find(path) != null) {
            throw new FileAlreadyExistsException(path.toString());
        }
        directory(path.directory()).change().put(path.name(), new Node.Directory(++nodes));
    }

    void remove(DiskPath path) throws IOException {
        get(path);
        directory(path.directory()).change().remove(path.name());
    }

    void rename(DiskPath from, DiskPath to) throws IOException {
        Node node = get(from);
        Node.Directory source = directory(from.directory());
        Node.Directory target = directory(to.directory());
        if (source != target) {
            throw new IOException("from one directory to another: " + from + " to " + to);
        }
        var names = source.change();
        names.remove(from.name());
        names.put(to.name(), node);
    }

    List<String> names(DiskPath path) throws IOException {
        return new ArrayList<>(directory(path).entries().keySet());
    }
}
