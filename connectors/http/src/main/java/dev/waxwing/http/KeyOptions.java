package dev.waxwing.http;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * How an endpoint knows again what it has taken.
 *
 * @param header that has the key of a request
 * @param retention how long the endpoint remembers a key, at least
 * @param onExpired what to do with a request that may have been sent longer ago than that
 */
public record KeyOptions(String header, Duration retention, OnExpiredKey onExpired)
        implements Serializable {

    public KeyOptions {
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
}
