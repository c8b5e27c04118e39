package dev.waxwing.testing.operators;

import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.sink.StatefulSinkPartition;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Records what the runner does with it: {@code build 0 null}, {@code write 0 item}, ... */
final class RecordedSink implements FixedPartitionedSink<String, Integer, Integer> {

    private static final long serialVersionUID = 1L;

    final Queue<String> calls = new ConcurrentLinkedQueue<>();

    private final List<String> parts;
    private final boolean losesWhatItWrites;

    RecordedSink(String... parts) {
        this(List.of(parts), false);
    }

    private RecordedSink(List<String> parts, boolean losesWhatItWrites) {
        this.parts = parts;
        this.losesWhatItWrites = losesWhatItWrites;
    }

    /** The same, but something else takes away what it writes. */
    RecordedSink losingWhatItWrites() {
        return new RecordedSink(parts, true);
    }

    List<String> calls(String kind) {
        return calls.stream().filter(call -> call.startsWith(kind + " ")).toList();
    }

    @Override
    public List<String> listParts() {
        return parts;
    }

    /** The number in a key, such as {@code key-4}, which is four before the end: -4. */
    @Override
    public int partFn(String key) {
        return Integer.parseInt(key.substring("key".length()));
    }

    @Override
    public StatefulSinkPartition<Integer, Integer> buildPart(
            String stepId, String forPart, @Nullable Integer resumeState) {
        calls.add("build " + forPart + " " + resumeState);
        return new Partition(forPart, resumeState == null ? 0 : resumeState);
    }

    private final class Partition implements StatefulSinkPartition<Integer, Integer> {

        private final String name;
        private int written;

        Partition(String name, int written) {
            this.name = name;
            this.written = written;
        }

        @Override
        public void writeBatch(List<Integer> values) {
            for (int value : values) {
                calls.add("write " + name + " " + value);
            }
            written += values.size();
        }

        @Override
        public Integer snapshot() {
            calls.add("snapshot " + name + " " + written);
            return written;
        }

        @Override
        public void check() throws IOException {
            if (losesWhatItWrites && written > 0) {
                throw new IOException("its file is gone");
            }
        }

        @Override
        public void onDecided(Integer position) {
            calls.add("decided " + name + " " + position);
        }

        @Override
        public void onEndOfInput() {
            calls.add("end " + name);
        }

        @Override
        public void close() {
            calls.add("close " + name);
        }
    }
}
