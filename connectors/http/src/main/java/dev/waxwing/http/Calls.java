package dev.waxwing.http;

import dev.waxwing.function.Supplier;
import dev.waxwing.internal.Elapsed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes requests, one at a time, and waits for whole answers, never longer than the time-out. One
 * client for all, so that connections are used again. Confined to one thread.
 */
final class Calls implements AutoCloseable {

    /*
     * In clear text the client would offer an upgrade to HTTP/2 with each request. Servers that know it take or
     * refuse the upgrade before they have read the body, and answer 413 or never; so clear text is HTTP/1.1.
     */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** Headers that are set for a request and may be others. */
    private static final Set<String> REPLACEABLE =
            Set.of("accept", "accept-encoding", "cache-control", "content-type");

    private final HttpOptions options;
    private final HttpClient client;

    private Calls(HttpOptions options, HttpClient client) {
        this.options = options;
        this.client = client;
    }

    static Calls open(HttpOptions options) throws Exception {
        Supplier<HttpClient> given = options.client();
        return new Calls(options, given == null ? newClient() : checked(given.get()));
    }

    /* A redirect makes a GET of a POST, so that items are lost, and takes headers to other hosts. */
    private static HttpClient checked(@Nullable HttpClient client) {
        Objects.requireNonNull(client, "the supplier of clients has returned null");
        if (client.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException(
                    "the client of HttpOptions.withClient follows redirects, which would lose the"
                            + " bodies of requests and show their headers to other hosts; build it"
                            + " with followRedirects(Redirect.NEVER)");
        }
        return client;
    }

    /** How much time passes from now on. */
    Elapsed elapsed() {
        return Elapsed.by(options.waits());
    }

    /** Now, by the clock of the options. */
    Instant now() throws Exception {
        return options.clock().get();
    }

    /**
     * Sends a request, with the headers of the options.
     *
     * @param prepare adds method, body and headers of its own
     * @param bodyBytesMax how much is kept of the body of the answer
     * @throws IOException if there is no whole answer in time; the message has no secrets, and says
     *     where the request went
     */
    Exchange make(URI address, Consumer<HttpRequest.Builder> prepare, int bodyBytesMax)
            throws Exception {
        Map<String, String> headers = headers();
        Secrets secrets = new Secrets(address, headers.values());
        HttpRequest request = request(address, prepare, headers);
        AtomicReference<@Nullable BodyStart> reading = new AtomicReference<>();
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(
                        request,
                        head -> {
                            BodyStart body = new BodyStart(bodyBytesMax);
                            reading.set(body);
                            return body;
                        });
        try {
            HttpResponse<byte[]> whole = answer.get(nanos(options.timeout()), TimeUnit.NANOSECONDS);
            return new Exchange(
                    new Reply(address, whole.statusCode(), whole.headers(), whole.body()), secrets);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException(
                    Address.shown(address)
                            + " has not answered within "
                            + options.timeout()
                            + "; see what it is doing, or allow more time by"
                            + " HttpOptions.withTimeout");
        } catch (ExecutionException e) {
            throw failed(address, secrets, e.getCause());
        } finally {
            if (!answer.isDone()) {
                answer.cancel(true);
                BodyStart body = reading.get();
                if (body != null) {
                    body.abandon();
                }
            }
        }
    }

    /** An answer, and what may not be told of the request. */
    record Exchange(Reply reply, Secrets secrets) {

        /** How messages tell the answer. */
        String shown() {
            return reply.shown(secrets);
        }
    }

    /** Opens an answer that has no end; what it brings goes to {@code body}. */
    <B> HttpResponse<B> open(
            URI address, Consumer<HttpRequest.Builder> prepare, HttpResponse.BodyHandler<B> body)
            throws Exception {
        Map<String, String> headers = headers();
        HttpRequest request = request(address, prepare, headers);
        CompletableFuture<HttpResponse<B>> answer = client.sendAsync(request, body);
        try {
            return answer.get(nanos(options.timeout()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException(
                    Address.shown(address)
                            + " has not begun to answer within "
                            + options.timeout());
        } catch (ExecutionException e) {
            throw failed(address, new Secrets(address, headers.values()), e.getCause());
        } finally {
            if (!answer.isDone()) {
                answer.cancel(true);
            }
        }
    }

    /* Newer JDKs close their clients; older ones leave that to the garbage collector. */
    @Override
    public void close() throws Exception {
        Object own = options.client() == null ? client : null;
        if (own instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }

    private static HttpClient newClient() {
        return HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * Refuses a header of the user's that no request could have.
     *
     * @throws IllegalArgumentException which shows name and value
     */
    static void requireHeader(String name, String value) {
        boolean sendable = HeaderText.survives(value);
        try {
            HttpRequest.newBuilder(URI.create("http://localhost")).setHeader(name, value);
        } catch (IllegalArgumentException e) {
            sendable = false;
        }
        if (!sendable) {
            throw new IllegalArgumentException(
                    "no request can have a header '"
                            + name
                            + "' with the value '"
                            + value
                            + "': names are tokens that the client does not set itself, values"
                            + " printable ASCII");
        }
    }

    private Map<String, String> headers() throws Exception {
        return Map.copyOf(
                Objects.requireNonNull(
                        options.headers().get(), "the supplier of headers has returned null"));
    }

    private static HttpRequest request(
            URI address, Consumer<HttpRequest.Builder> prepare, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        if ("http".equalsIgnoreCase(address.getScheme())) {
            request.version(HttpClient.Version.HTTP_1_1);
        }
        request.setHeader("Accept-Encoding", "identity");
        prepare.accept(request);
        HttpHeaders own = request.copy().build().headers();
        headers.forEach((name, value) -> addHeader(request, own, name, value));
        return request.build();
    }

    /* What the client throws has the value in its message. */
    private static void addHeader(
            HttpRequest.Builder request, HttpHeaders own, String name, String value) {
        if (own.firstValue(name).isPresent()
                && !REPLACEABLE.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "header '"
                            + name
                            + "' is set for each request, as promises depend on it; leave it out of"
                            + " what HttpOptions.withHeaders supplies");
        }
        boolean added = HeaderText.survives(value);
        try {
            request.setHeader(name, value);
        } catch (IllegalArgumentException e) {
            added = false;
        }
        if (!added) {
            throw new IllegalArgumentException(
                    "the client cannot send header '"
                            + name
                            + "': its name is one that the client sets itself, or its value has"
                            + " blanks around it or more than printable ASCII; correct what"
                            + " HttpOptions.withHeaders supplies");
        }
    }

    private static IOException failed(URI address, Secrets secrets, @Nullable Throwable thrown) {
        Exception failure =
                thrown instanceof Exception known ? known : new IOException(String.valueOf(thrown));
        return new IOException(
                Address.shown(address)
                        + " gave no answer ("
                        + secrets.hide(failure.toString())
                        + ")",
                secrets.harmless(failure));
    }

    private static long nanos(Duration timeout) {
        return timeout.toDays() > 365 ? Long.MAX_VALUE : timeout.toNanos();
    }
}
