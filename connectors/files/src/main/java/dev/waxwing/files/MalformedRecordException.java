package dev.waxwing.files;

import org.jspecify.annotations.Nullable;

/**
 * Says why something that was read from a file is no item, and where it is. Handed to {@link
 * dev.waxwing.source.SourceEmitter#reject} as the cause, never thrown.
 */
public final class MalformedRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final long number;
    private final long offset;

    private MalformedRecordException(
            String file,
            String unit,
            long number,
            long offset,
            String problem,
            @Nullable Throwable cause) {
        super(file + ", " + unit + " " + number + ": " + problem, cause);
        this.file = file;
        this.number = number;
        this.offset = offset;
    }

    /** For what begins with that line, from 1. */
    static MalformedRecordException atLine(
            String file, long line, long offset, String problem, @Nullable Throwable cause) {
        return new MalformedRecordException(file, "line", line, offset, problem, cause);
    }

    /** For that element of an array, from 1. */
    static MalformedRecordException atElement(
            String file, long element, String problem, @Nullable Throwable cause) {
        return new MalformedRecordException(file, "element", element, -1, problem, cause);
    }

    /** For the line that the reader has found to be too long. */
    static MalformedRecordException tooLong(String file, LineReader line, int lineBytesMax) {
        String problem =
                "it has "
                        + line.longLineBytes()
                        + " bytes, and the limit is "
                        + lineBytesMax
                        + "; only its beginning is kept. Raise the limit by withLineBytesMax, or"
                        + " check that the input is text";
        return atLine(file, line.lines(), line.lineOffset(), problem, null);
    }

    /** Name of the source partition, or "standard input". */
    public String file() {
        return file;
    }

    /** Number, from 1, of the line that it begins with; of the element if it is one of an array. */
    public long number() {
        return number;
    }

    /** Offset in bytes of its beginning, after decompression; -1 for an element. */
    public long offset() {
        return offset;
    }
}
