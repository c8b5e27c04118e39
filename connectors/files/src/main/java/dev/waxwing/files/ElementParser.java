package dev.waxwing.files;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Cuts an array of a JSON document into its elements. Confined to the thread of its partition. */
final class ElementParser implements Closeable {

    /*
     * An element is handed on as the bytes that it is written in, so that it is read just as if it
     * were a line: a tree would have lost digits, and names that come twice. Where it ends is told
     * by commas, brackets and quotes alone, all of which are single bytes of UTF-8. So malformed
     * text costs the element that it is in and no other. Only where brackets do not match, or the
     * file ends within one, nobody knows where the next element would begin, and reading fails.
     *
     * What is before and behind the array is parsed (ArrayPlace).
     */

    private static final int BLOCK_BYTES = 1 << 16;
    private static final int ELEMENT_BYTES_MAX = 1 << 30;

    private final String part;
    private final OpenFile file;
    private final ArrayPlace place;
    private final ByteArrayOutputStream element = new ByteArrayOutputStream();

    /** What was read and not yet looked at is in the block, from start to end. */
    private byte[] block;

    private int start;
    private int end;

    /** Offset in the file of the block's end. */
    private long endOffset;

    private long index;
    private long consumed;
    private boolean isAfterComma;
    private boolean isAtEnd;

    /** Line of the byte that is next. */
    private long line;

    private long elementOffset;
    private long elementLine;

    private ElementParser(String part, OpenFile file, ArrayPlace place) {
        this.part = part;
        this.file = file;
        this.place = place;
        this.block = place.readAhead();
        this.end = block.length;
        this.endOffset = place.offset() + end;
        this.consumed = place.offset();
        this.line = place.line();
    }

    /** Goes to the beginning of the array. */
    static ElementParser open(String part, OpenFile file, String pointer) throws IOException {
        return new ElementParser(part, file, ArrayPlace.find(part, file, pointer));
    }

    /** Index of the next element. */
    long index() {
        return index;
    }

    /** Offset in the file of the element that was read last. */
    long elementOffset() {
        return elementOffset;
    }

    /** Number, from 1, of the line that it begins in. */
    long elementLine() {
        return elementLine;
    }

    /** What the file is known by, of the bytes up to the end of the element before. */
    FileMark mark() {
        return file.mark(consumed);
    }

    /**
     * The next element as it is written, which may be malformed; null at the end of the array.
     *
     * @throws IOException if it has no end, or if what is behind the array is malformed
     */
    byte @Nullable [] next() throws IOException {
        if (!cut()) {
            place.requireEnd(Arrays.copyOfRange(block, start, end), offset());
            file.requireUnchanged();
            return null;
        }
        byte[] bytes = element.toByteArray();
        int from = 0;
        int to = bytes.length;
        while (from < to && isSpace(bytes[from])) {
            elementLine += bytes[from++] == '\n' ? 1 : 0;
        }
        elementOffset += from;
        while (to > from && isSpace(bytes[to - 1])) {
            to--;
        }
        return Arrays.copyOfRange(bytes, from, to);
    }

    /** Passes over elements that have been read by an earlier execution. */
    void skip(long count) throws IOException {
        while (index < count) {
            if (!cut()) {
                throw new IOException(
                        "input file '"
                                + part
                                + "' was read up to element "
                                + count
                                + " but now has "
                                + index
                                + ": it was truncated or replaced. Restore it, or start with an"
                                + " empty recovery store to read it from the beginning");
            }
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Puts the next element into its place; returns false at the end of the array. */
    private boolean cut() throws IOException {
        if (isAtEnd) {
            return false;
        }
        element.reset();
        elementOffset = offset();
        elementLine = line;
        byte separator = toSeparator();
        isAtEnd = separator == ']';
        boolean isNone = isAtEnd && !isAfterComma && isBlank();
        isAfterComma = separator == ',';
        if (isNone) {
            return false;
        }
        index++;
        consumed = offset() - 1;
        return true;
    }

    /** Goes behind the comma or bracket that ends an element; returns which it is. */
    private byte toSeparator() throws IOException {
        BitSet isObject = new BitSet();
        int depth = 0;
        boolean isInString = false;
        boolean isEscaped = false;
        while (true) {
            int from = start;
            for (int i = start; i < end; i++) {
                byte value = block[i];
                line += value == '\n' ? 1 : 0;
                if (isInString) {
                    isInString = isEscaped || value != '"';
                    isEscaped = !isEscaped && value == '\\';
                    continue;
                }
                switch (value) {
                    case '"' -> isInString = true;
                    case '{', '[' -> isObject.set(depth++, value == '{');
                    case '}', ']' -> {
                        if (depth == 0 && value == ']') {
                            return end(from, i);
                        }
                        if (depth == 0 || isObject.get(depth - 1) != (value == '}')) {
                            start = i;
                            throw failure("a '" + (char) value + "' that closes nothing");
                        }
                        depth--;
                    }
                    case ',' -> {
                        if (depth == 0) {
                            return end(from, i);
                        }
                    }
                    default -> {
                        // it belongs to the element
                    }
                }
            }
            keep(from, end);
            start = end;
            if (!fill()) {
                throw failure(
                        "the end of the file within " + (isInString ? "a string" : "the array"));
            }
        }
    }

    private byte end(int from, int at) throws IOException {
        keep(from, at);
        start = at + 1;
        return block[at];
    }

    private void keep(int from, int to) throws IOException {
        if (element.size() > ELEMENT_BYTES_MAX - (to - from)) {
            throw new IOException(
                    "input file '"
                            + part
                            + "' has an element of more than "
                            + ELEMENT_BYTES_MAX
                            + " bytes; check the pointer, which names the way to the array, or"
                            + " split the file");
        }
        element.write(block, from, to - from);
    }

    private boolean fill() throws IOException {
        if (block.length < BLOCK_BYTES) {
            block = new byte[BLOCK_BYTES];
        }
        int count = file.read(block, 0, block.length);
        start = 0;
        end = Math.max(count, 0);
        endOffset += end;
        return count > 0;
    }

    /** Offset in the file of the byte that is next. */
    private long offset() {
        return endOffset - (end - start);
    }

    private boolean isBlank() {
        for (byte value : element.toByteArray()) {
            if (!isSpace(value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSpace(byte value) {
        return value == ' ' || value == '\n' || value == '\r' || value == '\t';
    }

    private IOException failure(String found) {
        return new IOException(
                "input file '"
                        + part
                        + "' is no well-formed JSON, in element "
                        + (index + 1)
                        + ": at byte "
                        + offset()
                        + " there is "
                        + found
                        + ", so that nobody knows where the next element begins; repair the file");
    }
}
