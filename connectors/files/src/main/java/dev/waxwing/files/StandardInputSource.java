package dev.waxwing.files;

import dev.waxwing.source.DynamicSource;
import dev.waxwing.source.StatelessSourcePartition;
import java.nio.charset.Charset;

/**
 * Reads the lines of standard input on worker 0, and ends with it; made by {@link
 * StandardStreams#in}. The other workers' partitions are empty.
 *
 * <p>Lines are those of {@link TextFileSource}; so is what becomes of lines that are malformed or
 * too long. An execution that ends does not wait for input. What has been read by then, and not
 * been emitted, is kept for the next execution of the process that reads standard input.
 *
 * <p>Immutable; {@code with…} methods return copies.
 */
public final class StandardInputSource implements DynamicSource<String> {

    private static final long serialVersionUID = 1L;

    private final ReadOptions options;

    StandardInputSource(ReadOptions options) {
        this.options = options;
    }

    /** As {@link TextFileSource#withBatchItems}. */
    public StandardInputSource withBatchItems(int items) {
        return new StandardInputSource(options.withBatchItems(items));
    }

    /** As {@link TextFileSource#withCharset}. */
    public StandardInputSource withCharset(Charset charset) {
        return new StandardInputSource(options.withCharset(charset));
    }

    /** As {@link TextFileSource#withMalformed}. */
    public StandardInputSource withMalformed(MalformedText choice) {
        return new StandardInputSource(options.withMalformed(choice));
    }

    /** As {@link TextFileSource#withLineBytesMax}. */
    public StandardInputSource withLineBytesMax(int bytes) {
        return new StandardInputSource(options.withLineBytesMax(bytes));
    }

    /**
     * The same lines with where they come from; to be called after all other options. Numbers and
     * offsets go on over the executions of a process.
     */
    public DynamicSource<NumberedLine> numbered() {
        return new NumberedInput(options);
    }

    @Override
    public StatelessSourcePartition<String> build(String stepId, int workerIndex, int workerCount) {
        return workerIndex == 0
                ? new StandardInputPartition<>(System.in, options, new TextDecoder(options))
                : new EmptyPartition<>();
    }
}
