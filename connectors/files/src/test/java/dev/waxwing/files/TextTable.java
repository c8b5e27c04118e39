package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.sink.PartialWriteException;
import dev.waxwing.text.TextForms;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The types that CSV and JSON have in common, with values that come back as they were, and what is
 * refused. Executed by {@link TextTableTest}, and in processes of other locales, zones and
 * charsets; the document is made of it.
 */
final class TextTable {

    /**
     * A type.
     *
     * @param holder a record with one component of the type
     * @param values come back
     * @param texts what they are written as
     * @param refused texts that are not read
     * @param unwritable values that are not written
     */
    record Row(
            Class<? extends Record> holder,
            List<Object> values,
            List<String> texts,
            List<String> refused,
            List<Object> unwritable) {

        Row with(Object value, String text) {
            return new Row(
                    holder,
                    joined(values, List.of(value)),
                    joined(texts, List.of(text)),
                    refused,
                    unwritable);
        }

        Row refused(String... more) {
            return new Row(holder, values, texts, joined(refused, List.of(more)), unwritable);
        }

        Row unwritable(Object... all) {
            return new Row(holder, values, texts, refused, List.of(all));
        }

        Class<?> type() {
            return holder.getRecordComponents()[0].getType();
        }

        boolean isNumber() {
            return type() == Year.class
                    || TextForms.of(type()).orElseThrow().type().getSuperclass() == Number.class;
        }

        String kind() {
            return isNumber() ? "a number" : type() == boolean.class ? "a boolean" : "a string";
        }

        String inJson(String text) {
            return isNumber() || type() == boolean.class ? text : quotedJson(text);
        }
    }

    enum Side {
        BUY,
        SELL {
            @Override
            public String toString() {
                return "for sale";
            }
        }
    }

    record OfText(String v) {}

    record OfChar(char v) {}

    record OfBoolean(boolean v) {}

    record OfByte(byte v) {}

    record OfShort(short v) {}

    record OfInt(int v) {}

    record OfLong(long v) {}

    record OfBigInteger(BigInteger v) {}

    record OfBigDecimal(BigDecimal v) {}

    record OfDouble(double v) {}

    record OfFloat(float v) {}

    record OfEnum(Side v) {}

    record OfUuid(UUID v) {}

    record OfInstant(Instant v) {}

    record OfOffset(OffsetDateTime v) {}

    record OfLocal(LocalDateTime v) {}

    record OfDate(LocalDate v) {}

    record OfTime(LocalTime v) {}

    record OfOffsetTime(OffsetTime v) {}

    record OfDuration(Duration v) {}

    record OfPeriod(Period v) {}

    record OfZoned(ZonedDateTime v) {}

    record OfYear(Year v) {}

    record OfYearMonth(YearMonth v) {}

    record OfMonthDay(MonthDay v) {}

    private static final String ID = "0f8fad5b-d9cb-469f-a165-70867728950e";

    static final List<Row> ROWS =
            List.of(
                    row(OfText.class)
                            .with("ab", "ab")
                            .with("", "")
                            .with(" a ", " a ")
                            .with("a,b", "a,b")
                            .with("\"", "\"")
                            .with("a\r\nb\rc", "a\r\nb\rc")
                            .with("\uFEFFé😀", "\uFEFFé😀")
                            .unwritable("\uD83D", "a\uDE00"),
                    row(OfChar.class)
                            .with('a', "a")
                            .with('é', "é")
                            .with(',', ",")
                            .refused("", "ab", "😀")
                            .unwritable('\uD83D'),
                    row(OfBoolean.class)
                            .with(true, "true")
                            .with(false, "false")
                            .refused("", "TRUE", "True", "1", "0", "yes", " true"),
                    row(OfByte.class)
                            .with((byte) -128, "-128")
                            .with((byte) 127, "127")
                            .refused("128", "-129", "1.0", "x"),
                    row(OfShort.class)
                            .with((short) -32768, "-32768")
                            .with((short) 32767, "32767")
                            .refused("32768", "0x1", "+1"),
                    row(OfInt.class)
                            .with(Integer.MIN_VALUE, "-2147483648")
                            .with(0, "0")
                            .with(Integer.MAX_VALUE, "2147483647")
                            .refused("2147483648", "7.9", "1.0", "1e2", "+1", "007", " 1", "1_000")
                            .refused("١٢", "", "-", "0x10"),
                    row(OfLong.class)
                            .with(Long.MIN_VALUE, "-9223372036854775808")
                            .with(Long.MAX_VALUE, "9223372036854775807")
                            .refused("9223372036854775808", "1L", "1e18", "1e1000000000"),
                    row(OfBigInteger.class)
                            .with(
                                    new BigInteger("123456789012345678901234567890"),
                                    "123456789012345678901234567890")
                            .with(BigInteger.TEN.pow(999), "1" + "0".repeat(999))
                            .refused("1.0", "1e3", "1e1000000000", "1".repeat(1001), "")
                            .unwritable(BigInteger.TEN.pow(1000), BigInteger.TWO.pow(1 << 20)),
                    row(OfBigDecimal.class)
                            .with(new BigDecimal("100.10"), "100.10")
                            .with(new BigDecimal("12345678901234567.89"), "12345678901234567.89")
                            .with(
                                    new BigDecimal("0.12345678901234567890"),
                                    "0.12345678901234567890")
                            .with(new BigDecimal("1E+3"), "1E+3")
                            .with(new BigDecimal("0E-7"), "0E-7")
                            .refused("+5", ".5", "5.", "1,5", "00.5", "1e", "1e1000000000")
                            .refused("1e-1000000000", "1e9999999999", "NaN", "0x1p3", "١.٥", "")
                            .refused("1".repeat(1001))
                            .unwritable(new BigDecimal("1e100001"), new BigDecimal("1e-100001")),
                    row(OfDouble.class)
                            .with(0.1, "0.1")
                            .with(-0.0, "-0.0")
                            .with(1e22, "1.0E22")
                            .with(9007199254740992.0, "9.007199254740992E15")
                            .with(Double.MIN_VALUE, "4.9E-324")
                            .with(Double.MIN_NORMAL, "2.2250738585072014E-308")
                            .with(Double.MAX_VALUE, "1.7976931348623157E308")
                            .refused("1e400", "-1e400", "1e-400", "9007199254740993", "NaN", "")
                            .refused("Infinity", "-Infinity", "1d", "1f", "0x1p3", "1,5", " 1 ")
                            .unwritable(Double.NaN, Double.POSITIVE_INFINITY),
                    row(OfFloat.class)
                            .with(0.1f, "0.1")
                            .with(16777216f, "1.6777216E7")
                            .with(Float.MAX_VALUE, "3.4028235E38")
                            .with(Float.MIN_VALUE, "1.4E-45")
                            .refused("16777217", "16777216.5", "1e39", "1e-50", "NaN", "1f", "")
                            .unwritable(Float.NaN, Float.NEGATIVE_INFINITY),
                    row(OfEnum.class)
                            .with(Side.BUY, "BUY")
                            .with(Side.SELL, "SELL")
                            .refused("buy", " BUY", "1", "", "for sale", "GIVE"),
                    row(OfUuid.class)
                            .with(UUID.fromString(ID), ID)
                            .refused("1-1-1-1-1", "0f8fad5bd9cb469fa16570867728950e", "")
                            .refused("0f8fad5b-d9cb-469f-a165-70867728950g", " " + ID)
                            .refused("1ffffffff-1-1-1-1", "{" + ID + "}"),
                    row(OfInstant.class)
                            .with(Instant.EPOCH, "1970-01-01T00:00:00Z")
                            .with(
                                    Instant.EPOCH.plusNanos(1_500_000_001),
                                    "1970-01-01T00:00:01.500000001Z")
                            .with(
                                    Instant.parse("2026-03-29T01:30:00.5Z"),
                                    "2026-03-29T01:30:00.500Z")
                            .with(Instant.MIN, "-1000000000-01-01T00:00:00Z")
                            .with(Instant.MAX, "+1000000000-12-31T23:59:59.999999999Z")
                            .refused("2016-12-31T23:59:60Z", "2026-01-01T24:00:00Z")
                            .refused("2026-01-01T00:00:00+02:00", "2026-01-01T00:00Z", "")
                            .refused("2026-01-01T00:00:00", "2026-01-01 00:00:00Z", "2026-01-01")
                            .refused("2026-01-01T00:00:00.1234567891Z", "1700000000"),
                    row(OfOffset.class)
                            .with(
                                    OffsetDateTime.parse("2026-03-29T02:30:00+01:00"),
                                    "2026-03-29T02:30:00+01:00")
                            .with(
                                    OffsetDateTime.parse("2026-01-31T23:59:59.5Z"),
                                    "2026-01-31T23:59:59.5Z")
                            .with(OffsetDateTime.MIN, "-999999999-01-01T00:00:00+18:00")
                            .with(OffsetDateTime.MAX, "+999999999-12-31T23:59:59.999999999-18:00")
                            .refused("2026-02-29T00:00:00Z", "2026-01-01T24:00:00Z")
                            .refused("2026-01-01T00:00:00", "2026-01-01T00:00:00+0200")
                            .refused("2026-01-01T00:00:00+19:00", "2026-01-01T00:00:00Z[UTC]"),
                    row(OfLocal.class)
                            .with(LocalDateTime.parse("2026-03-29T02:30"), "2026-03-29T02:30:00")
                            .with(LocalDateTime.MIN, "-999999999-01-01T00:00:00")
                            .with(LocalDateTime.MAX, "+999999999-12-31T23:59:59.999999999")
                            .refused("2026-01-01T00:00:00Z", "2026-01-01T00:00", "2026-01-01")
                            .refused("2026-02-29T00:00:00", "2026-01-01T23:59:60"),
                    row(OfDate.class)
                            .with(LocalDate.of(2024, 2, 29), "2024-02-29")
                            .with(LocalDate.of(0, 1, 1), "0000-01-01")
                            .with(LocalDate.MIN, "-999999999-01-01")
                            .with(LocalDate.MAX, "+999999999-12-31")
                            .refused(
                                    "2026-02-29", "26-01-01", "2026-1-1", "20260101", "+2026-01-01")
                            .refused("2026-01-01T00:00:00", "-0000-01-01", ""),
                    row(OfTime.class)
                            .with(LocalTime.MIDNIGHT, "00:00:00")
                            .with(LocalTime.parse("23:59:59.5"), "23:59:59.5")
                            .with(LocalTime.MAX, "23:59:59.999999999")
                            .refused("24:00:00", "23:59:60", "23:59", "1:00:00", "10:15:00Z", ""),
                    row(OfOffsetTime.class)
                            .with(LocalTime.MIDNIGHT.atOffset(ZoneOffset.UTC), "00:00:00Z")
                            .with(OffsetTime.parse("10:15:00+02:00"), "10:15:00+02:00")
                            .with(OffsetTime.MIN, "00:00:00+18:00")
                            .with(OffsetTime.MAX, "23:59:59.999999999-18:00")
                            .refused("10:15+02:00", "10:15:00", "10:15:00+0200", "24:00:00Z")
                            .refused("10:15:00+19:00", "10:15:00+02", "10:15:60Z", ""),
                    row(OfDuration.class)
                            .with(Duration.ofMillis(3_723_500), "PT1H2M3.5S")
                            .with(Duration.ZERO, "PT0S")
                            .with(Duration.ofHours(-1), "PT-1H")
                            .with(Duration.ofSeconds(Long.MIN_VALUE), "PT-2562047788015215H-30M-8S")
                            .refused("1.5", "P1M", "PT", "pt1s", "PT1,5S", "PT0.1234567891S", ""),
                    row(OfPeriod.class)
                            .with(Period.of(1, 2, 3), "P1Y2M3D")
                            .with(Period.ZERO, "P0D")
                            .with(Period.of(0, -14, 0), "P-14M")
                            .with(
                                    Period.of(Integer.MIN_VALUE, 0, Integer.MAX_VALUE),
                                    "P-2147483648Y2147483647D")
                            .refused("P", "-P", "P1", "PT1S", "p1d", "P1D2M", "P1.5D", "+P1D", "")
                            .refused("P2147483648D", "P306783379W"),
                    row(OfZoned.class)
                            .with(
                                    ZonedDateTime.parse("2026-10-25T02:30+02:00[Europe/Berlin]"),
                                    "2026-10-25T02:30:00+02:00[Europe/Berlin]")
                            .with(
                                    ZonedDateTime.parse("2026-10-25T02:30+01:00[Europe/Berlin]"),
                                    "2026-10-25T02:30:00+01:00[Europe/Berlin]")
                            .with(
                                    ZonedDateTime.parse("2026-01-31T23:59:59.5Z[UTC]"),
                                    "2026-01-31T23:59:59.5Z[UTC]")
                            .with(
                                    ZonedDateTime.parse("2026-01-31T00:00+05:45"),
                                    "2026-01-31T00:00:00+05:45")
                            .refused("2026-01-01T00:00:00+05:00[Europe/Berlin]", "2026-01-01")
                            .refused("2026-03-29T02:30:00+01:00[Europe/Berlin]", "")
                            .refused("2026-01-01T00:00:00[Europe/Berlin]")
                            .refused("2026-01-01T00:00:00Z[Nowhere]", "1700000000"),
                    row(OfYear.class)
                            .with(Year.of(2026), "2026")
                            .with(Year.of(0), "0")
                            .with(Year.of(Year.MIN_VALUE), "-999999999")
                            .with(Year.of(Year.MAX_VALUE), "999999999")
                            .refused("02026", "+12026", "2026.0", "1000000000", "", "2026-01"),
                    row(OfYearMonth.class)
                            .with(YearMonth.of(2026, 1), "2026-01")
                            .with(YearMonth.of(-5, 12), "-0005-12")
                            .with(YearMonth.of(12026, 1), "+12026-01")
                            .refused("2026-1", "2026-13", "12026-01", "2026-01-01", "202601", ""),
                    row(OfMonthDay.class)
                            .with(MonthDay.of(2, 29), "--02-29")
                            .refused("02-29", "--2-29", "--02-30", "--13-01", ""));

    private TextTable() {}

    /** Checks all rows in a directory and writes the document's table there. */
    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        for (Row row : ROWS) {
            check(row, directory);
        }
        Files.writeString(directory.resolve("table.md"), markdown());
    }

    static void check(Row row, Path directory) throws Exception {
        checkCsv(row, Files.createTempDirectory(directory, "csv"));
        checkJson(row, Files.createTempDirectory(directory, "json"));
    }

    private static void checkCsv(Row row, Path directory) throws Exception {
        List<Record> items = row.values().stream().map(v -> holding(row, v)).toList();
        Path file = directory.resolve("out.csv");
        write(CsvFiles.append(file, row.holder()), file, items);

        assertThat(file)
                .as(row.type().getName())
                .content(StandardCharsets.UTF_8)
                .isEqualTo(
                        Stream.concat(
                                        Stream.of("v"),
                                        row.texts().stream().map(TextTable::quotedCsv))
                                .map(line -> line + "\n")
                                .collect(Collectors.joining()));
        assertThat(Collected.all(CsvFiles.records(file, row.holder())).items).isEqualTo(items);
        for (String text : row.refused()) {
            Path in = directory.resolve("in.csv");
            Files.writeString(in, "v\n\"" + text + "\"\n");
            assertRefused(text, Collected.all(CsvFiles.records(in, row.holder())));
        }
        for (Object value : row.unwritable()) {
            assertUnwritable(
                    CsvFiles.append(directory.resolve("no.csv"), row.holder()), row, value);
        }
    }

    private static void checkJson(Row row, Path directory) throws Exception {
        List<Record> items = row.values().stream().map(v -> holding(row, v)).toList();
        Path file = directory.resolve("out.jsonl");
        write(JsonFiles.append(file), file, items);

        assertThat(Files.readAllLines(file, StandardCharsets.UTF_8))
                .isEqualTo(row.texts().stream().map(t -> "{\"v\":" + row.inJson(t) + "}").toList());
        assertThat(Collected.all(JsonFiles.lines(file, row.holder())).items).isEqualTo(items);
        Path array = directory.resolve("out.json");
        Files.writeString(array, "[" + String.join(", ", Files.readAllLines(file)) + "]");
        assertThat(Collected.all(JsonFiles.elements(array, "", row.holder())).items)
                .isEqualTo(items);
        for (String text : row.refused()) {
            Path in = directory.resolve("in.jsonl");
            Files.writeString(in, "{\"v\":" + quotedJson(text) + "}\n");
            assertRefused(text, Collected.all(JsonFiles.lines(in, row.holder())));
            if (row.isNumber() && text.equals(text.strip())) {
                Files.writeString(in, "{\"v\":" + text + "}\n");
                assertRefused(text, Collected.all(JsonFiles.lines(in, row.holder())));
            }
        }
        for (Object value : row.unwritable()) {
            assertUnwritable(JsonFiles.append(directory.resolve("no.jsonl")), row, value);
        }
    }

    private static void assertRefused(String text, Collected<?> found) {
        assertThat(found.items).as("read from '%s'", text).isEmpty();
        assertThat(found.reason()).contains("line ");
    }

    private static void assertUnwritable(AppendSink<?> sink, Row row, Object value)
            throws Exception {
        AppendSink<?> fresh = sink.withOnExisting(OnExisting.TRUNCATE);
        Path file = Path.of(fresh.listParts().get(0));
        assertThatThrownBy(() -> write(fresh, file, List.of(holding(row, value))))
                .as("%s written", row.type())
                .isInstanceOf(PartialWriteException.class);
    }

    @SuppressWarnings("unchecked")
    private static void write(AppendSink<?> sink, Path file, List<Record> items) throws Exception {
        try (var partition =
                ((AppendSink<Object>) sink).buildPart("flow.out", file.toString(), null)) {
            partition.writeBatch(new ArrayList<>(items));
        }
    }

    private static Record holding(Row row, Object value) {
        try {
            return row.holder().getDeclaredConstructor(row.type()).newInstance(value);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /** The table of the document. */
    static String markdown() {
        return "| type | a text must be | values that come back | in JSON | refused |\n"
                + "|---|---|---|---|---|\n"
                + ROWS.stream().map(TextTable::markdown).collect(Collectors.joining());
    }

    private static String markdown(Row row) {
        return "| `"
                + (row.type().isEnum() ? "enum" : row.type().getSimpleName())
                + "` | "
                + TextForms.of(row.type()).orElseThrow().description()
                + " | "
                + code(row.texts())
                + " | "
                + row.kind()
                + " | "
                + code(row.refused())
                + " |\n";
    }

    private static String code(List<String> texts) {
        return texts.stream()
                .filter(text -> text.length() < 50)
                .map(text -> text.isEmpty() ? "nothing" : "`` " + visible(text) + " ``")
                .collect(Collectors.joining(", "));
    }

    private static String visible(String text) {
        return text.replace("\r", "\\r").replace("\n", "\\n").replace("\uFEFF", "\\uFEFF");
    }

    private static String quotedCsv(String text) {
        boolean isPlain =
                !text.isEmpty() && text.chars().noneMatch(c -> ",\"\r\n\uFEFF".indexOf(c) >= 0);
        return isPlain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }

    private static String quotedJson(String text) {
        return "\"" + text.replace("\"", "\\\"").replace("\r", "\\r").replace("\n", "\\n") + "\"";
    }

    private static Row row(Class<? extends Record> holder) {
        return new Row(holder, List.of(), List.of(), List.of(), List.of());
    }

    private static <T> List<T> joined(List<? extends T> first, List<? extends T> then) {
        return Stream.<T>concat(first.stream(), then.stream()).toList();
    }
}
