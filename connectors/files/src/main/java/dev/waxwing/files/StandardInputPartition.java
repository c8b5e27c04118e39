package dev.waxwing.files;

import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatelessSourcePartition;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/**
 * Standard input, waited for on a thread of its own. Does not close the stream, which is the
 * process's, and gives back what it has read and not emitted.
 *
 * @param <T> what is made of a line
 */
final class StandardInputPartition<T> implements StatelessSourcePartition<T>, BlockingPartition {

    /*
     * A batch ends before the next read would block: the window asks for more only when it holds no
     * whole line, so the first line of a batch may block, and the reader's input says "no more for
     * now" from the second on, unless a block has been read.
     */

    private static final String NAME = "standard input";

    private final InterruptibleInput input;
    private final ByteWindow window;
    private final int batchItems;
    private final int lineBytesMax;
    private final LineReader lines;
    private final LineDecoder<T> decoder;
    private boolean mayBlock;
    private boolean hasEnded;

    StandardInputPartition(InputStream stream, ReadOptions options, LineDecoder<T> decoder) {
        this.input = InterruptibleInput.of(stream, options.blockBytes());
        this.batchItems = options.batchItems();
        this.lineBytesMax = options.lineBytesMax();
        this.window = new ByteWindow(new Ready(), options.blockBytes(), input.used());
        this.lines = new LineReader(NAME, window, options.lineBytesMax(), input.lines());
        if (options.isUtf8() && input.used() == 0) {
            lines.withoutByteOrderMark();
        }
        this.decoder = decoder;
    }

    @Override
    public SourceStatus nextBatch(SourceEmitter<? super T> out) throws IOException {
        mayBlock = true;
        for (int items = 0; items < batchItems && (items == 0 || out.hasRoom()); items++) {
            switch (lines.next()) {
                case LINE -> decoder.decode(lines, out);
                case TOO_LONG -> rejectLongLine(out);
                case SKIPPING -> {
                    return SourceStatus.OPEN;
                }
                case END -> {
                    return onEnd(out);
                }
            }
            mayBlock = false;
        }
        return SourceStatus.OPEN;
    }

    @Override
    public void close() {
        input.unread(window.bytes, window.start, window.end, lines.lines());
    }

    private SourceStatus onEnd(SourceEmitter<? super T> out) {
        if (!hasEnded) {
            return SourceStatus.OPEN;
        }
        if (lines.hasUnfinishedLine()) {
            if (lines.takeUnfinishedLine() == LineReader.Found.TOO_LONG) {
                rejectLongLine(out);
            } else {
                decoder.decode(lines, out);
            }
        }
        return SourceStatus.ENDED;
    }

    private void rejectLongLine(SourceEmitter<? super T> out) {
        out.reject(lines.longLineStart(), MalformedRecordException.tooLong(lines, lineBytesMax));
    }

    /** The stream, but at its end for now when a read might block and must not. */
    private final class Ready implements ByteInput {

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int count;
            try {
                count =
                        mayBlock
                                ? input.read(into, from, length)
                                : input.readNow(into, from, length);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for " + NAME);
            }
            hasEnded |= count < 0;
            return count;
        }

        @Override
        public void close() {
            // The process's stream is not ours to close.
        }
    }
}
