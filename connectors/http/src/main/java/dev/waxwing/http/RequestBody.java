package dev.waxwing.http;

import dev.waxwing.function.Mapper;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.List;

/**
 * Writes items as the body of a request. Shared by the partitions of a sink, so it must be safe to
 * share.
 *
 * <p>Must write the same bytes each time it is given the same items, also in a later execution:
 * endpoints refuse a key that they know with another body.
 *
 * @param <X> item
 */
public interface RequestBody<X> extends Serializable {

    /** What the header {@code Content-Type} says. */
    String contentType();

    /**
     * Writes a request's items, at least one.
     *
     * @throws Exception if they cannot be written; the request is then halved, and the item that
     *     cannot be written by itself becomes a dead letter
     */
    void write(List<X> items, OutputStream out) throws Exception;

    /**
     * A JSON array; items are mapped by Jackson, with maps and sets in order and enums by name. An
     * item with a number that has no form in {@link dev.waxwing.text.TextForms}, such as NaN, or a
     * text with half of a surrogate pair cannot be written; {@link
     * dev.waxwing.internal.UnicodeText#replaced} replaces such halves.
     */
    static RequestBody<Object> jsonArray() {
        return new JsonBody("application/json", "[", ",", "]");
    }

    /** A JSON document a line; items are mapped as by {@link #jsonArray}. */
    static RequestBody<Object> jsonLines() {
        return new JsonBody("application/x-ndjson", "", "\n", "\n");
    }

    /**
     * Text, in UTF-8. Items whose text has half of a surrogate pair cannot be written; {@link
     * dev.waxwing.internal.UnicodeText#replaced} replaces such halves.
     *
     * @param contentType such as {@code text/csv; charset=utf-8}
     * @param text of a request's items, at least one
     */
    static <X> RequestBody<X> text(String contentType, Mapper<List<X>, String> text) {
        return new TextBody<>(contentType, text);
    }

    /** Whatever a function writes, as bytes; for text use {@link #text}. */
    static <X> RequestBody<X> of(String contentType, Writer<X> writer) {
        return new WrittenBody<>(contentType, writer);
    }

    /**
     * The function of a body.
     *
     * @param <X> item
     */
    @FunctionalInterface
    interface Writer<X> extends Serializable {

        /** As {@link RequestBody#write}. */
        void write(List<X> items, OutputStream out) throws Exception;
    }
}
