package dev.waxwing.files;

import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.PartialWriteException;
import dev.waxwing.sink.StatelessSinkPartition;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/**
 * Prints {@code String.valueOf(item)} in UTF-8 and {@code \n} for each item, and flushes after each
 * batch; made by {@link StandardStreams#out}.
 *
 * <p>Immutable; {@code with…} methods return copies.
 */
public final class StandardOutputSink implements DynamicSink<Object> {

    private static final long serialVersionUID = 1L;

    private final MalformedText malformed;

    StandardOutputSink(MalformedText malformed) {
        this.malformed = malformed;
    }

    /** As {@link AppendSink#withMalformed}. */
    public StandardOutputSink withMalformed(MalformedText choice) {
        return new StandardOutputSink(choice);
    }

    @Override
    public StatelessSinkPartition<Object> build(String stepId, int workerIndex, int workerCount) {
        LineEncoder<Object> encoder = (item, line) -> line.write(String.valueOf(item));
        return new Printer(System.out, new EncodedLines<>(encoder, new byte[] {'\n'}, malformed));
    }

    private record Printer(PrintStream stream, EncodedLines<Object> lines)
            implements StatelessSinkPartition<Object> {

        @Override
        public void writeBatch(List<Object> items) throws IOException, PartialWriteException {
            lines.begin();
            for (Object item : items) {
                lines.add(item);
            }
            stream.write(lines.bytes(), 0, lines.length());
            stream.flush();
            if (stream.checkError()) {
                throw new IOException(
                        "standard output takes nothing more: its reader has gone (broken pipe), or"
                                + " its disk is full; items from here on were not printed");
            }
            lines.throwFailures();
        }

        @Override
        public void close() {
            // The process's stream is not ours to close.
        }
    }
}
