package dev.waxwing.http;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The wait that a server asks for, in seconds or to a date, as RFC 9110 (5.6.7, 10.2.3) says. */
final class RetryAfter {

    /** The longest wait that is granted. */
    static final Duration MAX = Duration.ofHours(1);

    private static final String TIME = "HH:mm:ss";

    /** Whole seconds, as is right, or with a fraction or below zero, as some servers have it. */
    private static final Pattern SECONDS = Pattern.compile("(-?[0-9]{1,18})(\\.[0-9]+)?");

    /** That of a day of the week, which says nothing more than the date, and may be wrong. */
    private static final Pattern WEEKDAY = Pattern.compile("^[A-Za-z]+,? ");

    private RetryAfter() {}

    /** The wait, zero to {@link #MAX}; null if there is no such header, or it says nothing. */
    static @Nullable Duration of(HttpHeaders headers, Instant now) {
        String value = headers.firstValue("Retry-After").orElse("").strip();
        Matcher seconds = SECONDS.matcher(value);
        Duration wait =
                seconds.matches()
                        ? Duration.ofSeconds(Long.parseLong(seconds.group(1)))
                                .plusSeconds(seconds.group(2) == null ? 0 : 1)
                        : until(value, now);
        if (wait == null) {
            return null;
        }
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(MAX) < 0 ? wait : MAX;
    }

    /* The form of today, and the two older ones that a recipient must take, too: RFC 850's and asctime's. */
    private static @Nullable Duration until(String date, Instant now) {
        String line = date.replaceAll("\\s+", " ").replaceFirst("(?i) (?:GMT|UTC|Z)$", "");
        String text = WEEKDAY.matcher(line).replaceFirst("");
        LocalDateTime until = parsed(text, form("d MMM yyyy " + TIME));
        until = until != null ? until : parsed(text, form("MMM d " + TIME + " yyyy"));
        until = until != null ? until : parsed(text, rfc850(now));
        return until == null ? null : Duration.between(now, until.toInstant(ZoneOffset.UTC));
    }

    private static @Nullable LocalDateTime parsed(String text, DateTimeFormatterBuilder form) {
        try {
            return LocalDateTime.parse(text, form.toFormatter(Locale.ENGLISH));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static DateTimeFormatterBuilder form(String pattern) {
        return new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern(pattern);
    }

    /* A year of two digits that seems to be more than 50 years ahead is one of the past. */
    private static DateTimeFormatterBuilder rfc850(Instant now) {
        int year = now.atOffset(ZoneOffset.UTC).getYear();
        return form("d-MMM-")
                .appendValueReduced(
                        ChronoField.YEAR, 2, 2, IsoChronology.INSTANCE.date(year - 49, 1, 1))
                .appendPattern(" " + TIME);
    }
}
