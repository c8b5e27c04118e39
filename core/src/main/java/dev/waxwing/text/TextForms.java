package dev.waxwing.text;

import dev.waxwing.internal.UnicodeText;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.math.BigInteger;
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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The table of text forms: one for each type that connectors read from and write as text. A form
 * takes what it prints, and what can be told from it without a guess; all else is refused. No form
 * depends on a locale, a time zone or a charset.
 */
public final class TextForms {

    /*
     * Numbers are those of JSON: no plus sign, no zeros in front, no digits but ASCII's, no hex, no
     * suffix. Times are those of RFC 3339: seconds are not left out, there is no second 60 and no
     * hour 24. The JDK's own parsers take more, and not the same in every version.
     */

    private static final int CONSTANTS_SHOWN_MAX = 12;

    private static final Map<Class<?>, TextForm<?>> FORMS = new LinkedHashMap<>();

    /** Types that have no form, and what is to be taken in place of them. */
    private static final Map<String, String> OLD_TYPES =
            Map.of(
                    "java.util.Date", "an Instant",
                    "java.util.Calendar", "a ZonedDateTime",
                    "java.util.TimeZone", "a ZoneId",
                    "java.sql.Date", "a LocalDate",
                    "java.sql.Time", "a LocalTime",
                    "java.sql.Timestamp", "an Instant or LocalDateTime",
                    "javax.xml.datatype.XMLGregorianCalendar", "a type of java.time",
                    "javax.xml.datatype.Duration", "a Duration or Period");

    static {
        add(String.class, "text", TextForms::whole, TextForms::whole);
        add(Character.class, "one character of UTF-16", TextForms::character, c -> whole("" + c));
        add(Boolean.class, "true or false", TextForms::truth, Object::toString);
        add(Byte.class, range(Byte.MIN_VALUE, Byte.MAX_VALUE), NumberText::toByte, String::valueOf);
        add(
                Short.class,
                range(Short.MIN_VALUE, Short.MAX_VALUE),
                NumberText::toShort,
                String::valueOf);
        add(
                Integer.class,
                range(Integer.MIN_VALUE, Integer.MAX_VALUE),
                NumberText::toInt,
                String::valueOf);
        add(Long.class, range(Long.MIN_VALUE, Long.MAX_VALUE), NumberText::toLong, String::valueOf);
        add(
                BigInteger.class,
                "a whole number of at most " + NumberText.DIGITS_MAX + " digits",
                NumberText::toBigInteger,
                NumberText::print);
        add(
                BigDecimal.class,
                "a decimal number of at most "
                        + NumberText.DIGITS_MAX
                        + " digits and "
                        + NumberText.SCALE_MAX
                        + " places",
                NumberText::toBigDecimal,
                NumberText::print);
        add(
                Double.class,
                "a decimal number that a double holds",
                NumberText::toDouble,
                NumberText::print);
        add(
                Float.class,
                "a decimal number that a float holds",
                NumberText::toFloat,
                NumberText::print);
        add(UUID.class, "a UUID of 36 characters", TextForms::uuid, UUID::toString);
        add(
                Instant.class,
                "a time in UTC such as 2026-01-31T23:59:59.5Z",
                TimeText::instant,
                Instant::toString);
        add(
                OffsetDateTime.class,
                "a time with offset such as 2026-01-31T23:59:59.5+02:00",
                TimeText::offsetDateTime,
                TimeText::print);
        add(
                LocalDateTime.class,
                "a date and time such as 2026-01-31T23:59:59.5",
                TimeText::localDateTime,
                TimeText::print);
        add(LocalDate.class, "a date such as 2026-01-31", TimeText::localDate, LocalDate::toString);
        add(
                LocalTime.class,
                "a time of day such as 23:59:59.5",
                TimeText::localTime,
                TimeText::print);
        add(
                OffsetTime.class,
                "a time of day with offset such as 23:59:59.5+02:00",
                TimeText::offsetTime,
                TimeText::print);
        add(
                Duration.class,
                "a duration such as PT1H2M3.5S",
                TimeText::duration,
                Duration::toString);
        add(Period.class, "a period such as P1Y2M3D", TimeText::period, Period::toString);
        add(
                ZonedDateTime.class,
                "a time with zone such as 2026-01-31T23:59:59.5+01:00[Europe/Berlin]",
                TimeText::zonedDateTime,
                TimeText::print);
        add(
                Year.class,
                "a year, as a whole number from " + Year.MIN_VALUE + " to " + Year.MAX_VALUE,
                TimeText::year,
                Year::toString);
        add(YearMonth.class, "a month such as 2026-01", TimeText::yearMonth, TimeText::print);
        add(
                MonthDay.class,
                "a day of a year such as --01-31",
                TimeText::monthDay,
                MonthDay::toString);
    }

    private TextForms() {}

    /** All forms but those of enums, of which each has its own. */
    public static List<TextForm<?>> all() {
        return List.copyOf(FORMS.values());
    }

    /** The form of a type, which may be primitive or an enum; empty if the type has none. */
    public static Optional<TextForm<?>> of(Class<?> type) {
        Class<?> boxed = boxed(type);
        TextForm<?> form = FORMS.get(boxed);
        if (form == null && Enum.class.isAssignableFrom(boxed) && boxed != Enum.class) {
            form = ofEnum(boxed);
        }
        return Optional.ofNullable(form);
    }

    /**
     * What is wrong with a type of time that has no form, as it is older than {@code java.time}:
     * {@link java.util.Date}, {@link java.util.Calendar}, those of {@code java.sql} and what is
     * derived from them. Their own texts depend on the time zone of the process or lose digits.
     *
     * @return what to do, as a sentence; empty if it is no such type
     */
    public static Optional<String> refusal(Class<?> type) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            String instead = OLD_TYPES.get(at.getName());
            if (instead != null) {
                return Optional.of(
                        "a value of "
                                + type.getName()
                                + " has no text, as it means another time in another zone or loses"
                                + " digits; make it "
                                + instead);
            }
        }
        return Optional.empty();
    }

    /**
     * The text of a value by the form of its class.
     *
     * @throws IllegalArgumentException if the class has no form, or the value no text
     */
    public static String print(Object value) {
        TextForm<?> form =
                of(value.getClass())
                        .orElseThrow(() -> new IllegalArgumentException(noForm(value.getClass())));
        return printWith(form, value);
    }

    private static String noForm(Class<?> type) {
        return refusal(type)
                .orElse(
                        "a value of "
                                + type.getName()
                                + " has no text; make it a string, number, boolean, enum, UUID or a"
                                + " type of java.time first");
    }

    private static <T> String printWith(TextForm<T> form, Object value) {
        return form.print(form.type().cast(value));
    }

    private static <T> void add(
            Class<T> type,
            String description,
            Function<String, T> parser,
            Function<T, String> printer) {
        FORMS.put(type, new TextForm<>(type, description, parser, printer));
    }

    private static Class<?> boxed(Class<?> type) {
        return type.isPrimitive() ? MethodType.methodType(type).wrap().returnType() : type;
    }

    private static String range(long least, long greatest) {
        return "a whole number from " + least + " to " + greatest;
    }

    /* A constant with a body has a class of its own below the enum. */
    @SuppressWarnings("rawtypes")
    private static @Nullable TextForm<?> ofEnum(Class<?> type) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            if (at.isEnum()) {
                return new TextForm<>(Enum.class, constants(at), constantOf(at), Enum::name);
            }
        }
        return null;
    }

    private static String constants(Class<?> type) {
        Object[] all = type.getEnumConstants();
        String names =
                Arrays.stream(all)
                        .limit(CONSTANTS_SHOWN_MAX)
                        .map(constant -> ((Enum<?>) constant).name())
                        .collect(Collectors.joining(", "));
        return "a name of "
                + type.getSimpleName()
                + " ("
                + names
                + (all.length > CONSTANTS_SHOWN_MAX ? ", …)" : ")");
    }

    @SuppressWarnings("rawtypes")
    private static Function<String, Enum> constantOf(Class<?> type) {
        Map<String, Enum> byName =
                Arrays.stream(type.getEnumConstants())
                        .map(Enum.class::cast)
                        .collect(Collectors.toMap(Enum::name, constant -> constant));
        return text -> {
            Enum constant = byName.get(text);
            if (constant == null) {
                throw new IllegalArgumentException();
            }
            return constant;
        };
    }

    /* Half of a pair has no UTF-8 and would become a question mark. */
    private static String whole(String text) {
        int lone = UnicodeText.loneSurrogate(text);
        if (lone >= 0) {
            throw new IllegalArgumentException(
                    "the character at index "
                            + lone
                            + " is half of a surrogate pair; repair it, or put U+FFFD in its place"
                            + " by UnicodeText.replaced");
        }
        return text;
    }

    private static Character character(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException();
        }
        return whole(text).charAt(0);
    }

    private static Boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    private static UUID uuid(String text) {
        if (text.length() != 36) {
            throw new IllegalArgumentException();
        }
        for (int i = 0; i < 36; i++) {
            boolean isDash = i == 8 || i == 13 || i == 18 || i == 23;
            char c = text.charAt(i);
            if (isDash ? c != '-' : Character.digit(c, 16) < 0 || c > 'f') {
                throw new IllegalArgumentException();
            }
        }
        return UUID.fromString(text);
    }
}
