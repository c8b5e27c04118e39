package dev.waxwing.files;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns the text of a field into a value of a record component's type. */
final class FieldText {

    private static final Map<Class<?>, Function<String, Object>> PARSERS =
            Map.ofEntries(
                    Map.entry(String.class, text -> text),
                    Map.entry(byte.class, Byte::valueOf),
                    Map.entry(Byte.class, Byte::valueOf),
                    Map.entry(short.class, Short::valueOf),
                    Map.entry(Short.class, Short::valueOf),
                    Map.entry(int.class, Integer::valueOf),
                    Map.entry(Integer.class, Integer::valueOf),
                    Map.entry(long.class, Long::valueOf),
                    Map.entry(Long.class, Long::valueOf),
                    Map.entry(float.class, Float::valueOf),
                    Map.entry(Float.class, Float::valueOf),
                    Map.entry(double.class, Double::valueOf),
                    Map.entry(Double.class, Double::valueOf),
                    Map.entry(boolean.class, FieldText::truth),
                    Map.entry(Boolean.class, FieldText::truth),
                    Map.entry(char.class, FieldText::character),
                    Map.entry(Character.class, FieldText::character),
                    Map.entry(BigDecimal.class, BigDecimal::new),
                    Map.entry(BigInteger.class, BigInteger::new),
                    Map.entry(UUID.class, UUID::fromString),
                    Map.entry(Instant.class, Instant::parse),
                    Map.entry(OffsetDateTime.class, OffsetDateTime::parse),
                    Map.entry(LocalDateTime.class, LocalDateTime::parse),
                    Map.entry(LocalDate.class, LocalDate::parse),
                    Map.entry(LocalTime.class, LocalTime::parse),
                    Map.entry(Duration.class, Duration::parse));

    private FieldText() {}

    static boolean isParsed(Class<?> type) {
        return type.isEnum() || PARSERS.containsKey(type);
    }

    /**
     * The value of a field; null for empty text, but for strings.
     *
     * @throws RuntimeException if the text is no such value
     */
    static @Nullable Object parse(String text, Class<?> type) {
        if (text.isEmpty() && type != String.class) {
            if (type.isPrimitive()) {
                throw new IllegalArgumentException("a value is needed, but the field is empty");
            }
            return null;
        }
        Function<String, Object> parser = PARSERS.get(type);
        return parser == null ? constant(text, type) : parser.apply(text);
    }

    private static Object constant(String text, Class<?> type) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("no constant of " + type.getSimpleName());
    }

    private static Object truth(String text) {
        return switch (text) {
            case "true", "TRUE", "True" -> true;
            case "false", "FALSE", "False" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static Object character(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException("more than one character");
        }
        return text.charAt(0);
    }
}
