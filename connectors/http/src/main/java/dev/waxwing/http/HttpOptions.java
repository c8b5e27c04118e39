package dev.waxwing.http;

import dev.waxwing.function.Supplier;
import java.io.Serializable;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How requests are made, whatever for. */
public final class HttpOptions implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final Supplier<Instant> MACHINE = Instant::now;

    private final Supplier<Map<String, String>> headers;
    private final Duration timeout;
    private final @Nullable Supplier<HttpClient> client;
    private final Supplier<Instant> clock;

    private HttpOptions(
            Supplier<Map<String, String>> headers,
            Duration timeout,
            @Nullable Supplier<HttpClient> client,
            Supplier<Instant> clock) {
        Objects.requireNonNull(headers, "headers must not be null");
        Objects.requireNonNull(clock, "clock must not be null");
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException(
                    "timeout must be longer than zero, but was "
                            + timeout
                            + "; 30 seconds is the default");
        }
        this.headers = headers;
        this.timeout = timeout;
        this.client = client;
        this.clock = clock;
    }

    /** No headers, 30 seconds a request, a client that connects in 10 and follows no redirect. */
    public static HttpOptions defaults() {
        return new HttpOptions(Map::of, Duration.ofSeconds(30), null, MACHINE);
    }

    /** The clock for what waits: the machine's own if none was given. */
    InstantSource waits() {
        return clock == MACHINE ? InstantSource.system() : this::now;
    }

    private Instant now() {
        try {
            return clock.get();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the clock of the options of HTTP failed", e);
        }
    }

    public HttpOptions withHeaders(Supplier<Map<String, String>> supplier) {
        return new HttpOptions(supplier, timeout, client, clock);
    }

    public HttpOptions withTimeout(Duration longest) {
        return new HttpOptions(headers, longest, client, clock);
    }

    public HttpOptions withClient(Supplier<HttpClient> giver) {
        return new HttpOptions(headers, timeout, giver, clock);
    }

    public HttpOptions withClock(Supplier<Instant> newClock) {
        return new HttpOptions(headers, timeout, client, newClock);
    }

    /**
     * {@return what is asked for the headers of each request, so that a token may change; may
     * block} Their values are in no message.
     */
    public Supplier<Map<String, String>> headers() {
        return headers;
    }

    /**
     * {@return how long a request may take, to the last byte of its answer; for server-sent events,
     * to the first}
     */
    public Duration timeout() {
        return timeout;
    }

    /**
     * {@return what gives a client, asked once by each partition and never closed: for a proxy,
     * certificates or an executor of one's own} Null for one that each partition makes and closes.
     */
    public @Nullable Supplier<HttpClient> client() {
        return client;
    }

    /**
     * {@return what tells the time that dates of servers are compared with, and by which partitions
     * wait; for tests}
     */
    public Supplier<Instant> clock() {
        return clock;
    }
}
