package dev.waxwing.simulation.disk;

import java.net.URI;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Names with slashes between; what has none in front begins at the root. Immutable. */
final class DiskPath implements Path {

    private final DiskFileSystem system;
    private final boolean absolute;
    private final List<String> names;

    private DiskPath(DiskFileSystem system, boolean absolute, List<String> names) {
        this.system = system;
        this.absolute = absolute;
        this.names = List.copyOf(names);
    }

    static DiskPath of(DiskFileSystem system, String text) {
        List<String> names = new ArrayList<>();
        for (String name : text.split("/", -1)) {
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return new DiskPath(system, text.startsWith("/"), names);
    }

    static DiskPath of(Path path) {
        if (path instanceof DiskPath own) {
            return own;
        }
        throw new ProviderMismatchException();
    }

    List<String> names() {
        return names;
    }

    String name() {
        return names.isEmpty() ? "" : names.get(names.size() - 1);
    }

    DiskPath directory() {
        return with(names.isEmpty() ? names : names.subList(0, names.size() - 1));
    }

    @Override
    public DiskFileSystem getFileSystem() {
        return system;
    }

    @Override
    public boolean isAbsolute() {
        return absolute;
    }

    @Override
    public @Nullable Path getRoot() {
        return absolute ? with(List.of()) : null;
    }

    @Override
    public @Nullable Path getFileName() {
        return names.isEmpty() ? null : new DiskPath(system, false, List.of(name()));
    }

    @Override
    public @Nullable Path getParent() {
        return names.isEmpty() || (names.size() == 1 && !absolute) ? null : directory();
    }

    @Override
    public int getNameCount() {
        return names.size();
    }

    @Override
    public Path getName(int index) {
        return subpath(index, index + 1);
    }

    @Override
    public Path subpath(int beginIndex, int endIndex) {
        return new DiskPath(system, false, names.subList(beginIndex, endIndex));
    }

    @Override
    public boolean startsWith(Path other) {
        DiskPath start = of(other);
        return start.absolute == absolute
                && start.names.size() <= names.size()
                && names.subList(0, start.names.size()).equals(start.names);
    }

    @Override
    public boolean endsWith(Path other) {
        DiskPath end = of(other);
        int from = names.size() - end.names.size();
        return from >= 0 && !end.absolute && names.subList(from, names.size()).equals(end.names);
    }

    @Override
    public Path normalize() {
        return this;
    }

    @Override
    public Path resolve(Path other) {
        DiskPath end = of(other);
        if (end.absolute) {
            return end;
        }
        List<String> all = new ArrayList<>(names);
        all.addAll(end.names);
        return with(all);
    }

    @Override
    public Path relativize(Path other) {
        DiskPath end = of(other);
        if (!end.startsWith(this)) {
            throw new IllegalArgumentException(other + " is not below " + this);
        }
        return new DiskPath(system, false, end.names.subList(names.size(), end.names.size()));
    }

    @Override
    public URI toUri() {
        return URI.create(DiskProvider.SCHEME + "://" + toAbsolutePath());
    }

    @Override
    public Path toAbsolutePath() {
        return absolute ? this : new DiskPath(system, true, names);
    }

    @Override
    public Path toRealPath(LinkOption... options) {
        return toAbsolutePath();
    }

    @Override
    public WatchKey register(
            WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException("this disk cannot be watched");
    }

    @Override
    public int compareTo(Path other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DiskPath path
                && path.system == system
                && path.absolute == absolute
                && path.names.equals(names);
    }

    @Override
    public int hashCode() {
        return Objects.hash(absolute, names);
    }

    @Override
    public String toString() {
        return (absolute ? "/" : "") + String.join("/", names);
    }

    private DiskPath with(List<String> others) {
        return new DiskPath(system, absolute, others);
    }
}
