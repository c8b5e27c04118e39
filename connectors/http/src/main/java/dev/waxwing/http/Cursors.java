package dev.waxwing.http;

import dev.waxwing.function.Mapper;
import java.io.Serializable;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The way from the cursor that a page names to the address of the next page. */
interface Cursors extends Serializable {

    /** The form of a cursor that a position keeps, given the page that names it. */
    String stored(URI page, String cursor) throws Exception;

    /** The address that a stored cursor leads to; of the first page if there is none. */
    URI address(@Nullable String stored) throws Exception;

    /** Cursors that are addresses; stored as path and query, so that the host may move. */
    record Links(URI first) implements Cursors {

        @Override
        public String stored(URI page, String cursor) {
            URI next;
            try {
                next = Address.checked(References.resolve(page, cursor));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "a page of "
                                + Address.shown(page)
                                + " names a cursor that is no address ("
                                + e.getMessage()
                                + "); if its cursors are none, give the source withCursors",
                        e);
            }
            return References.pathAndQuery(Address.onSameHost(first, next));
        }

        @Override
        public URI address(@Nullable String stored) {
            return stored == null ? first : References.resolve(first, stored);
        }
    }

    /** Cursors that a function of the user's maps to addresses. */
    record Mapped(URI first, Mapper<String, URI> addressOf) implements Cursors {

        @Override
        public String stored(URI page, String cursor) {
            return cursor;
        }

        @Override
        public URI address(@Nullable String stored) throws Exception {
            return stored == null
                    ? first
                    : Address.checked(
                            Objects.requireNonNull(
                                    addressOf.map(stored),
                                    "withCursors' function has returned null"));
        }
    }
}
