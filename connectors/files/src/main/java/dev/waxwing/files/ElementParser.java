package dev.waxwing.files;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Walks through a JSON document to an array, and cuts the array into its elements. Confined to the
 * thread of its partition.
 */
final class ElementParser implements Closeable {

    /*
     * An element is handed on as the bytes that it is written in, so that it is read just as if it
     * were a line: a tree would have lost digits, and names that come twice. The parser only finds
     * where it ends.
     */

    private static final int DEPTH_MAX = 100_000;

    /** What is too deep or too long is found when an element is read, which costs only that one. */
    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEPTH_MAX)
                                                    .maxNumberLength(Integer.MAX_VALUE)
                                                    .maxNameLength(Integer.MAX_VALUE)
                                                    .maxStringLength(Integer.MAX_VALUE)
                                                    .build())
                                    .build())
                    .build();

    private final String part;
    private final RecentBytes bytes;
    private final JsonParser parser;
    private long index;
    private long consumed;
    private long elementOffset;
    private long elementLine;

    private ElementParser(String part, RecentBytes bytes, JsonParser parser) {
        this.part = part;
        this.bytes = bytes;
        this.parser = parser;
    }

    /** Goes to the beginning of the array. */
    static ElementParser open(String part, OpenFile file, String pointer) throws IOException {
        RecentBytes bytes = new RecentBytes(part, file);
        try {
            ElementParser elements = new ElementParser(part, bytes, MAPPER.createParser(bytes));
            elements.enter(JsonPointer.compile(pointer), pointer);
            return elements;
        } catch (JacksonException e) {
            throw failure(part, "before the array at '" + pointer + "'", e);
        }
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
        return bytes.mark(consumed);
    }

    /** The next element as it is written, or null at the end of the array. */
    byte @Nullable [] next() throws IOException {
        try {
            if (parser.nextToken() == JsonToken.END_ARRAY) {
                return null;
            }
            TokenStreamLocation begin = parser.currentTokenLocation();
            elementOffset = begin.getByteOffset();
            elementLine = begin.getLineNr();
            bytes.hold(elementOffset);
            parser.finishToken();
            parser.skipChildren();
            passed();
            byte[] element = bytes.release(consumed);
            return element;
        } catch (JacksonException e) {
            throw failure(part, "in element " + (index + 1), e);
        }
    }

    /** Passes over elements that have been read by an earlier execution. */
    void skip(long count) throws IOException {
        try {
            while (index < count) {
                if (parser.nextToken() == JsonToken.END_ARRAY) {
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
                parser.skipChildren();
                passed();
            }
        } catch (JacksonException e) {
            throw failure(part, "in element " + (index + 1), e);
        }
    }

    @Override
    public void close() throws IOException {
        parser.close();
        bytes.close();
    }

    private void passed() {
        index++;
        consumed = parser.currentLocation().getByteOffset();
    }

    private void enter(JsonPointer pointer, String text) throws IOException {
        JsonToken token = parser.nextToken();
        if (token != null && parser.currentTokenLocation().getByteOffset() < 0) {
            throw new IOException(
                    "input file '"
                            + part
                            + "' must be in UTF-8, but looks like UTF-16 or UTF-32; convert it"
                            + " first");
        }
        JsonPointer rest = pointer;
        while (!rest.matches()) {
            token = enterOne(token, rest);
            if (token == null) {
                throw new IOException(
                        "input file '"
                                + part
                                + "' has nothing at '"
                                + text
                                + "'; check the pointer, which names the way to the array");
            }
            rest = rest.tail();
        }
        if (token != JsonToken.START_ARRAY) {
            throw new IOException(
                    "input file '"
                            + part
                            + "' has no array at '"
                            + text
                            + "' but "
                            + (token == null ? "nothing" : token)
                            + "; check the pointer, which names the way to the array");
        }
    }

    /** Goes to the member or element that the pointer begins with; null if there is none. */
    private @Nullable JsonToken enterOne(@Nullable JsonToken token, JsonPointer pointer) {
        if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean matches = parser.currentName().equals(pointer.getMatchingProperty());
                JsonToken value = parser.nextToken();
                if (matches) {
                    return value;
                }
                parser.skipChildren();
            }
        } else if (token == JsonToken.START_ARRAY) {
            int elements = 0;
            for (JsonToken value = parser.nextToken();
                    value != null && value != JsonToken.END_ARRAY;
                    value = parser.nextToken()) {
                if (elements++ == pointer.getMatchingIndex()) {
                    return value;
                }
                parser.skipChildren();
            }
        }
        return null;
    }

    private static IOException failure(String part, String where, JacksonException e) {
        IOException reading = e instanceof JacksonIOException wrapper ? wrapper.getCause() : null;
        if (reading != null) {
            return reading;
        }
        return new IOException(
                "input file '"
                        + part
                        + "' is no well-formed JSON, "
                        + where
                        + (e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr())
                        + ": "
                        + JsonWords.of(e)
                        + "; repair the file",
                e);
    }
}
