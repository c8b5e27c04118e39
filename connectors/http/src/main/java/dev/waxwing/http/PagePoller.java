package dev.waxwing.http;

import dev.waxwing.source.Poller;
import dev.waxwing.source.RetryException;
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

    PagePoller(HttpPollingSource<T> source, Calls calls, PollPosition position) {
        this.source = source;
        this.calls = calls;
        this.position = position;
    }

    @Override
    public @Nullable Page<T> nextItem() throws Exception {
        hasMore = false;
        URI address = source.addressOf(position.cursor());
        Calls.Exchange exchange = calls.make(address, this::prepare, source.pageBytesMax() + 1);
        Reply reply = exchange.reply();
        if (reply.status() == 204 || reply.status() == 304) {
            return null;
        }
        if (!reply.isSuccess()) {
            throw failed(address, exchange);
        }
        if (reply.body().length > source.pageBytesMax()) {
            throw new IOException(
                    Address.shown(address)
                            + " answers with a page of more than "
                            + source.pageBytesMax()
                            + " bytes; ask for smaller pages, or allow larger ones by"
                            + " withPageBytesMax");
        }
        Page<T> page =
                Objects.requireNonNull(
                        source.parser()
                                .parse(new HttpPage(reply.status(), reply.headers(), reply.body())),
                        "the parser has returned null");
        position = after(page, reply.headers());
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
        if (position.etag() != null) {
            request.setHeader("If-None-Match", position.etag());
        } else if (position.lastModified() != null) {
            request.setHeader("If-Modified-Since", position.lastModified());
        }
    }

    /* What the server said of a page is of no use for another. */
    private PollPosition after(Page<T> page, HttpHeaders headers) {
        boolean same = page.cursor() == null || page.cursor().equals(position.cursor());
        return new PollPosition(
                page.cursor() == null ? position.cursor() : page.cursor(),
                same ? headers.firstValue("ETag").orElse(null) : null,
                same ? headers.firstValue("Last-Modified").orElse(null) : null,
                page.next() == Page.Next.NEVER);
    }

    private Exception failed(URI address, Calls.Exchange exchange) throws Exception {
        Duration after =
                Verdict.of(exchange.reply().status()) == Verdict.AGAIN
                        ? RetryAfter.of(exchange.reply().headers(), calls.now())
                        : null;
        if (after != null) {
            return new RetryException(after);
        }
        return new IOException(
                "GET "
                        + Address.shown(address)
                        + " is answered by "
                        + exchange.shown()
                        + "; a policy of the step with retries helps if that may pass");
    }
}
