package dev.waxwing.files;

import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.StatelessSinkPartition;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** Prints items; see {@link StandardStreams#out}. */
final class StandardOutputSink implements DynamicSink<Object> {

    private static final long serialVersionUID = 1L;

    @Override
    public StatelessSinkPartition<Object> build(String stepId, int workerIndex, int workerCount) {
        return new Printer(System.out);
    }

    private record Printer(PrintStream stream) implements StatelessSinkPartition<Object> {

        @Override
        public void writeBatch(List<Object> items) throws IOException {
            StringBuilder text = new StringBuilder();
            for (Object item : items) {
                text.append(item).append('\n');
            }
            stream.append(text);
            stream.flush();
            if (stream.checkError()) {
                throw new IOException(
                        "standard output takes nothing more: its reader has gone (broken pipe), or"
                                + " its disk is full; items from here on were not printed");
            }
        }

        @Override
        public void close() {
            // The process's stream is not ours to close.
        }
    }
}
