package dev.waxwing.http;

import dev.waxwing.function.Mapper;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.PollingSource;
import dev.waxwing.source.StatefulSourcePartition;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks an address for items, again and again; polls are at the times that {@link PollingSource}
 * says.
 *
 * <p>The position is a cursor that each page names for the next. A restart asks for the page behind
 * the last one whose epoch was decided, so that every item is read exactly once if a cursor always
 * leads to the items behind it. Without cursors the address is asked for the same page again and
 * again; if the server sends an {@code ETag} or {@code Last-Modified}, a page that has not changed
 * is not read again, also after a restart.
 *
 * <p>Bodies in gzip and deflate are decoded; a body in another content coding is a failure.
 *
 * <p>Answers: 2xx is read; 204, 205 and 304 bring nothing. 408, 409, 425, 429 and 5xx with a {@code
 * Retry-After} are asked again after that, within an hour. Everything else is a failure, tried
 * again as the step's policy says. Redirects are not followed.
 *
 * <p>One partition, read by a thread of its own. Immutable; {@code with…} methods return copies.
 *
 * @param <T> item
 */
@SuppressWarnings("exports")
public final class HttpPollingSource<T> implements FixedPartitionedSource<T, PollPosition> {

    private static final long serialVersionUID = 1L;

    private static final String ONLY_PARTITION = "pages";
    private static final int PAGE_BYTES_MAX = 16 << 20;

    private final URI address;
    private final Duration interval;
    private final PageParser<T> parser;
    private final Cursors cursors;
    private final int pageBytesMax;
    private final HttpOptions http;

    private HttpPollingSource(
            URI address,
            Duration interval,
            PageParser<T> parser,
            Cursors cursors,
            int pageBytesMax,
            HttpOptions http) {
        this.address = address;
        this.interval = interval;
        this.parser = parser;
        this.cursors = cursors;
        this.pageBytesMax = pageBytesMax;
        this.http = http;
    }

    /**
     * Asks by GET. A cursor is the address of a page on the same host, such as the one of a link
     * "next", relative to the page that names it (RFC 3986); characters that an address does not
     * take are percent-encoded.
     *
     * @param address of the first page; only its host is in messages
     * @param interval between polls, longer than zero
     * @param parser makes items of what comes
     */
    public static <T> HttpPollingSource<T> get(
            URI address, Duration interval, PageParser<T> parser) {
        URI checked = Address.checked(address);
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException(
                    "interval must be longer than zero, but was " + interval);
        }
        return new HttpPollingSource<>(
                checked,
                interval,
                Objects.requireNonNull(parser, "parser must not be null"),
                new Cursors.Links(checked),
                PAGE_BYTES_MAX,
                HttpOptions.defaults());
    }

    /** Maps a cursor to an address, instead of taking it for one. */
    public HttpPollingSource<T> withCursors(Mapper<String, URI> newAddressOf) {
        Objects.requireNonNull(newAddressOf, "newAddressOf must not be null");
        return new HttpPollingSource<>(
                address,
                interval,
                parser,
                new Cursors.Mapped(address, newAddressOf),
                pageBytesMax,
                http);
    }

    /** How requests are made. */
    public HttpPollingSource<T> withHttp(HttpOptions newHttp) {
        return new HttpPollingSource<>(address, interval, parser, cursors, pageBytesMax, newHttp);
    }

    /** How large a page may be, 1 or more; 16 MiB if nothing is said. */
    public HttpPollingSource<T> withPageBytesMax(int bytes) {
        if (bytes < 1 || bytes == Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "pageBytesMax must be 1 or more and less than 2 GiB, but was " + bytes);
        }
        return new HttpPollingSource<>(address, interval, parser, cursors, bytes, http);
    }

    @Override
    public List<String> listParts() {
        return List.of(ONLY_PARTITION);
    }

    @Override
    public StatefulSourcePartition<T, PollPosition> buildPart(
            String stepId, String forPart, @Nullable PollPosition resumeState) throws Exception {
        PollPosition position = resumeState == null ? PollPosition.START : resumeState;
        PagePoller<T> poller = new PagePoller<>(this, Calls.open(http), position);
        return new PagePartition<>(
                new PagePolling<>(interval, http, poller).buildPart(stepId, forPart, resumeState),
                position.ended());
    }

    @Override
    public String toString() {
        return "HttpPollingSource(GET " + Address.shown(address) + " every " + interval + ")";
    }

    Cursors cursors() {
        return cursors;
    }

    Duration interval() {
        return interval;
    }

    PageParser<T> parser() {
        return parser;
    }

    int pageBytesMax() {
        return pageBytesMax;
    }
}
