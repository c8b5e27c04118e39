package dev.waxwing.text;

import java.time.DateTimeException;
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
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Times as in RFC 3339, with the years of ISO 8601 that have more than four digits. */
final class TimeText {

    /*
     * The patterns tell the shape, as the JDK takes an hour 24, a second 60, lower case and, by its
     * version, offsets or no seconds; whether there is such a day is asked of the JDK.
     */

    private static final String YEAR = "(?:-?[0-9]{4}|[+-][1-9][0-9]{4,9})";
    private static final String DATE = YEAR + "-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])";
    private static final String TIME =
            "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,9})?";
    private static final String OFFSET = "(?:Z|[+-][0-9]{2}:[0-5][0-9](?::[0-5][0-9])?)";

    private static final Pattern LOCAL_DATE = Pattern.compile(DATE);
    private static final Pattern YEAR_MONTH = Pattern.compile(YEAR + "-(?:0[1-9]|1[0-2])");
    private static final Pattern MONTH_DAY = Pattern.compile("--[0-9]{2}-[0-9]{2}");
    private static final Pattern ZONED_DATE_TIME =
            Pattern.compile(
                    "(" + DATE + "T" + TIME + OFFSET + ")(?:\\[[A-Za-z][A-Za-z0-9~/._+:-]*\\])?");
    private static final Pattern LOCAL_TIME = Pattern.compile(TIME);
    private static final Pattern LOCAL_DATE_TIME = Pattern.compile(DATE + "T" + TIME);
    private static final Pattern OFFSET_DATE_TIME = Pattern.compile(DATE + "T" + TIME + OFFSET);
    private static final Pattern INSTANT = Pattern.compile(DATE + "T" + TIME + "Z");
    private static final Pattern OFFSET_TIME = Pattern.compile(TIME + OFFSET);
    private static final Pattern PERIOD =
            Pattern.compile("-?P(?=.)(?:-?[0-9]+Y)?(?:-?[0-9]+M)?(?:-?[0-9]+W)?(?:-?[0-9]+D)?");
    private static final Pattern DURATION =
            Pattern.compile(
                    "-?P(?:-?[0-9]+D)?"
                            + "(?:T(?:-?[0-9]+H)?(?:-?[0-9]+M)?(?:-?[0-9]+(?:\\.[0-9]{1,9})?S)?)?");

    private TimeText() {}

    static Instant instant(String text) {
        return parse(text, INSTANT, Instant::parse);
    }

    static OffsetDateTime offsetDateTime(String text) {
        return parse(text, OFFSET_DATE_TIME, OffsetDateTime::parse);
    }

    static LocalDateTime localDateTime(String text) {
        return parse(text, LOCAL_DATE_TIME, LocalDateTime::parse);
    }

    static LocalDate localDate(String text) {
        return parse(text, LOCAL_DATE, LocalDate::parse);
    }

    static LocalTime localTime(String text) {
        return parse(text, LOCAL_TIME, LocalTime::parse);
    }

    static OffsetTime offsetTime(String text) {
        return parse(text, OFFSET_TIME, OffsetTime::parse);
    }

    static Period period(String text) {
        return parse(text, PERIOD, Period::parse);
    }

    static Duration duration(String text) {
        return parse(text, DURATION, Duration::parse);
    }

    /* The JDK takes any offset and goes by the zone, so that the hour would be another. */
    static ZonedDateTime zonedDateTime(String text) {
        ZonedDateTime time = parse(text, ZONED_DATE_TIME, ZonedDateTime::parse);
        int end = text.indexOf('[') < 0 ? text.length() : text.indexOf('[');
        if (!time.toOffsetDateTime().equals(offsetDateTime(text.substring(0, end)))) {
            throw new IllegalArgumentException(
                    "the zone has another offset then, " + time.getOffset());
        }
        return time;
    }

    static Year year(String text) {
        int year = NumberText.toInt(text);
        if (year < Year.MIN_VALUE || year > Year.MAX_VALUE) {
            throw new IllegalArgumentException("it is out of range");
        }
        return Year.of(year);
    }

    static YearMonth yearMonth(String text) {
        return parse(text, YEAR_MONTH, YearMonth::parse);
    }

    static MonthDay monthDay(String text) {
        return parse(text, MONTH_DAY, MonthDay::parse);
    }

    static String print(ZonedDateTime time) {
        return DateTimeFormatter.ISO_ZONED_DATE_TIME.format(time);
    }

    /* The JDK's own leaves out the plus sign of years beyond four digits, without which it reads none. */
    static String print(YearMonth month) {
        return (month.getYear() > 9999 ? "+" : "") + month;
    }

    static String print(OffsetDateTime time) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }

    static String print(LocalDateTime time) {
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
    }

    static String print(LocalTime time) {
        return DateTimeFormatter.ISO_LOCAL_TIME.format(time);
    }

    static String print(OffsetTime time) {
        return DateTimeFormatter.ISO_OFFSET_TIME.format(time);
    }

    private static <T> T parse(String text, Pattern shape, Function<String, T> parser) {
        if (!shape.matcher(text).matches()) {
            throw new IllegalArgumentException();
        }
        try {
            return parser.apply(text);
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("there is no such value", e);
        }
    }
}
