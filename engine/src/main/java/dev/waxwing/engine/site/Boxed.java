package dev.waxwing.engine.site;

/**
 * Takes an object apart: a number has bits, whatever else there is stays an object. Two objects are
 * equal if both parts are.
 */
public final class Boxed {

    /*
     * The compiler removes the box of a number only if nothing holds it. Who has to hold what may be a number, such as a key
     * or the item that a failure names, holds its two parts (docs/decisions/0007), of which the
     * compiler knows by the class which one it is.
     */
    private static final int UPPER_HALF = 0x85ebca6b;

    private Boxed() {}

    /**
     * The hash of an object. That of a long or double number is not its own, which is zero for
     * every number whose halves are the same: both halves count, and numbers that count up still
     * do.
     */
    public static int hash(Object item) {
        if (item instanceof Long number) {
            return hashOf(number);
        }
        return item instanceof Double number
                ? hashOf(Double.doubleToLongBits(number))
                : item.hashCode();
    }

    private static int hashOf(long bits) {
        return (int) bits + (int) (bits >>> 32) * UPPER_HALF;
    }

    /** The bits of a number, zero for another object. */
    public static long bits(Object item) {
        if (item instanceof Long number) {
            return number;
        }
        if (item instanceof Integer number) {
            return number;
        }
        return item instanceof Double number ? Double.doubleToLongBits(number) : 0;
    }

    /** The object itself, or which kind of number it is. */
    public static Object rest(Object item) {
        if (item instanceof Long) {
            return Kind.LONG;
        }
        if (item instanceof Integer) {
            return Kind.INTEGER;
        }
        return item instanceof Double ? Kind.DOUBLE : item;
    }

    /** Whether a rest is that of a number. */
    public static boolean isNumber(Object rest) {
        return rest instanceof Kind;
    }

    /** An object of two parts again. */
    public static Object of(long bits, Object rest) {
        if (rest == Kind.LONG) {
            return bits;
        }
        if (rest == Kind.INTEGER) {
            return (int) bits;
        }
        return rest == Kind.DOUBLE ? (Object) Double.longBitsToDouble(bits) : rest;
    }

    /** Which kind of number an object was. */
    private enum Kind {
        LONG,
        INTEGER,
        DOUBLE
    }
}
