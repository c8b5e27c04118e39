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

    private static final BigDecimal HALF = new BigDecimal("1.5");
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
        BigDecimal seven = BigDecimal.valueOf(7);
        for (Object number : List.of((byte) 7, (short) 7, 7, 7L)) {
            add(
                    "`" + number.getClass().getSimpleName() + "`",
                    number,
                    Map.of(
                            Kind.WHOLE,
                            7L,
                            Kind.DECIMAL,
                            seven,
                            Kind.APPROXIMATE,
                            7.0,
                            Kind.TEXT,
                            "7",
                            Kind.SQLITE,
                            "7"));
        }
        add(
                "`BigInteger`",
                BigInteger.valueOf(7),
                Map.of(
                        Kind.WHOLE,
                        7L,
                        Kind.DECIMAL,
                        seven,
                        Kind.APPROXIMATE,
                        7.0,
                        Kind.TEXT,
                        "7",
                        Kind.SQLITE,
                        "7"));
        add(
                "`BigDecimal` 1.5",
                HALF,
                Map.of(
                        Kind.DECIMAL,
                        HALF,
                        Kind.APPROXIMATE,
                        1.5,
                        Kind.TEXT,
                        "1.5",
                        Kind.SQLITE,
                        "1.5"));
        add(
                "`BigDecimal` 1.0",
                new BigDecimal("1.0"),
                Map.of(
                        Kind.WHOLE,
                        1L,
                        Kind.DECIMAL,
                        BigDecimal.ONE,
                        Kind.APPROXIMATE,
                        1.0,
                        Kind.TEXT,
                        "1.0",
                        Kind.SQLITE,
                        "1.0"));
        add(
                "`BigDecimal` 1E+3",
                new BigDecimal("1E+3"),
                Map.of(
                        Kind.WHOLE,
                        1000L,
                        Kind.DECIMAL,
                        BigDecimal.valueOf(1000),
                        Kind.APPROXIMATE,
                        1000.0,
                        Kind.TEXT,
                        "1E+3",
                        Kind.SQLITE,
                        "1E+3"));
        add(
                "`BigDecimal` with 18 digits",
                new BigDecimal("123456789.123456789"),
                Map.of(
                        Kind.DECIMAL,
                        new BigDecimal("123456789.123456789"),
                        Kind.APPROXIMATE,
                        123456789.12345679,
                        Kind.TEXT,
                        "123456789.123456789",
                        Kind.SQLITE,
                        "123456789.123456789"));
        add(
                "`Float` 1.5",
                1.5f,
                Map.of(
                        Kind.DECIMAL,
                        HALF,
                        Kind.APPROXIMATE,
                        1.5,
                        Kind.TEXT,
                        "1.5",
                        Kind.SQLITE,
                        "1.5"));
        add(
                "`Double` 1.5",
                1.5,
                Map.of(
                        Kind.DECIMAL,
                        HALF,
                        Kind.APPROXIMATE,
                        1.5,
                        Kind.TEXT,
                        "1.5",
                        Kind.SQLITE,
                        "1.5"));
        add(
                "`Double` 2.0",
                2.0,
                Map.of(
                        Kind.WHOLE,
                        2L,
                        Kind.DECIMAL,
                        BigDecimal.valueOf(2),
                        Kind.APPROXIMATE,
                        2.0,
                        Kind.TEXT,
                        "2.0",
                        Kind.SQLITE,
                        "2.0"));
    }

    private void addOthers() {
        add("`Boolean`", true, Map.of(Kind.TRUTH, true, Kind.TEXT, "true", Kind.SQLITE, "1"));
        add("`Character`", 'x', Map.of(Kind.TEXT, "x", Kind.SQLITE, "x"));
        add("enum", TimeUnit.DAYS, Map.of(Kind.TEXT, "DAYS", Kind.SQLITE, "DAYS"));
        add(
                "`byte[]`",
                new byte[] {65, 66},
                Map.of(Kind.BYTES, new byte[] {65, 66}, Kind.SQLITE, "AB"));
        add(
                "`UUID`",
                ID,
                Map.of(Kind.UUIDS, ID, Kind.TEXT, ID.toString(), Kind.SQLITE, ID.toString()));
        add("`int[]` and lists but for arrays of PostgreSQL", new int[] {1}, Map.of());
        add("a text with half of a surrogate pair", "a\ud83d", Map.of());
        add("half of a surrogate pair as a `char`", '\ude00', Map.of());
        add("`java.sql.Timestamp`", new Timestamp(0), Map.of());
        add("`java.sql.Time`", new Time(0), Map.of());
    }

    private void addTimes() {
        String wideDateTime = "2026-03-08T02:30:00.500000000";
        OffsetDateTime offset = MOMENT.atOffset(ZoneOffset.ofHours(2));
        ZonedDateTime zoned = MOMENT.atZone(ZoneId.of("Asia/Tokyo"));
        OffsetTime offsetTime = OffsetTime.parse("02:30:00.5+02:00");
        add(
                "`LocalDate`",
                DAY,
                Map.of(Kind.DATE, DAY, Kind.TEXT, "2026-03-08", Kind.SQLITE, "2026-03-08"));
        add(
                "`LocalTime`",
                TIME,
                Map.of(
                        Kind.TIME,
                        TIME,
                        Kind.TEXT,
                        "02:30:00.5",
                        Kind.SQLITE,
                        "02:30:00.500000000"));
        add(
                "`LocalDateTime`",
                BOTH,
                Map.of(
                        Kind.TIMESTAMP,
                        BOTH,
                        Kind.TEXT,
                        "2026-03-08T02:30:00.5",
                        Kind.SQLITE,
                        wideDateTime));
        add("`Instant`", MOMENT, moments("2026-03-08T02:30:00.500Z"));
        add("`OffsetDateTime`", offset, moments("2026-03-08T04:30:00.5+02:00"));
        add("`ZonedDateTime`", zoned, moments("2026-03-08T11:30:00.5+09:00"));
        add(
                "`OffsetTime`",
                offsetTime,
                Map.of(
                        Kind.TIME_WITH_ZONE, offsetTime,
                        Kind.TEXT, "02:30:00.5+02:00",
                        Kind.SQLITE, "02:30:00.5+02:00"));
        Duration duration = Duration.ofMillis(90_500);
        add("`Duration`", duration, Map.of(Kind.TEXT, "PT1M30.5S", Kind.SQLITE, "PT1M30.5S"));
        Period period = Period.of(1, 2, 3);
        add("`Period`", period, Map.of(Kind.TEXT, "P1Y2M3D", Kind.SQLITE, "P1Y2M3D"));
        add("`LocalDate` of the year 10000", LocalDate.of(10_000, 1, 1), Map.of());
        add("`LocalDateTime` of the year 0", BOTH.withYear(0), Map.of());
        add("`Instant` of the year 10000", Instant.parse("+10000-01-01T00:00:00Z"), Map.of());
    }

    private static Map<Kind, Object> moments(String text) {
        return Map.of(
                Kind.TIMESTAMP_WITH_ZONE,
                MOMENT.atOffset(ZoneOffset.UTC),
                Kind.TEXT,
                text,
                Kind.SQLITE,
                "2026-03-08T02:30:00.500000000Z");
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
        Map<Kind, Object> all = new EnumMap<>(Kind.class);
        all.putAll(kept);
        all.put(Kind.TEXT, text);
        all.put(Kind.SQLITE, text);
        add("`\"" + text + "\"`", text, all);
    }

    private void add(String shown, Object value, Map<Kind, Object> kept) {
        lines.add(new Line(shown, value, kept));
    }
}
