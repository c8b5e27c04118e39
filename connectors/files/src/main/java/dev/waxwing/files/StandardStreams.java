package dev.waxwing.files;

/** Standard input and output of the process, for programs in a pipe. */
public final class StandardStreams {

    private StandardStreams() {}

    /**
     * Reads the lines of standard input on worker 0. There is no position: after a failure, what
     * was in flight is lost.
     */
    public static StandardInputSource in() {
        return new StandardInputSource(ReadOptions.DEFAULTS);
    }

    /**
     * Prints {@code String.valueOf(item)} in UTF-8 and {@code \n} for each item, and flushes after
     * each batch. At least once; a batch is printed in one piece, those of several workers in any
     * order.
     */
    public static StandardOutputSink out() {
        return new StandardOutputSink(MalformedText.REJECT);
    }
}
