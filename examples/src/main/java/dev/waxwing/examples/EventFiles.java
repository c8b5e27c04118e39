package dev.waxwing.examples;

import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.sink.StatefulSinkPartition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

// region sink
/** A sink of one's own that writes by position: lines of text to four files, chosen by key. */
public record EventFiles(String directory) implements FixedPartitionedSink<String, Object, Long> {

    @Override
    public List<String> listParts() {
        return List.of("0", "1", "2", "3");
    }

    @Override
    public EventFile buildPart(String stepId, String forPart, @Nullable Long resumeState)
            throws IOException {
        var file =
                FileChannel.open(
                        Path.of(directory, "events-" + forPart),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        file.truncate(resumeState == null ? 0 : resumeState);
        file.position(file.size());
        return new EventFile(file);
    }

    /** One file; its position is its length. */
    public static final class EventFile implements StatefulSinkPartition<Object, Long> {

        private final FileChannel file;

        EventFile(FileChannel file) {
            this.file = file;
        }

        @Override
        public void writeBatch(List<Object> events) throws IOException {
            var lines = new StringBuilder();
            events.forEach(event -> lines.append(event).append('\n'));
            var bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        }

        @Override
        public Long snapshot() throws IOException {
            return file.position();
        }

        @Override
        public void force() throws IOException {
            file.force(false);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
// endregion
