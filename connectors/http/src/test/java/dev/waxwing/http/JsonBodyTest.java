package dev.waxwing.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
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
                List.of(Double.NaN, Float.NEGATIVE_INFINITY, new double[] {1, Double.NaN})) {
            assertThatThrownBy(() -> RequestBody.jsonLines().write(List.of(item), out))
                    .hasMessageContaining("JSON has no number");
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
