package dev.waxwing.http;

import dev.waxwing.function.TypeRef;
import java.io.Serializable;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What a sink has been told; its own {@code with…} methods explain each.
 *
 * @param keys null for an endpoint that remembers none
 */
record SinkOptions<X>(
        Endpoint<X> endpoint,
        int requestItems,
        int writers,
        HttpOptions http,
        @Nullable KeyOptions keys,
        @Nullable TypeRef<X> itemType)
        implements Serializable {

    /** Where requests go, and what is in them. */
    record Endpoint<X>(String method, URI address, RequestBody<? super X> body)
            implements Serializable {}

    SinkOptions {
        requireOneOrMore("requestItems", requestItems);
        requireOneOrMore("writers", writers);
    }

    private static void requireOneOrMore(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be 1 or more, but was " + value);
        }
    }
}
