package dev.waxwing.http;

import dev.waxwing.source.PollingSource.Poller;
import dev.waxwing.source.PollingSource.RetryException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks for one page after the other. Confined to the partition's thread. */
final class PagePoller<T> implements Poller<Page<T>, PollPosition> {

    private final HttpPollingSource<T> source;
    private final Calls calls;
    private PollPosition position;
    private boolean hasMore;
    private int waits;

    PagePoller(HttpPollingSource<T> source, Calls calls, PollPosition position) {
        this.source = source;
        this.calls = calls;
        this.position = position;
    }

    @Override
    public @Nullable Page<T> nextItem() throws Exception {
        hasMore = false;
        URI address = source.cursors().address(position.cursor());
        Calls.Exchange exchange = calls.make(address, this::prepare, source.pageBytesMax() + 1);
        Reply reply = exchange.reply();
        int status = reply.status();
        if (status == 204 || status == 205 || status == 304) {
            return null;
        }
        if (!reply.isSuccess()) {
            throw failed(address, exchange);
        }
        waits = 0;
        if (isUnchanged(reply.headers())) {
            return null;
        }
        byte[] body = content(address, reply);
        if (body.length > source.pageBytesMax()) {
            throw new IOException(
                    Address.shown(address)
                            + " answers with a page of more than "
                            + source.pageBytesMax()
                            + " bytes; ask for smaller pages, or allow larger ones by"
                            + " withPageBytesMax");
        }
        Page<T> page =
                Objects.requireNonNull(
                        source.parser().parse(new HttpPage(reply.status(), reply.headers(), body)),
                        "the parser has returned null");
        position = after(address, page, reply.headers());
        hasMore = page.next() == Page.Next.NOW;
        return page;
    }

    @Override
    public boolean hasMore() {
        return hasMore;
    }

    @Override
    public boolean isEnded() {
        return position.ended();
    }

    @Override
    public PollPosition snapshot() {
        return position;
    }

    @Override
    public void close() throws Exception {
        calls.close();
    }

    private void prepare(HttpRequest.Builder request) {
        request.GET();
        String etag = position.etag();
        String lastModified = position.lastModified();
        if (etag != null && HeaderText.survives(etag)) {
            request.setHeader("If-None-Match", etag);
        } else if (lastModified != null && HeaderText.survives(lastModified)) {
            request.setHeader("If-Modified-Since", lastModified);
        }
    }

    /* Some tags cannot be sent back, and some servers do not look at them. */
    private boolean isUnchanged(HttpHeaders headers) {
        return position.etag() != null && position.etag().equals(validator(headers, "ETag"));
    }

    /* An empty one says nothing, so that no two pages are the same by it. */
    private static @Nullable String validator(HttpHeaders headers, String name) {
        return headers.firstValue(name).filter(value -> !value.isBlank()).orElse(null);
    }

    private byte[] content(URI address, Reply reply) throws IOException {
        try {
            return reply.content(source.pageBytesMax());
        } catch (IOException e) {
            throw new IOException(Address.shown(address) + ": " + e.getMessage(), e);
        }
    }

    /* What the server said of a page is of no use for another. */
    private PollPosition after(URI address, Page<T> page, HttpHeaders headers) throws Exception {
        String named = page.cursor();
        String cursor = named == null ? position.cursor() : source.cursors().stored(address, named);
        boolean same = Objects.equals(cursor, position.cursor());
        return new PollPosition(
                cursor,
                same ? validator(headers, "ETag") : null,
                same ? validator(headers, "Last-Modified") : null,
                page.next() == Page.Next.NEVER);
    }

    private Exception failed(URI address, Calls.Exchange exchange) throws Exception {
        Duration after =
                Verdict.of(exchange.reply().status()) == Verdict.AGAIN
                        ? RetryAfter.of(exchange.reply().headers(), calls.now())
                        : null;
        if (after != null) {
            /* A server that says "at once" again and again is asked once an interval. */
            boolean again = waits++ > 0 && after.compareTo(source.interval()) < 0;
            return new RetryException(again ? source.interval() : after);
        }
        return new IOException(
                "GET "
                        + Address.shown(address)
                        + " is answered by "
                        + exchange.shown()
                        + "; a policy of the step with retries helps if that may pass");
    }
}
