package dev.waxwing.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Finds the lines of an input. Confined to the thread of its partition.
 *
 * <p>A line ends with {@code \n} or {@code \r\n}, which do not belong to it.
 */
final class LineReader {

    /*
     * A line is looked for in the window, and the search goes on where it has stopped when more was
     * read. A line that is longer than the limit is consumed as it comes, but for its beginning,
     * which is kept for the message; offset() and lines() stay at its start until its end was
     * found, so that a snapshot in between skips it again after a resume.
     */

    /** What {@link #next} has found. */
    enum Found {
        /** A line that ended with a newline. */
        LINE,
        /** A line longer than the limit; {@link #longLineBytes} and {@link #longLineStart} tell. */
        TOO_LONG,
        /** Nothing yet, in the midst of a line that is far too long. */
        SKIPPING,
        /** No newline up to the end of what can be read now. */
        END
    }

    private static final int KEPT_OF_LONG_LINE = 256;
    private static final long SKIPPED_AT_A_TIME = 1 << 24;

    private final String file;
    private final ByteWindow window;
    private final int lineBytesMax;
    private boolean expectsMark;
    private int from;
    private int length;
    private int scanned;
    private long skipped;
    private String longLineStart = "";
    private long offset;
    private long lineOffset;
    private long lines;

    /**
     * Begins at the window's offset.
     *
     * @param file where the lines are, for people
     * @param lines how many lines are before
     */
    LineReader(String file, ByteWindow window, int lineBytesMax, long lines) {
        this.file = file;
        this.window = window;
        this.lineBytesMax = lineBytesMax;
        this.offset = window.offset();
        this.lines = lines;
    }

    /** Where the lines are, for people. */
    String file() {
        return file;
    }

    /** Offset of the line after the last one that was found. */
    long offset() {
        return offset;
    }

    /** How many lines have been found, in all executions. */
    long lines() {
        return lines;
    }

    /** Offset of the line that was found last. */
    long lineOffset() {
        return lineOffset;
    }

    /** Holds the line that was found last, until the next call. */
    byte[] bytes() {
        return window.bytes;
    }

    /** Index of the line's first byte in {@link #bytes}. */
    int from() {
        return from;
    }

    /** How many bytes the line has, without its end. */
    int length() {
        return length;
    }

    long longLineBytes() {
        return skipped;
    }

    String longLineStart() {
        return longLineStart;
    }

    /** Whether there is a part of a line after the last newline. */
    boolean hasUnfinishedLine() {
        return skipped > 0 || window.length() > 0;
    }

    /** Passes over a byte order mark, whenever the first bytes come. */
    LineReader withoutByteOrderMark() {
        expectsMark = true;
        return this;
    }

    Found next() throws IOException {
        if (expectsMark) {
            expectsMark = !window.skipByteOrderMark();
            offset = window.offset();
            if (expectsMark) {
                return Found.END;
            }
        }
        if (offset == window.offset()) {
            skipped = 0;
        }
        long pause = skipped + SKIPPED_AT_A_TIME;
        while (true) {
            int newline = window.indexOf((byte) '\n', window.start + scanned);
            if (newline >= 0) {
                return take(newline - window.start, 1);
            }
            scanned = window.length();
            if (scanned > lineBytesMax + 1L) {
                skip();
            }
            if (skipped >= pause) {
                return Found.SKIPPING;
            }
            if (!window.fill()) {
                return Found.END;
            }
        }
    }

    /**
     * Takes what is after the last newline as a line; to be called when {@link #next} has returned
     * {@link Found#END} and {@link #hasUnfinishedLine}.
     */
    Found takeUnfinishedLine() {
        return take(window.length(), 0);
    }

    private Found take(int count, int newlineBytes) {
        from = window.start;
        length = count;
        if (newlineBytes == 1 && count > 0 && window.bytes[from + count - 1] == '\r') {
            length--;
        }
        if (skipped == 0 && length > lineBytesMax) {
            keepStart(length);
        }
        long total = skipped + length;
        window.consume(count + newlineBytes);
        scanned = 0;
        lineOffset = offset;
        offset = window.offset();
        lines++;
        if (total > lineBytesMax) {
            skipped = total;
            return Found.TOO_LONG;
        }
        return Found.LINE;
    }

    /** Drops what is in the window but for the last byte, which may belong to the line's end. */
    private void skip() {
        if (skipped == 0) {
            keepStart(window.length());
        }
        int count = window.length() - 1;
        window.consume(count);
        skipped += count;
        scanned = 1;
    }

    private void keepStart(int available) {
        int kept = Math.min(KEPT_OF_LONG_LINE, available);
        longLineStart = new String(window.bytes, window.start, kept, StandardCharsets.UTF_8);
    }
}
