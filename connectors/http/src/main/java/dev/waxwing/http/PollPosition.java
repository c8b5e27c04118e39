package dev.waxwing.http;

import org.jspecify.annotations.Nullable;

/**
 * Where polling goes on.
 *
 * @param cursor of the next page, null for the first
 * @param etag of the answer that was read last under this cursor, if it had one
 * @param lastModified of that answer, if it had one
 * @param ended whether there is no next page
 */
record PollPosition(
        @Nullable String cursor,
        @Nullable String etag,
        @Nullable String lastModified,
        boolean ended) {

    static final PollPosition START = new PollPosition(null, null, null, false);
}
