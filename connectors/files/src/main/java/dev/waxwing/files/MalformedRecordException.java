package dev.waxwing.files;

import org.jspecify.annotations.Nullable;

/**
 * Says why something that was read from a file is no item, and where it is. Handed to {@link
 * dev.waxwing.source.SourceEmitter#reject} as the cause, never thrown. The message begins with file
 * and line, and ends with the offset.
 */
public final class MalformedRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final long line;
    private final long offset;
    private final long element;

    private MalformedRecordException(
            String file,
            long line,
            long offset,
            long element,
            String problem,
            @Nullable Throwable cause) {
        super(
                file
                        + ", line "
                        + line
                        + (element == 0 ? "" : ", element " + element)
                        + ": "
                        + problem
                        + " (it begins at byte "
                        + offset
                        + ")",
                cause);
        this.file = file;
        this.line = line;
        this.offset = offset;
        this.element = element;
    }

    /** For what begins with that line, from 1. */
    static MalformedRecordException atLine(
            String file, long line, long offset, String problem, @Nullable Throwable cause) {
        return new MalformedRecordException(file, line, offset, 0, problem, cause);
    }

    /** For that element of an array, from 1. */
    static MalformedRecordException atElement(
            String file,
            long line,
            long offset,
            long element,
            String problem,
            @Nullable Throwable cause) {
        return new MalformedRecordException(file, line, offset, element, problem, cause);
    }

    /** For the line that the reader has found last. */
    static MalformedRecordException at(LineReader line, String problem, @Nullable Throwable cause) {
        return atLine(line.file(), line.lines(), line.lineOffset(), problem, cause);
    }

    /** For the line that the reader has found to be too long. */
    static MalformedRecordException tooLong(LineReader line, int lineBytesMax) {
        String problem =
                "it has "
                        + line.longLineBytes()
                        + " bytes, and the limit is "
                        + lineBytesMax
                        + "; only its beginning is kept. Raise the limit by withLineBytesMax, or"
                        + " check that the input is text";
        return at(line, problem, null);
    }

    /** As {@link NumberedLine#file}. */
    public String file() {
        return file;
    }

    /** Number, from 1, of the line that it begins in. */
    public long line() {
        return line;
    }

    /** Offset in bytes of its beginning, after decompression. */
    public long offset() {
        return offset;
    }

    /** Number, from 1, if it is an element of an array; else 0. */
    public long element() {
        return element;
    }
}
