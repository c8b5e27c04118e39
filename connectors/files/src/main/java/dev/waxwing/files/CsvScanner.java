package dev.waxwing.files;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the records of a CSV file and their fields. Confined to the thread of its partition.
 *
 * <p>Blank lines are passed over. A record that is malformed is reported with the line that it
 * begins with, and reading goes on at the line after that one.
 */
final class CsvScanner {

    /*
     * One pass over the bytes finds the end of the record and of each field; only then are fields
     * decoded. All offsets of the pass are relative to the record's start, as the window moves when
     * it is filled. A record is consumed when it is whole, so a malformed one is still there from
     * its first byte, and its first line is given to a LineReader to take or to skip. Memory is
     * bounded by the limit even if a quote is never closed.
     *
     * Delimiter, quote and line feed are single ASCII bytes, and no charset that is allowed has
     * them in a longer character.
     */

    /** What {@link #next} has found. */
    enum Found {
        /** A record, in {@link #fields}. */
        ROW,
        /** {@link #problem} and {@link #raw} tell. */
        MALFORMED,
        /** A blank line, or nothing yet in the midst of a very long line. */
        NOTHING,
        END
    }

    private enum State {
        FIELD_START,
        PLAIN,
        QUOTED,
        QUOTE_SEEN,
        RETURN_SEEN
    }

    private final String file;
    private final ByteWindow window;
    private final byte delimiter;
    private final byte quote;
    private final Charset charset;
    private final int recordBytesMax;
    private final TextDecoder decoder;
    private final List<String> fields = new ArrayList<>();
    private final BitSet quoted = new BitSet();
    private int[] fieldEnds = new int[16];
    private int fieldCount;
    private State state = State.FIELD_START;
    private int newlines;
    private long offset;
    private long lines;
    private long recordOffset;
    private long recordLine;
    private int rawFrom;
    private int rawLength;
    private @Nullable String longLineStart;
    private String problem = "";
    private @Nullable LineReader badLine;

    /** Begins at the window's offset, which has {@code lines} lines before it. */
    CsvScanner(ByteWindow window, CsvFormat format, String file, ReadOptions options, long lines) {
        this.file = file;
        this.window = window;
        this.delimiter = (byte) format.delimiter();
        this.quote = (byte) format.quote();
        this.charset = Charset.forName(options.charset());
        this.recordBytesMax = options.lineBytesMax();
        this.decoder = new TextDecoder(options);
        this.offset = window.offset();
        this.lines = lines;
    }

    /** Offset after the last record that was found. */
    long offset() {
        return offset;
    }

    /** How many lines are before {@link #offset}. */
    long lines() {
        return lines;
    }

    /** Offset of the record that was found last. */
    long recordOffset() {
        return recordOffset;
    }

    /** Number, from 1, of the line that the record found last begins with. */
    long recordLine() {
        return recordLine;
    }

    /** Of the record that was found last; changes at the next call. */
    List<String> fields() {
        return fields;
    }

    /**
     * Whether that field of the record that was found last is in quotes: empty text is, null not.
     */
    boolean isQuoted(int field) {
        return quoted.get(field);
    }

    /** Text of what was found last, or the beginning of it if it is long. */
    String raw() {
        return longLineStart == null
                ? new String(window.bytes, rawFrom, rawLength, charset)
                : longLineStart;
    }

    /** What is wrong with what was found last. */
    String problem() {
        return problem;
    }

    /** Makes the next call report the rest of the line that the window is in as malformed. */
    void rejectRestOfLine(String why) {
        problem = why;
        badLine = new LineReader(file, window, recordBytesMax, lines - 1);
    }

    Found next() throws IOException {
        if (badLine != null) {
            return takeBadLine(badLine);
        }
        state = State.FIELD_START;
        fieldCount = 0;
        newlines = 0;
        int scanned = 0;
        while (true) {
            int end = scan(scanned);
            if (end >= 0) {
                return take(end, 1);
            }
            if (badLine == null && window.length() > recordBytesMax + 2L) {
                malformed(tooLong());
            }
            if (badLine != null) {
                return takeBadLine(badLine);
            }
            scanned = window.length();
            if (!window.fill()) {
                return atEnd();
            }
        }
    }

    /**
     * Looks for the record's end in what the window has.
     *
     * @return its offset from the record's start, or -1
     */
    private int scan(int from) {
        byte[] bytes = window.bytes;
        int start = window.start;
        int to = window.length();
        for (int i = from; i < to; i++) {
            byte value = bytes[start + i];
            if (state == State.QUOTED) {
                if (value == quote) {
                    state = State.QUOTE_SEEN;
                } else if (value == '\n') {
                    newlines++;
                }
            } else if (value == '\n') {
                return i;
            } else if (value == delimiter && state != State.RETURN_SEEN) {
                endField(i);
                state = State.FIELD_START;
            } else if (state == State.RETURN_SEEN) {
                malformed(
                        "there is a carriage return without a line feed outside of quotes; put the"
                                + " field in quotes, or end lines with a line feed");
                return -1;
            } else if (value == '\r') {
                state = State.RETURN_SEEN;
            } else if (state == State.FIELD_START) {
                state = value == quote ? State.QUOTED : State.PLAIN;
            } else if (state == State.QUOTE_SEEN) {
                if (value != quote) {
                    malformed(
                            "there is text after the closing quote of a field; double the quotes"
                                    + " in it");
                    return -1;
                }
                state = State.QUOTED;
            }
        }
        return -1;
    }

    private Found atEnd() throws IOException {
        if (state == State.QUOTED) {
            malformed("a quote that it opens is never closed");
            return takeBadLine(badLine());
        }
        return window.length() == 0 ? Found.END : take(window.length(), 0);
    }

    private String tooLong() {
        return state == State.QUOTED
                ? "a quote that it opens is not closed within the limit of "
                        + recordBytesMax
                        + " bytes; close it, or raise the limit by withRecordBytesMax"
                : "the record has more bytes than the limit of "
                        + recordBytesMax
                        + "; raise it by withRecordBytesMax, or check that the file is CSV";
    }

    private void malformed(String why) {
        problem = why;
        badLine = new LineReader(file, window, recordBytesMax, lines);
    }

    private LineReader badLine() {
        if (badLine == null) {
            throw new AssertionError("no line is malformed");
        }
        return badLine;
    }

    /** Passes over the line that a malformed record begins with. */
    private Found takeBadLine(LineReader line) throws IOException {
        LineReader.Found found = line.next();
        if (found == LineReader.Found.SKIPPING) {
            return Found.NOTHING;
        }
        if (found == LineReader.Found.END) {
            if (!line.hasUnfinishedLine()) {
                return Found.END;
            }
            found = line.takeUnfinishedLine();
        }
        longLineStart = found == LineReader.Found.TOO_LONG ? line.longLineStart() : null;
        rawFrom = line.from();
        rawLength = line.length();
        badLine = null;
        recordOffset = line.lineOffset();
        recordLine = line.lines();
        offset = line.offset();
        lines = line.lines();
        return rawLength == 0 && longLineStart == null ? Found.NOTHING : Found.MALFORMED;
    }

    private Found take(int length, int newlineBytes) {
        byte[] bytes = window.bytes;
        int start = window.start;
        int end = length;
        if (end > 0 && bytes[start + end - 1] == '\r') {
            end--;
        }
        recordOffset = offset;
        recordLine = lines + 1;
        Found found = end == 0 ? Found.NOTHING : decode(bytes, start, end);
        window.consume(length + newlineBytes);
        offset = window.offset();
        lines += newlines + 1;
        return found;
    }

    private Found decode(byte[] bytes, int start, int end) {
        longLineStart = null;
        endField(end);
        fields.clear();
        quoted.clear();
        int from = 0;
        boolean isMalformed = false;
        for (int i = 0; i < fieldCount; i++) {
            int to = fieldEnds[i];
            String field = field(bytes, start + from, start + to);
            isMalformed |= decoder.rejects(field, bytes, start + from, to - from);
            fields.add(field);
            quoted.set(i, from < to && bytes[start + from] == quote);
            from = to + 1;
        }
        rawFrom = start;
        rawLength = end;
        if (isMalformed) {
            problem = TextDecoder.problem(charset);
            return Found.MALFORMED;
        }
        return Found.ROW;
    }

    private String field(byte[] bytes, int from, int to) {
        if (from == to || bytes[from] != quote) {
            return new String(bytes, from, to - from, charset);
        }
        byte[] unquoted = new byte[to - from - 2];
        int length = 0;
        for (int i = from + 1; i < to - 1; i++) {
            unquoted[length++] = bytes[i];
            if (bytes[i] == quote) {
                i++;
            }
        }
        return new String(unquoted, 0, length, charset);
    }

    private void endField(int end) {
        if (fieldCount == fieldEnds.length) {
            fieldEnds = Arrays.copyOf(fieldEnds, fieldCount * 2);
        }
        fieldEnds[fieldCount++] = end;
    }
}
