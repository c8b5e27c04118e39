package dev.waxwing.embedded;

import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.sink.StatefulSinkPartition;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A file of lines on a disk that takes so many characters, and no more: also half a line. */
final class FullDiskSink implements FixedPartitionedSink<Object, Integer, Integer> {

    private static final long serialVersionUID = 1L;

    private final StringBuilder file = new StringBuilder();
    private int room;

    FullDiskSink(int room) {
        this.room = room;
    }

    synchronized void free() {
        room = Integer.MAX_VALUE;
    }

    synchronized String content() {
        return file.toString();
    }

    @Override
    public List<String> listParts() {
        return List.of("file");
    }

    @Override
    public StatefulSinkPartition<Integer, Integer> buildPart(
            String stepId, String forPart, @Nullable Integer resumeState) {
        truncate(Objects.requireNonNullElse(resumeState, 0));
        return new StatefulSinkPartition<>() {
            @Override
            public void writeBatch(List<Integer> values) throws IOException {
                for (int value : values) {
                    write(value + "\n");
                }
            }

            @Override
            public Integer snapshot() {
                return length();
            }
        };
    }

    private synchronized void truncate(int length) {
        file.setLength(length);
    }

    private synchronized int length() {
        return file.length();
    }

    private synchronized void write(String line) throws IOException {
        int fits = Math.min(line.length(), room - file.length());
        file.append(line, 0, fits);
        if (fits < line.length()) {
            throw new IOException("No space left on device");
        }
    }
}
