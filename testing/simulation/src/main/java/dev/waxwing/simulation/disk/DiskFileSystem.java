package dev.waxwing.simulation.disk;

import dev.waxwing.testing.TargetFaults;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Set;

/** A disk as one process sees it. */
final class DiskFileSystem extends FileSystem {

    private final PowerLossDisk disk;
    private final TargetFaults faults;
    private final DiskProvider provider;

    DiskFileSystem(PowerLossDisk disk, TargetFaults faults) {
        this.disk = disk;
        this.faults = faults;
        this.provider = new DiskProvider(this);
    }

    PowerLossDisk disk() {
        return disk;
    }

    Path root() {
        return DiskPath.of(this, "/");
    }

    /** The process is at a point at which it may fail. */
    void at(String point) throws IOException {
        try {
            faults.at(point);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("a disk is mounted until it is forgotten");
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return "/";
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(root());
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return List.of();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return Set.of("basic");
    }

    @Override
    public Path getPath(String first, String... more) {
        StringBuilder text = new StringBuilder(first);
        for (String name : more) {
            text.append('/').append(name);
        }
        return DiskPath.of(this, text.toString());
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher(syntaxAndPattern);
        return path -> matcher.matches(Path.of(path.toString()));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw new UnsupportedOperationException("this disk has no users");
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException("this disk cannot be watched");
    }
}
