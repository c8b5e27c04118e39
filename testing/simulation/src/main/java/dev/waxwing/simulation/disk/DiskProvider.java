package dev.waxwing.simulation.disk;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@link java.nio.file.Files} does on a disk. */
final class DiskProvider extends FileSystemProvider {

    static final String SCHEME = "powerloss";

    private final DiskFileSystem system;
    private final PowerLossDisk disk;

    DiskProvider(DiskFileSystem system) {
        this.system = system;
        this.disk = system.disk();
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
        throw new UnsupportedOperationException("mount a disk");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return system;
    }

    @Override
    public Path getPath(URI uri) {
        return DiskPath.of(system, uri.getPath());
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public FileChannel newFileChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        system.at("open.before");
        DiskPath own = DiskPath.of(path);
        boolean appends = options.contains(StandardOpenOption.APPEND);
        boolean writes = options.contains(StandardOpenOption.WRITE) || appends;
        Node node = disk.find(own);
        boolean makes =
                writes
                        && (options.contains(StandardOpenOption.CREATE)
                                || options.contains(StandardOpenOption.CREATE_NEW));
        if (node != null && writes && options.contains(StandardOpenOption.CREATE_NEW)) {
            throw new FileAlreadyExistsException(path.toString());
        }
        if (node == null) {
            node = makes ? disk.makeFile(own) : disk.get(own);
        }
        if (writes && node instanceof Node.Directory) {
            throw new IOException(path + " is a directory");
        }
        DiskChannel channel = new DiskChannel(system, node, appends);
        if (writes
                && node instanceof Node.File file
                && options.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
            file.truncate(0);
        }
        return channel;
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(
            Path path, DirectoryStream.Filter<? super Path> filter) throws IOException {
        system.at("open.before");
        List<Path> found = new ArrayList<>();
        for (String name : disk.names(DiskPath.of(path))) {
            Path entry = path.resolve(name);
            if (filter.accept(entry)) {
                found.add(entry);
            }
        }
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return found.iterator();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
        system.at("open.before");
        disk.makeDirectory(DiskPath.of(path));
    }

    @Override
    public void delete(Path path) throws IOException {
        system.at("delete.before");
        DiskPath own = DiskPath.of(path);
        if (disk.get(own) instanceof Node.Directory directory && !directory.entries().isEmpty()) {
            throw new DirectoryNotEmptyException(path.toString());
        }
        disk.remove(own);
        system.at("delete.after");
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        system.at("open.before");
        DiskPath copy = DiskPath.of(target);
        if (disk.find(copy) != null
                && !List.of(options).contains(StandardCopyOption.REPLACE_EXISTING)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        if (!(disk.get(DiskPath.of(source)) instanceof Node.File original)) {
            throw new IOException(source + " is a directory");
        }
        disk.makeFile(copy).write(0, original.bytes());
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        system.at("rename.before");
        boolean replaces =
                List.of(options).contains(StandardCopyOption.REPLACE_EXISTING)
                        || List.of(options).contains(StandardCopyOption.ATOMIC_MOVE);
        if (!replaces && disk.find(DiskPath.of(target)) != null) {
            throw new FileAlreadyExistsException(target.toString());
        }
        disk.rename(DiskPath.of(source), DiskPath.of(target));
        system.at("rename.after");
    }

    @Override
    public boolean isSameFile(Path path, Path other) throws IOException {
        return disk.get(DiskPath.of(path)) == disk.get(DiskPath.of(other));
    }

    @Override
    public boolean isHidden(Path path) {
        return DiskPath.of(path).name().startsWith(".");
    }

    @Override
    public FileStore getFileStore(Path path) {
        throw new UnsupportedOperationException("this disk has no stores");
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        disk.get(DiskPath.of(path));
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return null;
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(
            Path path, Class<A> type, LinkOption... options) throws IOException {
        return type.cast(new DiskAttributes(disk.get(DiskPath.of(path))));
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) {
        throw new UnsupportedOperationException("ask for BasicFileAttributes");
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
        throw new UnsupportedOperationException("this disk keeps no attributes");
    }
}
