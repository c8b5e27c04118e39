package dev.waxwing.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Walks through a JSON document to an array, and through the array. Confined to the thread of its
 * partition.
 */
final class ElementParser implements Closeable {

    private final String part;
    private final OpenFile file;
    private final JsonParser parser;
    private final JsonMapper mapper;
    private long index;
    private long consumed;

    private ElementParser(String part, OpenFile file, JsonMapper mapper, JsonParser parser) {
        this.part = part;
        this.file = file;
        this.mapper = mapper;
        this.parser = parser;
    }

    /** Goes to the beginning of the array. */
    static ElementParser open(String part, OpenFile file, String pointer) throws IOException {
        JsonMapper mapper =
                JsonMapper.builder()
                        .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .build();
        InputStream stream = new OpenFileStream(file);
        try {
            ElementParser elements =
                    new ElementParser(part, file, mapper, mapper.createParser(stream));
            elements.enter(JsonPointer.compile(pointer), pointer);
            return elements;
        } catch (JacksonException e) {
            throw failure(part, "before the array at '" + pointer + "'", e);
        }
    }

    JsonMapper mapper() {
        return mapper;
    }

    /** Index of the next element. */
    long index() {
        return index;
    }

    /** What the file is known by, of the bytes up to the end of the element before. */
    FileMark mark() {
        return file.mark(consumed);
    }

    /** The next element, or null at the end of the array. */
    @Nullable JsonNode next() throws IOException {
        try {
            if (parser.nextToken() == JsonToken.END_ARRAY) {
                return null;
            }
            JsonNode element = mapper.readTree(parser);
            passed();
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
        file.close();
    }

    /* Offsets are those of bytes, and less than 0 where the parser counts characters. */
    private void passed() {
        index++;
        consumed = Math.max(parser.currentLocation().getByteOffset(), 0);
    }

    private void enter(JsonPointer pointer, String text) throws IOException {
        JsonToken token = parser.nextToken();
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
                        + ", line "
                        + e.getLocation().getLineNr()
                        + ": "
                        + JsonDecoder.words(e)
                        + "; repair the file",
                e);
    }

    /** What the parser reads from. */
    private static final class OpenFileStream extends InputStream {
        private final OpenFile file;
        private final byte[] one = new byte[1];

        OpenFileStream(OpenFile file) {
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            return file.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            return file.read(into, from, length);
        }
    }
}
