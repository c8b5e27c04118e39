package dev.waxwing.http;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** How long a server asks to wait, in seconds or to a date, as RFC 9110 says. */
final class RetryAfter {

    /** However long a server wants. */
    static final Duration MAX = Duration.ofHours(1);

    private RetryAfter() {}

    /** The wait, longer than zero and at most {@link #MAX}; null if there is no such header. */
    static @Nullable Duration of(HttpHeaders headers, Instant now) {
        String value = headers.firstValue("Retry-After").orElse("").strip();
        Duration wait = value.matches("\\d{1,18}") ? seconds(value) : until(value, now);
        if (wait == null || wait.isNegative() || wait.isZero()) {
            return null;
        }
        return wait.compareTo(MAX) < 0 ? wait : MAX;
    }

    private static Duration seconds(String value) {
        return Duration.ofSeconds(Long.parseLong(value));
    }

    private static @Nullable Duration until(String date, Instant now) {
        try {
            ZonedDateTime until = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Duration.between(now, until.toInstant());
        } catch (DateTimeException e) {
            return null;
        }
    }
}
