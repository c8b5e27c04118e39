package dev.waxwing.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.text.TextForms;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class JsonBodyTest {

    @Test
    void jsonHasEnumsByNameAndTimesWithTheirOffset() throws Exception {
        var out = new ByteArrayOutputStream();
        var time = OffsetDateTime.parse("2026-01-01T00:00:00+05:45");

        RequestBody.jsonArray().write(List.of(Titled.FIRST, time, Map.of(Titled.FIRST, 0.1)), out);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("[\"FIRST\",\"2026-01-01T00:00:00+05:45\",{\"FIRST\":0.1}]");
    }

    @Test
    void jsonIsNotWrittenOfNumbersThatItDoesNotHave() {
        var out = new ByteArrayOutputStream();

        for (Object item :
                List.of(
                        Double.NaN,
                        Float.NEGATIVE_INFINITY,
                        new double[] {1, Double.NaN},
                        new float[] {Float.NaN},
                        List.of(Double.POSITIVE_INFINITY),
                        Map.of(Double.NaN, 1))) {
            assertThatThrownBy(() -> RequestBody.jsonLines().write(List.of(item), out))
                    .as("%s", item)
                    .hasMessageContaining("has no text; leave it out");
        }
        for (Object item : List.of(BigInteger.TEN.pow(1_000), new BigDecimal("1e100001"))) {
            assertThatThrownBy(() -> RequestBody.jsonLines().write(List.of(item), out))
                    .hasMessageContaining("a number may have at most 1000 digits");
        }
    }

    @Test
    void valuesAndKeysOfMapsHaveTheFormOfEveryConnector() throws Exception {
        for (Object value :
                List.of(
                        LocalTime.MIDNIGHT,
                        LocalDateTime.of(2026, 1, 1, 0, 0),
                        OffsetDateTime.parse("2026-01-01T00:00:00+05:45"),
                        OffsetTime.parse("10:15:00+02:00"),
                        Instant.EPOCH,
                        LocalDate.of(2026, 1, 1),
                        Duration.ofMillis(90_500),
                        Period.of(1, 2, 3),
                        ZonedDateTime.parse("2026-10-25T02:30:00+01:00[Europe/Berlin]"),
                        YearMonth.of(12026, 1),
                        MonthDay.of(2, 29),
                        new UUID(1, 2),
                        'c',
                        Titled.FIRST)) {
            var out = new ByteArrayOutputStream();
            String text = "\"" + TextForms.print(value) + "\"";

            RequestBody.jsonLines().write(List.of(value, Map.of(value, true)), out);

            assertThat(out.toString(StandardCharsets.UTF_8))
                    .isEqualTo(text + "\n{" + text + ":true}\n");
        }
    }

    @Test
    void whatHasNoTextFormOrNothingToWriteIsRefused() {
        var out = new ByteArrayOutputStream();

        for (Object item :
                List.of(Date.from(Instant.EPOCH), Map.of("at", Calendar.getInstance()))) {
            assertThatThrownBy(() -> RequestBody.jsonLines().write(List.of(item), out))
                    .hasMessageContaining("has no text, as it means another time");
        }
        assertThatThrownBy(() -> RequestBody.jsonLines().write(List.of(new Hidden(1)), out))
                .hasMessageContaining("no getters or public fields")
                .hasMessageContaining("make it a record");
    }

    static final class Hidden {
        private final int id;

        Hidden(int id) {
            this.id = id;
        }

        int doubled() {
            return id * 2;
        }
    }

    enum Titled {
        FIRST {
            @Override
            public String toString() {
                return "the first";
            }
        }
    }
}
