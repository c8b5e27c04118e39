package dev.waxwing.recovery.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The changes of a number's type that lose nothing. */
final class Widening {

    private Widening() {}

    /** Turns a value of one type into one of a wider type; null if that may lose something. */
    static @Nullable Function<Object, Object> between(ScalarType from, ScalarType to) {
        boolean isWhole = from.code() <= ScalarType.LONG.code() && isNumber(from);
        boolean fitsInt = isWhole && from != ScalarType.LONG;
        return switch (to) {
            case SHORT -> from == ScalarType.BYTE ? value -> ((Number) value).shortValue() : null;
            case INT -> fitsInt ? value -> ((Number) value).intValue() : null;
            case LONG -> isWhole ? value -> ((Number) value).longValue() : null;
            case FLOAT ->
                    fitsInt && from != ScalarType.INT
                            ? value -> ((Number) value).floatValue()
                            : null;
            case DOUBLE ->
                    fitsInt || from == ScalarType.FLOAT
                            ? value -> ((Number) value).doubleValue()
                            : null;
            case BIG_INTEGER ->
                    isWhole ? value -> BigInteger.valueOf(((Number) value).longValue()) : null;
            case BIG_DECIMAL -> toDecimal(from, isWhole);
            default -> null;
        };
    }

    /**
     * Whether a value that was widened is equal to the wider type's value of the same text: 0.1 as
     * a float is not as a double, and a decimal 1 is not 1.0.
     */
    static boolean keepsEquality(ScalarType from, ScalarType to) {
        boolean isWhole = from != ScalarType.FLOAT && from != ScalarType.DOUBLE;
        return from == to || (isWhole && to != ScalarType.BIG_DECIMAL);
    }

    private static @Nullable Function<Object, Object> toDecimal(ScalarType from, boolean isWhole) {
        if (from == ScalarType.BIG_INTEGER) {
            return value -> new BigDecimal((BigInteger) value);
        }
        return isWhole ? value -> BigDecimal.valueOf(((Number) value).longValue()) : null;
    }

    private static boolean isNumber(ScalarType type) {
        return type != ScalarType.BOOLEAN && type != ScalarType.CHAR;
    }
}
