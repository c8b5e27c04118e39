package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.Month;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON of types that Jackson reads and writes in ways of its own. */
final class StrictTypesTest {

    @TempDir Path directory;

    record Arrays(byte[] bytes, int[] ints, boolean[] flags, char[] chars, short[] shorts) {}

    record Texts(URI uri, Currency currency, ZoneId zone, StringBuilder text) {}

    record ByDouble(Map<Double, Integer> v) {}

    record ById(Map<UUID, Integer> v) {}

    record ByTime(Map<Instant, Map<Duration, Integer>> v) {}

    record OfMonth(Month v) {}

    record OfDate(Date v) {}

    record OfCalendar(Calendar v) {}

    record OfTimestamp(Timestamp v) {}

    record OfSqlDate(java.sql.Date v) {}

    record OfZone(TimeZone v) {}

    record Formatted(
            @JsonFormat(pattern = "yyyy-MM-dd HH:mm", timezone = "Asia/Kathmandu") Date v) {}

    record Nothing() {}

    static final class Hidden {
        private String id = "";
        private final List<String> tags = new ArrayList<>();
        private transient int hash;
        @JsonIgnore private int seen;
    }

    static final class Shown {
        private final String first = "a";

        public String getFirst() {
            return first;
        }

        public String getTwice() {
            return first + first;
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "bytes | [200] | a whole number from -128 to 127",
                "bytes | `AQJ=` | must be base64",
                "bytes | `AQI` | must be base64",
                "bytes | `A QI=` | must be base64",
                "ints | [1e2] | a whole number from -2147483648 to 2147483647",
                "ints | [null] | was null",
                "ints | 7 | must be an array",
                "flags | [1] | must be a boolean",
                "shorts | [70000] | a whole number from -32768 to 32767",
                "chars | [`ab`] | one character of UTF-16",
                "chars | `\\ud83d` | half of a surrogate pair"
            })
    void elementOfAnArrayIsOfTheFormOfItsType(String name, String json, String problem)
            throws Exception {
        String text =
                "{\"bytes\":\"AQI=\",\"ints\":[1,-2],\"flags\":[true],\"chars\":\"ab\",\"shorts\":[3]}";
        Arrays read = only(text, Arrays.class);

        assertThat(read.bytes()).containsExactly(1, 2);
        assertThat(read.ints()).containsExactly(1, -2);
        assertThat(read.flags()).containsExactly(true);
        assertThat(read.chars()).containsExactly('a', 'b');
        assertThat(read.shorts()).containsExactly((short) 3);
        assertThat(refusal("{\"" + name + "\":" + json.replace('`', '"') + "}", Arrays.class))
                .contains(name)
                .contains(problem);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "uri | 5",
                "uri | ` http://a`",
                "currency | `EUR `",
                "zone | ` UTC`",
                "zone | 5",
                "text | 7",
                "text | true",
                "text | `\\ud83d`"
            })
    void whatIsMadeOfAStringIsMadeOfThatString(String name, String json) throws Exception {
        Texts read =
                only(
                        "{\"uri\":\"http://a/\",\"currency\":\"EUR\",\"zone\":\"Asia/Kathmandu\","
                                + "\"text\":\" a \"}",
                        Texts.class);

        assertThat(read.uri()).isEqualTo(URI.create("http://a/"));
        assertThat(read.currency()).isEqualTo(Currency.getInstance("EUR"));
        assertThat(read.zone()).isEqualTo(ZoneId.of("Asia/Kathmandu"));
        assertThat(read.text()).hasToString(" a ");
        assertThat(refusal("{\"" + name + "\":" + json.replace('`', '"') + "}", Texts.class))
                .contains(name)
                .contains("must be");
    }

    @Test
    void keyOfAMapThatIsWrittenInTwoWaysIsRejected() throws Exception {
        String id = "0f8fad5b-d9cb-469f-a165-70867728950e";

        assertThat(refusal("{\"v\":{\"1.0\":1,\"1.00\":2}}", ByDouble.class))
                .contains("2 names for 1 keys");
        assertThat(
                        refusal(
                                "{\"v\":{\""
                                        + id
                                        + "\":1,\""
                                        + id.toUpperCase(Locale.ROOT)
                                        + "\":2}}",
                                ById.class))
                .contains("2 names for 1 keys");
        assertThat(
                        refusal(
                                "{\"v\":{\"1970-01-01T00:00:00Z\":{\"PT60S\":1,\"PT1M\":2}}}",
                                ByTime.class))
                .contains("2 names for 1 keys");
        assertThat(
                        only(
                                "{\"v\":{\"1970-01-01T00:00:00Z\":{\"PT1S\":1,\"PT2S\":2},"
                                        + "\"1970-01-01T00:00:01Z\":{\"PT1S\":3}}}",
                                ByTime.class))
                .isEqualTo(
                        new ByTime(
                                Map.of(
                                        Instant.EPOCH,
                                        Map.of(Duration.ofSeconds(1), 1, Duration.ofSeconds(2), 2),
                                        Instant.EPOCH.plusSeconds(1),
                                        Map.of(Duration.ofSeconds(1), 3))));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "`a`:1,`b`:2",
                "`b`:2,`a`:1",
                "`b`:1,`c`:1",
                "`a`:1,`in`:{`a`:1,`B`:2}",
                "`a`:1,`in`:{`A`:1,`a`:2}"
            })
    void propertyThatIsWrittenUnderTwoNamesIsRejected(String properties) throws Exception {
        assertThat(refusal("{" + properties.replace('`', '"') + "}", Named.class))
                .contains("has 'a' under two names, such as '")
                .contains("write it once");
    }

    @Test
    void propertyIsReadUnderAnyOfItsNames() throws Exception {
        assertThat(only("{\"c\":1,\"in\":{\"B\":2}}", Named.class))
                .isEqualTo(new Named(1, Optional.of(new AnyCase(2))));
        assertThat(only("{\"b\":1,\"in\":{\"A\":2,\"c\":3}}", Named.class))
                .isEqualTo(new Named(1, Optional.of(new AnyCase(2))));
    }

    @Test
    void localeIsWholeOrRejected() throws Exception {
        for (String tag : List.of("de", "de-CH", "de_CH", "zh-Hant-TW", "de-CH-1996")) {
            assertThat(only("{\"v\":\"" + tag + "\"}", OfLocale.class).v().toLanguageTag())
                    .isEqualTo(tag.replace('_', '-'));
        }
        assertThat(refusal("{\"v\":\"de-CH-zz!!\"}", OfLocale.class)).contains("a language tag");
    }

    @Test
    void monthIsItsName() throws Exception {
        assertThat(only("{\"v\":\"MAY\"}", OfMonth.class)).isEqualTo(new OfMonth(Month.MAY));
        assertThat(refusal("{\"v\":5}", OfMonth.class)).contains("a name of Month");
        assertThat(refusal("{\"v\":\"5\"}", OfMonth.class)).contains("a name of Month");
    }

    @Test
    void oldTypesOfTimeAreRefusedWithWhatToTakeInstead() throws Exception {
        String time = "{\"v\":\"2026-02-30T00:00:00.123456789Z\"}";

        assertThat(refusal(time, OfDate.class))
                .contains("make it an Instant, or give the property");
        assertThat(refusal(time, OfCalendar.class)).contains("make it a ZonedDateTime");
        assertThat(refusal(time, OfTimestamp.class))
                .contains("make it an Instant or LocalDateTime");
        assertThat(refusal(time, OfSqlDate.class)).contains("make it a LocalDate");
        assertThat(refusal("{\"v\":\"Foo\"}", OfZone.class)).contains("make it a ZoneId");
        for (Object value :
                List.of(
                        Date.from(Instant.EPOCH),
                        Calendar.getInstance(),
                        new Timestamp(0),
                        new java.sql.Date(0),
                        TimeZone.getDefault())) {
            assertThatThrownBy(() -> written(value))
                    .as("%s", value.getClass())
                    .hasStackTraceContaining("has no text, as it means another time");
        }
    }

    @Test
    void oldTypeWithAFormatIsLeftToJackson() throws Exception {
        Formatted item = new Formatted(Date.from(Instant.parse("2026-01-01T00:00:00Z")));

        assertThat(written(item)).isEqualTo("{\"v\":\"2026-01-01 05:45\"}\n");
        assertThat(only(written(item), Formatted.class)).isEqualTo(item);
    }

    @Test
    void whatAClassKeepsInAFieldIsReadWithoutASetter() throws Exception {
        Hidden read = only("{\"id\":\"x\",\"tags\":[\"a\"],\"hash\":7,\"seen\":8}", Hidden.class);

        assertThat(read.id).isEqualTo("x");
        assertThat(read.tags).containsExactly("a");
        assertThat(read.hash).isZero();
        assertThat(read.seen).isZero();
        assertThat(refusal("{\"id\":null}", Hidden.class)).contains("'id' is null");
        assertThat(only("{\"first\":\"b\",\"twice\":\"bb\"}", Shown.class)).isNotNull();
    }

    @Test
    void objectWithNothingToWriteIsRefusedUnlessItIsARecordWithout() throws Exception {
        assertThatThrownBy(() -> written(new Hidden()))
                .hasStackTraceContaining("Hidden has no getters or public fields")
                .hasStackTraceContaining("make it a record");
        assertThat(written(new Nothing())).isEqualTo("{}\n");
        assertThat(written(new Shown())).isEqualTo("{\"first\":\"a\",\"twice\":\"aa\"}\n");
    }

    record Named(@JsonAlias({"b", "c"}) int a, Optional<AnyCase> in) {}

    @JsonFormat(with = JsonFormat.Feature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
    record AnyCase(@JsonAlias("b") int a) {}

    record OfLocale(Locale v) {}

    private <T> T only(String json, Class<T> type) throws Exception {
        Collected<T> read = Collected.all(JsonFiles.lines(file(json), type));
        assertThat(read.causes).isEmpty();
        return read.items.get(0);
    }

    private String refusal(String json, Class<?> type) throws Exception {
        Collected<?> read = Collected.all(JsonFiles.lines(file(json), type));
        assertThat(read.items).isEmpty();
        return read.reason();
    }

    private Path file(String json) throws Exception {
        return Files.writeString(directory.resolve("in.jsonl"), json.strip() + "\n");
    }

    private String written(Object item) throws Exception {
        Path file = Files.createTempFile(directory, "out", ".jsonl");
        try (var out = JsonFiles.append(file).buildPart("flow.out", file.toString(), null)) {
            out.writeBatch(new ArrayList<>(List.of(item)));
        }
        return Files.readString(file);
    }
}
