package dev.waxwing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.function.Supplier;
import dev.waxwing.function.TypeRef;
import dev.waxwing.sink.RejectedItemsException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which values go into which types of PostgreSQL. */
final class ValuesTest {

    private Schema schema;

    @BeforeEach
    void makeMarkers() throws Exception {
        schema = Schema.withOrders();
    }

    @Test
    void numbers() throws Exception {
        assertThat(stored("smallint", () -> (short) -7)).isEqualTo("-7");
        assertThat(stored("bigint", () -> Long.MIN_VALUE)).isEqualTo("-9223372036854775808");
        assertThat(stored("numeric", () -> new BigDecimal("1E-9"))).isEqualTo("0.000000001");
        assertThat(stored("numeric", () -> BigInteger.TEN.pow(30))).hasSize(31);
        assertThat(stored("double precision", () -> Double.NaN)).isEqualTo("NaN");
        assertThat(stored("double precision", () -> Double.NEGATIVE_INFINITY))
                .isEqualTo("-Infinity");
        assertThat(stored("double precision", () -> 0.1)).isEqualTo("0.1");
        assertThat(stored("boolean", () -> true)).isEqualTo("t");
        assertThat(stored("numeric", () -> Double.NaN)).isEqualTo("NaN");
        assertThat(stored("integer", () -> new BigDecimal("1E+3"))).isEqualTo("1000");
    }

    @Test
    void times() throws Exception {
        assertThat(
                        stored(
                                "timestamptz",
                                "(v at time zone 'UTC')::text",
                                () -> Instant.parse("2026-02-03T04:05:06.123456Z")))
                .isEqualTo("2026-02-03 04:05:06.123456");
        assertThat(
                        stored(
                                "timestamptz",
                                "(v at time zone 'UTC')::text",
                                () -> OffsetDateTime.parse("2026-02-03T04:05:06+02:00")))
                .isEqualTo("2026-02-03 02:05:06");
        assertThat(
                        stored(
                                "timestamptz",
                                "(v at time zone 'UTC')::text",
                                () ->
                                        ZonedDateTime.parse(
                                                "2026-02-03T04:05:06+01:00[Europe/Rome]")))
                .isEqualTo("2026-02-03 03:05:06");
        assertThat(stored("timestamp", () -> LocalDateTime.parse("2026-02-03T04:05")))
                .isEqualTo("2026-02-03 04:05:00");
        assertThat(stored("date", () -> LocalDate.parse("2026-02-03"))).isEqualTo("2026-02-03");
        assertThat(stored("time", () -> LocalTime.parse("04:05"))).isEqualTo("04:05:00");
        assertThat(stored("interval", () -> Duration.ofSeconds(90))).isEqualTo("00:01:30");
    }

    @Test
    void others() throws Exception {
        assertThat(stored("uuid", () -> new UUID(1, 2)))
                .isEqualTo("00000000-0000-0001-0000-000000000002");
        assertThat(stored("bytea", "encode(v, 'hex')", () -> new byte[] {0, 9, 10, (byte) 0xff}))
                .isEqualTo("00090aff");
        assertThat(stored("jsonb", () -> "{\"a\": [1, \"\\n\"]}"))
                .isEqualTo("{\"a\": [1, \"\\n\"]}");
        assertThat(stored("text", () -> TimeUnit.DAYS)).isEqualTo("DAYS");
        assertThat(stored("char(1)", () -> 'x')).isEqualTo("x");
        assertThat(stored("inet", () -> "10.0.0.1")).isEqualTo("10.0.0.1");
    }

    @Test
    void lists() throws Exception {
        assertThat(stored("int[]", () -> List.of(1, 2))).isEqualTo("{1,2}");
        assertThat(stored("text[]", "v[1]", () -> List.of("a\"b\\c,{}\n", "null")))
                .isEqualTo("a\"b\\c,{}\n");
        assertThat(stored("text[]", "v[2]", () -> new String[] {"", null})).isNull();
        assertThat(stored("int[]", () -> List.of(List.of(1), List.of(2)))).isEqualTo("{{1},{2}}");
        assertThat(stored("bigint[]", () -> new long[] {1, 2})).isEqualTo("{1,2}");
        assertThat(stored("boolean[]", () -> new boolean[] {true})).isEqualTo("{t}");
        assertThat(stored("int[][]", () -> new int[][] {{1}, {2}})).isEqualTo("{{1},{2}}");
    }

    @Test
    void elementsOfListsAreFittedLikeValues() throws Exception {
        assertThat(stored("int[]", () -> List.of(new BigDecimal("1E+3")))).isEqualTo("{1000}");
        assertThat(stored("text[]", "v[1]", () -> List.of(Instant.EPOCH)))
                .isEqualTo("1970-01-01T00:00:00Z");
        assertThatThrownBy(() -> stored("int[]", () -> List.of(1.5)))
                .hasMessageContaining("column 'v' of type int4 got a java.lang.Double (1.5), which")
                .hasMessageContaining("which has a fraction");
        assertThatThrownBy(() -> stored("timestamp[]", () -> List.of(Instant.EPOCH)))
                .hasMessageContaining("an offset would be cut off");
        assertThatThrownBy(() -> stored("varchar(3)[]", () -> List.of("abc ")))
                .hasMessageContaining("spaces at its end would be cut off");
        assertThatThrownBy(() -> stored("timestamptz[]", () -> List.of("now")))
                .hasMessageContaining("which is none of its values as text");
    }

    @Test
    void textsHaveTheFormOfEveryConnector() throws Exception {
        assertThat(stored("text", () -> Instant.parse("2026-01-01T00:00:30Z")))
                .isEqualTo("2026-01-01T00:00:30Z");
        assertThat(stored("varchar(40)", () -> LocalDateTime.parse("2026-01-01T00:00")))
                .isEqualTo("2026-01-01T00:00:00");
        assertThat(stored("text", () -> OffsetDateTime.parse("2026-01-01T00:00:00+05:45")))
                .isEqualTo("2026-01-01T00:00:00+05:45");
        assertThat(stored("text", () -> 1e22)).isEqualTo("1.0E22");
        assertThatThrownBy(() -> stored("text", () -> Double.NaN))
                .isInstanceOf(RejectedItemsException.class)
                .hasMessageContaining("column 'v' of type text got a java.lang.Double (NaN), but")
                .hasMessageContaining("NaN has no text; leave it out");
    }

    @Test
    void textsForOtherColumnsAreReadByTheFormsOfEveryConnector() throws Exception {
        assertThat(stored("timetz", () -> "04:05:06.5+02:00")).isEqualTo("04:05:06.5+02");
        assertThat(stored("float8", () -> "0.1")).isEqualTo("0.1");
        assertThat(stored("float4", () -> "0.1")).isEqualTo("0.1");
        for (String[] refused :
                new String[][] {
                    {"bigint", "007"},
                    {"numeric", "00.5"},
                    {"float8", "NaN"},
                    {"float8", "9007199254740993"},
                    {"float4", "16777217"},
                    {"time", "23:59"},
                    {"timetz", "23:59+02:00"},
                    {"timestamp", "2026-01-01T00:00"},
                    {"timestamptz", "2026-01-01T00:00Z"}
                }) {
            assertThatThrownBy(() -> stored(refused[0], () -> refused[1]))
                    .as("%s into %s", refused[1], refused[0])
                    .isInstanceOf(RejectedItemsException.class)
                    .hasMessageContaining("which is none of its values as text: it must be ")
                    .hasMessageContaining("but was '" + refused[1] + "'");
        }
    }

    @Test
    void timesWithOffsetsThatTheServerDoesNotKnowAreWritten() throws Exception {
        assertThat(
                        stored(
                                "timestamptz",
                                "(v at time zone 'UTC')::text",
                                () -> OffsetDateTime.parse("2026-02-03T04:05:06+18:00")))
                .isEqualTo("2026-02-02 10:05:06");
    }

    @Test
    void textThatAnInternalTypeWouldCutOffIsRejected() throws Exception {
        String name = "\u00e9".repeat(31);

        assertThat(stored("\"char\"", () -> "a")).isEqualTo("a");
        assertThat(stored("name", () -> name)).isEqualTo(name);
        assertThatThrownBy(() -> stored("\"char\"", () -> "ab"))
                .isInstanceOf(RejectedItemsException.class)
                .hasMessageContaining(
                        "column 'v' of type char got a java.lang.String (ab), of which");
        assertThatThrownBy(() -> stored("\"char\"", () -> "\u00e9"))
                .isInstanceOf(RejectedItemsException.class)
                .hasMessageContaining("it keeps one byte only");
        assertThatThrownBy(() -> stored("name", () -> name + "ab"))
                .isInstanceOf(RejectedItemsException.class)
                .hasMessageContaining("of which it keeps 63 bytes only");
    }

    @Test
    void valueWithoutATextIsRejected() {
        assertThatThrownBy(() -> stored("text", Object::new))
                .isInstanceOf(RejectedItemsException.class)
                .hasMessageContaining("column 'v' of type text got a java.lang.Object")
                .hasMessageContaining("make it a string");
    }

    @Test
    void functionThatThrowsRejectsItsItem() {
        assertThatThrownBy(() -> stored("text", () -> 1 / Integer.parseInt("0")))
                .isInstanceOf(RejectedItemsException.class)
                .hasMessageContaining("the function of column 'v' threw")
                .hasMessageContaining("/ by zero");
    }

    private @Nullable String stored(String type, Supplier<?> value) throws Exception {
        return stored(type, "v", value);
    }

    /* By COPY and by statement, which must not differ. */
    private @Nullable String stored(String type, String shown, Supplier<?> value) throws Exception {
        schema.execute(
                "drop table if exists vals",
                "create table vals (k int primary key, v " + type + ")");
        var sink =
                JdbcSink.into(schema.database(), "vals", TypeRef.of(Integer.class))
                        .withColumn("k", k -> k)
                        .withColumn("v", k -> value.get());

        Writing.write(sink, 1);
        Writing.write(sink.withKeys("k"), 2);

        try (var connection = schema.source().getConnection();
                var select = connection.createStatement();
                var rows = select.executeQuery("select " + shown + " from vals order by k")) {
            rows.next();
            String copied = rows.getString(1);
            rows.next();
            assertThat(rows.getString(1)).isEqualTo(copied);
            return copied;
        }
    }
}
