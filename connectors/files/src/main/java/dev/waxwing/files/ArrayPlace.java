package dev.waxwing.files;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the array of a document is: parses what is before and behind it. Confined to the thread of
 * its partition.
 */
final class ArrayPlace {

    /*
     * What is behind the array is parsed as the rest of a document of the same nesting whose array
     * is empty. So a file that was cut, a second document and a second array of the same name are
     * found, of which nothing would be read.
     */

    private static final int DEPTH_MAX = 100_000;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
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
    private final InputStream bytes;
    private final String pointer;

    /** The beginning of a document with the same nesting. */
    private final StringBuilder nesting = new StringBuilder();

    private byte[] readAhead = {};
    private long offset;
    private long line;
    private boolean hasEnded;

    private ArrayPlace(String part, OpenFile file, String pointer) {
        this.part = part;
        this.bytes = stream(file);
        this.pointer = pointer;
    }

    /**
     * Goes to the beginning of the array.
     *
     * @throws IOException if there is none
     */
    static ArrayPlace find(String part, OpenFile file, String pointer) throws IOException {
        ArrayPlace place = new ArrayPlace(part, file, pointer);
        try (JsonParser parser = MAPPER.createParser(place.bytes)) {
            place.enter(parser);
        } catch (JacksonException e) {
            throw place.failure(
                    "before the array at '"
                            + pointer
                            + "'"
                            + (e.getLocation() == null
                                    ? ""
                                    : ", line " + e.getLocation().getLineNr()),
                    e);
        }
        return place;
    }

    /** Offset in the file of the first byte of the array. */
    long offset() {
        return offset;
    }

    /** The line, from 1, that it is in. */
    long line() {
        return line;
    }

    /** The bytes from there that were read. */
    byte[] readAhead() {
        return readAhead;
    }

    /**
     * Requires that the document is well-formed to its end, and the file ends there.
     *
     * @param behind what has been read of what is behind the array
     * @param behindOffset its offset in the file
     */
    void requireEnd(byte[] behind, long behindOffset) throws IOException {
        if (hasEnded) {
            return;
        }
        byte[] before = (nesting + "[]").getBytes(StandardCharsets.UTF_8);
        InputStream rest = new SequenceInputStream(new ByteArrayInputStream(behind), bytes);
        try (JsonParser parser =
                MAPPER.createParser(
                        new SequenceInputStream(new ByteArrayInputStream(before), rest))) {
            parser.nextToken();
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new IOException(
                        "input file '"
                                + part
                                + "' has more behind the document with the array at '"
                                + pointer
                                + "', from byte "
                                + (behindOffset
                                        + parser.currentTokenLocation().getByteOffset()
                                        - before.length)
                                + " on, of which nothing would be read; make it files of one"
                                + " document each");
            }
        } catch (JacksonException e) {
            throw failure(
                    "behind the array at '" + pointer + "', which ends at byte " + behindOffset, e);
        }
        hasEnded = true;
    }

    private void enter(JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        if (token != null && parser.currentTokenLocation().getByteOffset() < 0) {
            throw new IOException(
                    "input file '"
                            + part
                            + "' must be in UTF-8, but looks like UTF-16 or UTF-32; convert it"
                            + " first");
        }
        JsonPointer rest = JsonPointer.compile(pointer);
        while (!rest.matches()) {
            token = enterOne(parser, token, rest);
            if (token == null) {
                throw new IOException(
                        "input file '"
                                + part
                                + "' has nothing at '"
                                + pointer
                                + "'; check the pointer, which names the way to the array");
            }
            rest = rest.tail();
        }
        if (token != JsonToken.START_ARRAY) {
            throw new IOException(
                    "input file '"
                            + part
                            + "' has no array at '"
                            + pointer
                            + "' but "
                            + (token == null ? "nothing" : token)
                            + "; check the pointer, which names the way to the array");
        }
        offset = parser.currentLocation().getByteOffset();
        line = parser.currentLocation().getLineNr();
        ByteArrayOutputStream ahead = new ByteArrayOutputStream();
        parser.releaseBuffered(ahead);
        readAhead = ahead.toByteArray();
    }

    /** Goes to the member or element that the pointer begins with; null if there is none. */
    private @Nullable JsonToken enterOne(
            JsonParser parser, @Nullable JsonToken token, JsonPointer to) {
        if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals(to.getMatchingProperty())) {
                    nesting.append('{').append(MAPPER.writeValueAsString(name)).append(':');
                    return value;
                }
                parser.skipChildren();
            }
        } else if (token == JsonToken.START_ARRAY) {
            int elements = 0;
            for (JsonToken value = parser.nextToken();
                    value != null && value != JsonToken.END_ARRAY;
                    value = parser.nextToken()) {
                if (elements++ == to.getMatchingIndex()) {
                    nesting.append('[');
                    return value;
                }
                parser.skipChildren();
            }
        }
        return null;
    }

    private IOException failure(String where, JacksonException e) {
        IOException reading = e instanceof JacksonIOException wrapper ? wrapper.getCause() : null;
        if (reading != null) {
            return reading;
        }
        return new IOException(
                "input file '"
                        + part
                        + "' is no well-formed JSON, "
                        + where
                        + ": "
                        + JsonWords.of(e)
                        + "; repair the file",
                e);
    }

    /** The file as Jackson takes it, which does not close it. */
    private static InputStream stream(OpenFile file) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                return file.read(into, from, length);
            }
        };
    }
}
