package dev.waxwing.simulation.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;

/** An open file, or an open directory that can only be forced. */
final class DiskChannel extends FileChannel {

    private final DiskFileSystem system;
    private final Node node;
    private final boolean appends;
    private int position;

    /**
     * @param appends whether all is written at the end, wherever that has come to be
     */
    DiskChannel(DiskFileSystem system, Node node, boolean appends) {
        this.system = system;
        this.node = node;
        this.appends = appends;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int count = read(into, position);
        position += Math.max(0, count);
        return count;
    }

    @Override
    public int read(ByteBuffer into, long from) throws IOException {
        byte[] bytes = file().bytes();
        if (from >= bytes.length) {
            return -1;
        }
        int count = Math.min(into.remaining(), bytes.length - (int) from);
        into.put(bytes, (int) from, count);
        return count;
    }

    @Override
    public long read(ByteBuffer[] buffers, int offset, int length) throws IOException {
        throw unsupported();
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        if (appends) {
            position = file().bytes().length;
        }
        int count = write(from, position);
        position += count;
        return count;
    }

    @Override
    public int write(ByteBuffer from, long at) throws IOException {
        Node.File file = file();
        byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        int half = bytes.length / 2;
        system.at("write.before");
        file.write((int) at, Arrays.copyOf(bytes, half));
        system.at("write.middle");
        file.write((int) at + half, Arrays.copyOfRange(bytes, half, bytes.length));
        system.at("write.after");
        return bytes.length;
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int length) throws IOException {
        throw unsupported();
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public FileChannel position(long newPosition) {
        position = (int) newPosition;
        return this;
    }

    @Override
    public long size() throws IOException {
        return file().bytes().length;
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        system.at("write.before");
        file().truncate((int) size);
        position = (int) Math.min(position, size);
        return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        requireOpen();
        system.at("force.before");
        node.force();
        system.at("force.after");
    }

    @Override
    public long transferTo(long from, long count, WritableByteChannel target) throws IOException {
        throw unsupported();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long at, long count) throws IOException {
        throw unsupported();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long from, long size) throws IOException {
        throw unsupported();
    }

    @Override
    public FileLock lock(long from, long size, boolean shared) throws IOException {
        throw unsupported();
    }

    @Override
    public FileLock tryLock(long from, long size, boolean shared) throws IOException {
        throw unsupported();
    }

    @Override
    protected void implCloseChannel() {}

    private Node.File file() throws IOException {
        requireOpen();
        if (node instanceof Node.File file) {
            return file;
        }
        throw new IOException("a directory can only be forced");
    }

    private void requireOpen() throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
    }

    private static UnsupportedOperationException unsupported() {
        return new UnsupportedOperationException("this disk reads, writes and forces, no more");
    }
}
