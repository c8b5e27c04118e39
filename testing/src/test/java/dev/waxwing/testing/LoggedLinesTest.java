package dev.waxwing.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class LoggedLinesTest {

    private final System.Logger inner = System.getLogger("logged.lines.inner");

    @Test
    void linesHaveTheirArgumentsAndStackTraces() {
        try (var logged = LoggedLines.of("logged.lines")) {
            inner.log(System.Logger.Level.TRACE, "of {0}", "an argument");
            inner.log(System.Logger.Level.WARNING, "failed", new IOException("with a reason"));

            assertThat(logged.all()).hasSize(2);
            assertThat(logged.all().get(0)).contains("of an argument");
            assertThat(logged.all().get(1))
                    .contains("failed", "java.io.IOException: with a reason");
        }
    }

    @Test
    void otherLoggersAreLeftAlone() {
        try (var logged = LoggedLines.of("logged.lines")) {
            System.getLogger("other").log(System.Logger.Level.WARNING, "not for this test");

            assertThat(logged.all()).isEmpty();
        }
    }

    @Test
    void nothingIsRecordedAnyMoreWhenItIsClosed() {
        LoggedLines logged = LoggedLines.of("logged.lines");
        logged.close();

        inner.log(System.Logger.Level.WARNING, "too late");

        assertThat(logged.all()).isEmpty();
    }
}
