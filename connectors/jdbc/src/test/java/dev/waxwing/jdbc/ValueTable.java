package dev.waxwing.jdbc;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/** Which values go into which columns, and what comes back. What is not in it is refused. */
final class ValueTable {

    /** Columns, by what their types have in common. */
    enum Kind {
        WHOLE("whole numbers", "bigint", Long.class),
        DECIMAL("decimals", "decimal(30, 9)", BigDecimal.class),
        APPROXIMATE("floating-point numbers", "double precision", Double.class),
        TRUTH("boolean", "boolean", Boolean.class),
        TEXT("text", "varchar(60)", String.class),
        BYTES("bytes", "varbinary(9)", byte[].class),
        UUIDS("uuid", "uuid", UUID.class),
        DATE("date", "date", LocalDate.class),
        TIME("time", "time(6)", LocalTime.class),
        TIME_WITH_ZONE("time with time zone", "time(6) with time zone", OffsetTime.class),
        TIMESTAMP("timestamp", "timestamp(6)", LocalDateTime.class),
        TIMESTAMP_WITH_ZONE(
                "timestamp with time zone", "timestamp(6) with time zone", OffsetDateTime.class),
        SQLITE("SQLite", "", String.class);

        final String shown;
        final Class<?> readAs;
        private final String type;

        Kind(String shown, String type, Class<?> readAs) {
            this.shown = shown;
            this.type = type;
            this.readAs = readAs;
        }

        /** The databases that have such columns. */
        List<TestDatabase> databases() {
            return this == SQLITE
                    ? List.of(TestDatabase.SQLITE)
                    : List.of(TestDatabase.POSTGRESQL, TestDatabase.H2, TestDatabase.HSQLDB);
        }

        boolean takesTexts() {
            return this == TEXT || this == SQLITE;
        }

        String type(TestDatabase database) {
            return this == BYTES && database == TestDatabase.POSTGRESQL ? "bytea" : type;
        }
    }

    /**
     * A value, and what comes back out of the columns that take it.
     *
     * @param shown as Java has it
     */
    record Line(String shown, Object value, Map<Kind, Object> kept) {}

    private static final LocalDate DAY = LocalDate.of(2026, 3, 8);
    private static final LocalTime TIME = LocalTime.parse("02:30:00.5");
    private static final LocalDateTime BOTH = DAY.atTime(TIME);
    private static final Instant MOMENT = Instant.parse("2026-03-08T02:30:00.5Z");
    private static final UUID ID = UUID.fromString("0b1c2d3e-4f50-6172-8394-a5b6c7d8e9fa");

    private final List<Line> lines = new ArrayList<>();

    private ValueTable() {}

    /** All values. */
    static List<Line> lines() {
        ValueTable table = new ValueTable();
        table.addNumbers();
        table.addOthers();
        table.addTimes();
        table.addTexts();
        return table.lines;
    }

    /** As the connector's page has it. */
    static String markdown() {
        StringBuilder page = new StringBuilder("| column | takes |\n|---|---|\n");
        for (Kind kind : Kind.values()) {
            page.append("| ")
                    .append(kind.shown)
                    .append(" | ")
                    .append(listed(line -> isTaken(line, kind), line -> shown(line, kind)))
                    .append(kind.takesTexts() ? ", any text |\n" : " |\n");
        }
        return page.append("\nRefused by all other columns; by all columns: ")
                .append(listed(line -> line.kept().isEmpty(), Line::shown))
                .append(";\nand by all that are not text, among others: ")
                .append(
                        listed(
                                line -> line.value() instanceof String && line.kept().size() == 2,
                                Line::shown))
                .append(".\n")
                .toString();
    }

    private static String listed(Predicate<Line> filter, Function<Line, String> shown) {
        return lines().stream().filter(filter).map(shown).collect(joining(", "));
    }

    private static boolean isTaken(Line line, Kind kind) {
        boolean isAnyText = kind.takesTexts() && line.value() instanceof String;
        return line.kept().containsKey(kind) && !isAnyText;
    }

    private static String shown(Line line, Kind kind) {
        Object kept = line.kept().get(kind);
        boolean isPlain = line.value() instanceof byte[] || line.value().toString().equals(kept);
        return line.shown() + (kind.takesTexts() && !isPlain ? " as `" + kept + "`" : "");
    }

    private void addNumbers() {
        addNumber("`Byte`", (byte) 7, "7");
        addNumber("`Short`", (short) 7, "7");
        addNumber("`Integer`", 7, "7");
        addNumber("`Long`", 7L, "7");
        addNumber("`BigInteger`", BigInteger.valueOf(7), "7");
        for (String decimal : List.of("1.5", "1.0", "1E+3")) {
            addNumber("`BigDecimal` " + decimal, new BigDecimal(decimal), decimal);
        }
        String many = "123456789.123456789";
        addNumber("`BigDecimal` with 18 digits", new BigDecimal(many), many);
        addNumber("`Float` 1.5", 1.5f, "1.5");
        addNumber("`Double` 1.5", 1.5, "1.5");
        addNumber("`Double` 2.0", 2.0, "2.0");
    }

    private void addNumber(String shown, Object number, String text) {
        BigDecimal decimal = new BigDecimal(text);
        Map<Kind, Object> kept = texts(text, text);
        kept.put(Kind.DECIMAL, decimal);
        kept.put(Kind.APPROXIMATE, decimal.doubleValue());
        if (decimal.stripTrailingZeros().scale() <= 0) {
            kept.put(Kind.WHOLE, decimal.longValueExact());
        }
        add(shown, number, kept);
    }

    private void addOthers() {
        add("`Boolean`", true, Kind.TRUTH, true, texts("true", "1"));
        add("`Character`", 'x', texts("x", "x"));
        add("enum", TimeUnit.DAYS, texts("DAYS", "DAYS"));
        byte[] bytes = {65, 66};
        add("`byte[]`", bytes, Map.of(Kind.BYTES, bytes, Kind.SQLITE, "AB"));
        add("`UUID`", ID, Kind.UUIDS, ID, texts(ID.toString(), ID.toString()));
        addRefused("`int[]` and lists but for arrays of PostgreSQL", new int[] {1});
        addRefused("a text with half of a surrogate pair", "a\ud83d");
        addRefused("half of a surrogate pair as a `char`", '\ude00');
        addRefused("`java.sql.Timestamp`", new Timestamp(0));
        addRefused("`java.sql.Time`", new Time(0));
    }

    private void addTimes() {
        String wideMoment = "2026-03-08T02:30:00.500000000Z";
        OffsetDateTime offset = MOMENT.atOffset(ZoneOffset.ofHours(2));
        ZonedDateTime zoned = MOMENT.atZone(ZoneId.of("Asia/Tokyo"));
        OffsetTime offsetTime = OffsetTime.parse("02:30:00.5+02:00");
        add("`LocalDate`", DAY, Kind.DATE, DAY, texts("2026-03-08", "2026-03-08"));
        add("`LocalTime`", TIME, Kind.TIME, TIME, texts("02:30:00.5", "02:30:00.500000000"));
        add(
                "`LocalDateTime`",
                BOTH,
                Kind.TIMESTAMP,
                BOTH,
                texts("2026-03-08T02:30:00.5", "2026-03-08T02:30:00.500000000"));
        addMoment("`Instant`", MOMENT, texts("2026-03-08T02:30:00.500Z", wideMoment));
        addMoment("`OffsetDateTime`", offset, texts("2026-03-08T04:30:00.5+02:00", wideMoment));
        addMoment("`ZonedDateTime`", zoned, texts("2026-03-08T11:30:00.5+09:00", wideMoment));
        add(
                "`OffsetTime`",
                offsetTime,
                Kind.TIME_WITH_ZONE,
                offsetTime,
                texts("02:30:00.5+02:00", "02:30:00.5+02:00"));
        add("`Duration`", Duration.ofMillis(90_500), texts("PT1M30.5S", "PT1M30.5S"));
        add("`Period`", Period.of(1, 2, 3), texts("P1Y2M3D", "P1Y2M3D"));
        addFirstOfYears();
        addRefused("`LocalDate` of the year 10000", LocalDate.of(10_000, 1, 1));
        addRefused("`LocalDateTime` of the year 0", BOTH.withYear(0));
        addRefused("`Instant` of the year 10000", Instant.parse("+10000-01-01T00:00:00Z"));
    }

    /* Some calendars are Julian then. */
    private void addFirstOfYears() {
        LocalDate first = LocalDate.of(1, 1, 1);
        LocalDateTime both = first.atTime(1, 2, 3);
        add(
                "`LocalDate` of the year 1",
                first,
                Kind.DATE,
                first,
                texts("0001-01-01", "0001-01-01"));
        add(
                "`LocalDateTime` of the year 1",
                both,
                Kind.TIMESTAMP,
                both,
                texts("0001-01-01T01:02:03", "0001-01-01T01:02:03.000000000"));
        add(
                "`Instant` of the year 1",
                both.toInstant(ZoneOffset.UTC),
                Kind.TIMESTAMP_WITH_ZONE,
                both.atOffset(ZoneOffset.UTC),
                texts("0001-01-01T01:02:03Z", "0001-01-01T01:02:03.000000000Z"));
    }

    private void addMoment(String shown, Object value, Map<Kind, Object> texts) {
        add(shown, value, Kind.TIMESTAMP_WITH_ZONE, MOMENT.atOffset(ZoneOffset.UTC), texts);
    }

    private void addTexts() {
        addText(
                "7",
                Map.of(Kind.WHOLE, 7L, Kind.DECIMAL, BigDecimal.valueOf(7), Kind.APPROXIMATE, 7.0));
        addText("1.0", Map.of(Kind.DECIMAL, BigDecimal.ONE, Kind.APPROXIMATE, 1.0));
        addText("1E+3", Map.of(Kind.DECIMAL, BigDecimal.valueOf(1000), Kind.APPROXIMATE, 1000.0));
        for (String text :
                List.of(
                        "1e400",
                        "1d",
                        "0x1p3",
                        "0x10",
                        " 7",
                        "+7",
                        "007",
                        "1_000",
                        "NaN",
                        "yes",
                        "1-2-3-4-5")) {
            addText(text, Map.of());
        }
        addText("true", Map.of(Kind.TRUTH, true));
        addText(ID.toString(), Map.of(Kind.UUIDS, ID));
        addText("2026-03-08", Map.of(Kind.DATE, DAY));
        addText("02:30:00.5", Map.of(Kind.TIME, TIME));
        addText("2026-03-08T02:30:00.5", Map.of(Kind.TIMESTAMP, BOTH));
        addText(
                "2026-03-08T04:30:00.5+02:00",
                Map.of(Kind.TIMESTAMP_WITH_ZONE, MOMENT.atOffset(ZoneOffset.UTC)));
        addText(
                "02:30:00.5+02:00",
                Map.of(Kind.TIME_WITH_ZONE, OffsetTime.parse("02:30:00.5+02:00")));
        for (String text :
                List.of(
                        "now",
                        "23:59",
                        "23:59:60",
                        "24:00:00",
                        "2026-02-30",
                        "2026/03/08",
                        "2026-03-08T02:30")) {
            addText(text, Map.of());
        }
    }

    /* As text each of them is what it is. */
    private void addText(String text, Map<Kind, Object> kept) {
        Map<Kind, Object> all = texts(text, text);
        all.putAll(kept);
        add("`\"" + text + "\"`", text, all);
    }

    private static Map<Kind, Object> texts(String text, String inSqlite) {
        Map<Kind, Object> texts = new EnumMap<>(Kind.class);
        texts.put(Kind.TEXT, text);
        texts.put(Kind.SQLITE, inSqlite);
        return texts;
    }

    private void addRefused(String shown, Object value) {
        add(shown, value, Map.of());
    }

    private void add(String shown, Object value, Kind kind, Object kept, Map<Kind, Object> texts) {
        texts.put(kind, kept);
        add(shown, value, texts);
    }

    private void add(String shown, Object value, Map<Kind, Object> kept) {
        lines.add(new Line(shown, value, kept));
    }
}
