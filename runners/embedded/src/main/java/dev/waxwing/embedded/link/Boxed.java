package dev.waxwing.embedded.link;

/**
 * Takes an object apart: a number has bits, whatever else there is stays an object. Two objects are
 * equal if both parts are.
 */
final class Boxed {

    /*
     * The compiler removes the box of a number only if nothing holds it. Who has to hold what may be a number, such as a key
     * or the item that a failure names, holds its two parts (docs/decisions/0007), of which the
     * compiler knows by the class which one it is.
     */
    private Boxed() {}

    /** The bits of a number, zero for another object. */
    static long bits(Object item) {
        if (item instanceof Long number) {
            return number;
        }
        if (item instanceof Integer number) {
            return number;
        }
        return item instanceof Double number ? Double.doubleToLongBits(number) : 0;
    }

    /** The object itself, or which kind of number it is. */
    static Object rest(Object item) {
        if (item instanceof Long) {
            return Kind.LONG;
        }
        if (item instanceof Integer) {
            return Kind.INTEGER;
        }
        return item instanceof Double ? Kind.DOUBLE : item;
    }

    /** Whether a rest is that of a number. */
    static boolean isNumber(Object rest) {
        return rest instanceof Kind;
    }

    /** An object of two parts again. */
    static Object of(long bits, Object rest) {
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
