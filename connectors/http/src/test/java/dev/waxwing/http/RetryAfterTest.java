package dev.waxwing.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Waits that servers ask for, in every form of RFC 9110. */
final class RetryAfterTest {

    private static final Instant NOW = Instant.parse("1994-11-06T08:49:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "37 | PT37S",
                "0 | PT0S",
                "-3 | PT0S",
                "1.5 | PT2S",
                "999999999999999999 | PT1H",
                "Sun, 06 Nov 1994 08:49:37 GMT | PT37S",
                "sun, 6 nov 1994 08:49:37 gmt | PT37S",
                "Sun, 06 Nov 1994 08:49:37 UTC | PT37S",
                "Mon, 06 Nov 1994 08:49:37 GMT | PT37S",
                "Sunday, 06-Nov-94 08:49:37 GMT | PT37S",
                "Sun Nov  6 08:49:37 1994 | PT37S",
                "Sun, 06 Nov 1994 08:49:00 GMT | PT0S",
                "Sun, 06 Nov 1994 08:48:00 GMT | PT0S",
                "Thursday, 01-Jan-70 00:00:00 GMT | PT0S",
                "Mon, 07 Nov 1994 08:49:37 GMT | PT1H"
            })
    void waitIsThatOfTheHeader(String value, Duration wait) {
        assertThat(of(value)).isEqualTo(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "1.", "soon", "٣", "1, 2", "Mon, 36 Nov 1994 08:49:37 GMT"})
    void whatIsNoWaitSaysNothing(String value) {
        assertThat(of(value)).isNull();
    }

    private static Duration of(String value) {
        return RetryAfter.of(
                HttpHeaders.of(Map.of("Retry-After", List.of(value)), (n, v) -> true), NOW);
    }
}
