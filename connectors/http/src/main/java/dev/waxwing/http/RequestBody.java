package dev.waxwing.http;

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
     * item with a number that JSON does not have, such as NaN, cannot be written.
     */
    static RequestBody<Object> jsonArray() {
        return new JsonBody("application/json", "[", ",", "]");
    }

    /** A JSON document a line; items are mapped as by {@link #jsonArray}. */
    static RequestBody<Object> jsonLines() {
        return new JsonBody("application/x-ndjson", "", "\n", "\n");
    }

    /** Whatever a function writes. */
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
