package dev.waxwing.simulation.disk;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/** What a disk knows of a file: no times. */
record DiskAttributes(Node node) implements BasicFileAttributes {

    private static final FileTime NEVER = FileTime.fromMillis(0);

    @Override
    public FileTime lastModifiedTime() {
        return NEVER;
    }

    @Override
    public FileTime lastAccessTime() {
        return NEVER;
    }

    @Override
    public FileTime creationTime() {
        return NEVER;
    }

    @Override
    public boolean isRegularFile() {
        return node instanceof Node.File;
    }

    @Override
    public boolean isDirectory() {
        return node instanceof Node.Directory;
    }

    @Override
    public boolean isSymbolicLink() {
        return false;
    }

    @Override
    public boolean isOther() {
        return false;
    }

    @Override
    public long size() {
        return node instanceof Node.File file ? file.bytes().length : 0;
    }

    @Override
    public Object fileKey() {
        return "node " + node.number();
    }
}
