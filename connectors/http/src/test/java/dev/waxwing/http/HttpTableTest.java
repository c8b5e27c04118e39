package dev.waxwing.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes over HTTP arrives as it was or is refused in words: each line of {@link HttpTable}. */
final class HttpTableTest {

    @ParameterizedTest
    @CsvSource({"UTC, en-US", "America/New_York, tr-TR", "Asia/Kathmandu, ar-EG-u-nu-arab"})
    void whatGoesOverHttpArrivesAsItWasOrIsRefused(String zone, String language) throws Exception {
        TimeZone zoneBefore = TimeZone.getDefault();
        Locale localeBefore = Locale.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        Locale.setDefault(Locale.forLanguageTag(language));
        try {
            for (HttpTable.Line line : HttpTable.LINES) {
                check(line);
            }
        } finally {
            TimeZone.setDefault(zoneBefore);
            Locale.setDefault(localeBefore);
        }
    }

    @Test
    void pageOfTheConnectorHasTheTable() throws Exception {
        String page = Files.readString(Path.of("../../docs/connectors/http.md"));

        assertThat(page).contains("\n\n" + HttpTable.markdown() + "\n");
    }

    private static void check(HttpTable.Line line) throws Exception {
        if (line.arrives() == null) {
            Throwable refusal = catchThrowable(line::carried);
            assertThat(refusal)
                    .as("%s", line)
                    .isInstanceOf(Exception.class)
                    .isNotInstanceOfAny(
                            NullPointerException.class,
                            IndexOutOfBoundsException.class,
                            ClassCastException.class);
            assertThat(refusal.getMessage()).as("%s", line).isNotBlank();
        } else {
            assertThat(line.carried()).as("%s", line).isEqualTo(line.arrives());
        }
    }
}
