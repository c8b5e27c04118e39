package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes and times of sources that make no sense are refused when they are set. */
final class ReadOptionsTest {

    private static final Path FILE = Path.of("in");

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void batchItemsAreOneOrMore(int items) {
        String message = "batchItems must be 1 or more, but was " + items;

        assertRefused(() -> TextFiles.lines(FILE).withBatchItems(items), message);
        assertRefused(() -> CsvFiles.rows(FILE).withBatchItems(items), message);
        assertRefused(() -> JsonFiles.lines(FILE).withBatchItems(items), message);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void lineBytesAreOneOrMore(int bytes) {
        String message = "bytes of the longest line or record must be 1 or more, but was " + bytes;

        assertRefused(() -> TextFiles.lines(FILE).withLineBytesMax(bytes), message);
        assertRefused(() -> JsonFiles.lines(FILE).withLineBytesMax(bytes), message);
        assertRefused(() -> CsvFiles.rows(FILE).withRecordBytesMax(bytes), message);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void pollIntervalIsLongerThanZero(long millis) {
        Duration interval = Duration.ofMillis(millis);

        assertRefused(
                () -> FollowOptions.defaults().withPollInterval(interval),
                "pollInterval must be longer than zero, but was " + interval);
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
