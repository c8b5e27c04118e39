package dev.waxwing.http;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/** How an endpoint knows again what it has taken. */
public final class KeyOptions implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String header;
    private final Duration retention;
    private final OnExpiredKey onExpired;

    private KeyOptions(String header, Duration retention, OnExpiredKey onExpired) {
        Objects.requireNonNull(onExpired, "onExpired must not be null");
        if (header.isBlank()) {
            throw new IllegalArgumentException(
                    "header must be the name of a header, such as Idempotency-Key, but is blank");
        }
        Calls.requireHeader(header, "key");
        if (retention.isNegative() || retention.isZero()) {
            throw new IllegalArgumentException(
                    "retention must be longer than zero, but was "
                            + retention
                            + "; leave the options of keys out for an endpoint that remembers none");
        }
        this.header = header;
        this.retention = retention;
        this.onExpired = onExpired;
    }

    /**
     * In the header {@code Idempotency-Key}; stop when a key has expired.
     *
     * @param retention as the endpoint's manual says, such as 24 hours; {@link
     *     java.time.temporal.ChronoUnit#FOREVER} for one that would not mind a request twice
     */
    public static KeyOptions keptFor(Duration retention) {
        return new KeyOptions("Idempotency-Key", retention, OnExpiredKey.STOP);
    }

    public KeyOptions withHeader(String name) {
        return new KeyOptions(name, retention, onExpired);
    }

    public KeyOptions withOnExpired(OnExpiredKey choice) {
        return new KeyOptions(header, retention, choice);
    }

    /** {@return the header that has the key of a request} */
    public String header() {
        return header;
    }

    /** {@return how long the endpoint remembers a key, at least} */
    public Duration retention() {
        return retention;
    }

    /** {@return what to do with a request that may have been sent longer ago than that} */
    public OnExpiredKey onExpired() {
        return onExpired;
    }
}
