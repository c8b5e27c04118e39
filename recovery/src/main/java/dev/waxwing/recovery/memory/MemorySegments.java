package dev.waxwing.recovery.memory;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.segment.SegmentFile;
import dev.waxwing.recovery.segment.SegmentReader;
import dev.waxwing.recovery.segment.SegmentRef;
import dev.waxwing.recovery.segment.SegmentWriter;
import dev.waxwing.recovery.segment.Segments;
import dev.waxwing.recovery.store.FaultHook;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** The segments of a {@link MemoryDisk}: what was not forced is gone after a crash. Thread-safe. */
final class MemorySegments {

    // guarded by this
    private final Map<String, Content> contents = new TreeMap<>();

    /** As the store that has the disk open sees them. */
    Segments of(FaultHook faults, Runnable checkOpen) {
        return new View(faults, checkOpen);
    }

    void crash() {
        crash(unforced -> 0);
    }

    synchronized void crash(IntUnaryOperator survivors) {
        contents.values().forEach(content -> content.cut(survivors));
        contents.values().removeIf(content -> !content.named && content.bytes.size() == 0);
    }

    synchronized List<String> names() {
        return List.copyOf(contents.keySet());
    }

    synchronized void copyTo(MemorySegments other) {
        contents.forEach((name, content) -> other.contents.put(name, content.forcedCopy()));
        other.crash();
    }

    private static final class Content {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private byte[] forced = new byte[0];
        private boolean named;

        void force() {
            forced = bytes.toByteArray();
            named = true;
        }

        void cut(IntUnaryOperator survivors) {
            byte[] written = bytes.toByteArray();
            int kept = forced.length + survivors.applyAsInt(written.length - forced.length);
            bytes.reset();
            bytes.write(written, 0, kept);
        }

        Content forcedCopy() {
            Content copy = new Content();
            copy.bytes.writeBytes(forced);
            copy.forced = forced;
            copy.named = named;
            return copy;
        }
    }

    private final class View implements Segments {

        private final FaultHook faults;
        private final Runnable checkOpen;

        View(FaultHook faults, Runnable checkOpen) {
            this.faults = faults;
            this.checkOpen = checkOpen;
        }

        @Override
        public SegmentWriter create(String name) {
            checkOpen.run();
            faults.at("segment.create.before");
            Content content = new Content();
            synchronized (MemorySegments.this) {
                if (contents.putIfAbsent(name, content) != null) {
                    throw new RecoveryException("segment '" + name + "' is there already");
                }
            }
            return new SegmentWriter(name, new MemoryFile(content));
        }

        @Override
        public SegmentReader open(SegmentRef ref) {
            checkOpen.run();
            faults.at("segment.open.before");
            synchronized (MemorySegments.this) {
                Content content = contents.get(ref.name());
                if (content == null) {
                    throw SegmentReader.damaged(ref, "is missing");
                }
                return SegmentReader.of(ref, new MemoryFile(content));
            }
        }

        @Override
        public void put(String name, byte[] bytes) {
            checkOpen.run();
            faults.at("segment.put.before");
            synchronized (MemorySegments.this) {
                Content content = new Content();
                content.bytes.writeBytes(bytes);
                content.force();
                contents.put(name, content);
            }
            faults.at("segment.put.after");
        }

        @Override
        public byte @Nullable [] get(String name) {
            checkOpen.run();
            synchronized (MemorySegments.this) {
                Content content = contents.get(name);
                return content == null ? null : content.bytes.toByteArray();
            }
        }

        @Override
        public void delete(String name) {
            checkOpen.run();
            faults.at("segment.delete.before");
            synchronized (MemorySegments.this) {
                contents.remove(name);
            }
        }

        @Override
        public List<String> names() {
            checkOpen.run();
            return MemorySegments.this.names();
        }

        private final class MemoryFile implements SegmentFile {

            private final Content content;

            MemoryFile(Content content) {
                this.content = content;
            }

            @Override
            public void append(byte[] bytes, int length) {
                checkOpen.run();
                faults.at("segment.append.before");
                synchronized (MemorySegments.this) {
                    content.bytes.write(bytes, 0, length);
                }
            }

            @Override
            public void force() {
                checkOpen.run();
                faults.at("segment.force.before");
                synchronized (MemorySegments.this) {
                    content.force();
                }
                faults.at("segment.force.after");
            }

            @Override
            public long size() {
                synchronized (MemorySegments.this) {
                    return content.bytes.size();
                }
            }

            @Override
            public void read(long offset, ByteBuffer into) throws EOFException {
                synchronized (MemorySegments.this) {
                    byte[] all = content.bytes.toByteArray();
                    int end = (int) offset + into.remaining();
                    if (end > all.length) {
                        throw new EOFException("the segment ends at byte " + all.length);
                    }
                    into.put(Arrays.copyOfRange(all, (int) offset, end));
                }
            }

            @Override
            public void close() {}
        }
    }
}
