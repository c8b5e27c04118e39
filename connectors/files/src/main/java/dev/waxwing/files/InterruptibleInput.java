package dev.waxwing.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A stream of the process that can be waited for and be left: a read that waits for input cannot be
 * interrupted, nor can one tell before whether it will wait or find the end. So a thread of its own
 * reads, a daemon, a block at a time and only when it is asked. What it has read, and nobody has
 * taken, is for whoever reads the stream next. Thread-safe.
 */
final class InterruptibleInput {

    private static @Nullable InterruptibleInput newest;

    private final InputStream stream;
    private final int blockBytes;
    private final LinkedBlockingDeque<Block> blocks = new LinkedBlockingDeque<>();
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong lines = new AtomicLong();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final ThreadPoolExecutor thread;

    private InterruptibleInput(InputStream stream, int blockBytes) {
        this.stream = stream;
        this.blockBytes = blockBytes;
        this.thread =
                new ThreadPoolExecutor(
                        0,
                        1,
                        1,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        work -> {
                            Thread reader = new Thread(work, "waxwing standard input");
                            reader.setDaemon(true);
                            return reader;
                        });
    }

    /** The input of a stream, the same one while the process has no other stream. */
    static synchronized InterruptibleInput of(InputStream stream, int blockBytes) {
        InterruptibleInput known = newest;
        if (known != null && known.stream == stream) {
            return known;
        }
        InterruptibleInput opened = new InterruptibleInput(stream, blockBytes);
        newest = opened;
        return opened;
    }

    /** Waits for bytes; returns how many there are, or -1 at the end. */
    int read(byte[] into, int from, int length) throws IOException, InterruptedException {
        Block block = blocks.poll();
        if (block == null) {
            ask();
            block = blocks.take();
        }
        return take(block, into, from, length);
    }

    /** The same without waiting: 0 if nothing has been read yet, which is then under way. */
    int readNow(byte[] into, int from, int length) throws IOException {
        Block block = blocks.poll();
        if (block == null) {
            ask();
            return 0;
        }
        return take(block, into, from, length);
    }

    /** How many bytes of the stream have been used. */
    long used() {
        return used.get();
    }

    /** How many lines they had. */
    long lines() {
        return lines.get();
    }

    /** Gives back what was read last and not used, and tells how many lines have been. */
    void unread(byte[] bytes, int from, int end, long linesBefore) {
        lines.set(linesBefore);
        if (from < end) {
            used.addAndGet(from - end);
            blocks.addFirst(new Block(Arrays.copyOfRange(bytes, from, end), 0, null));
        }
    }

    private int take(Block block, byte[] into, int from, int length) throws IOException {
        if (block.failure != null) {
            throw new IOException("cannot read standard input: " + block.failure, block.failure);
        }
        byte[] bytes = block.bytes;
        if (bytes == null) {
            blocks.addFirst(block);
            return -1;
        }
        int count = Math.min(length, bytes.length - block.used);
        System.arraycopy(bytes, block.used, into, from, count);
        used.addAndGet(count);
        if (block.used + count < bytes.length) {
            blocks.addFirst(new Block(bytes, block.used + count, null));
        }
        return count;
    }

    private void ask() {
        if (asked.compareAndSet(false, true)) {
            thread.execute(this::readBlock);
        }
    }

    private void readBlock() {
        Block block;
        try {
            byte[] bytes = new byte[blockBytes];
            int count = stream.read(bytes, 0, bytes.length);
            block = new Block(count < 0 ? null : Arrays.copyOf(bytes, count), 0, null);
        } catch (Throwable thrown) {
            block = new Block(null, 0, thrown);
        }
        asked.set(false);
        blocks.addLast(block);
    }

    /** What a read has brought; without bytes the end, or why it has failed. */
    private record Block(byte @Nullable [] bytes, int used, @Nullable Throwable failure) {}
}
