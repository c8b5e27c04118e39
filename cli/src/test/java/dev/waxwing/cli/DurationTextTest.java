package dev.waxwing.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class DurationTextTest {

    private final DurationText text = new DurationText();

    @Test
    void numberAndUnitAreADuration() {
        assertThat(text.convert("50ms")).isEqualTo(Duration.ofMillis(50));
        assertThat(text.convert("1s")).isEqualTo(Duration.ofSeconds(1));
        assertThat(text.convert("60m")).isEqualTo(Duration.ofHours(1));
        assertThat(text.convert("2h")).isEqualTo(Duration.ofHours(2));
        assertThat(text.convert("7d")).isEqualTo(Duration.ofDays(7));
        assertThat(text.convert("0")).isEqualTo(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "-1s", "1.5s", "1 s", "s", "1w", "9999999999999s"})
    void anythingElseIsRefused(String wrong) {
        assertThatThrownBy(() -> text.convert(wrong))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'" + wrong + "' is no duration; write a number and a unit");
    }
}
