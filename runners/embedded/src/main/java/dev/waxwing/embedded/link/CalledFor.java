package dev.waxwing.embedded.link;

/**
 * Makes the item that a function was called for, for the message if it threw, of what is remembered
 * at no cost to the items for which it does not.
 */
@FunctionalInterface
interface CalledFor {

    /*
     * A chain over numbers allocates nothing as long as nobody but the next function looks at the box of a number. A
     * handler that names the item looks at it, and then the compiler allocates all boxes of the chain: a tenth of the
     * speed (docs/decisions/0007). So a handler names two things, of which the compiler knows by the class of the item
     * which one it is: the bits of a boxed number, or an object. And before it calls anything with them it evaluates a
     * method reference, CalledFor::item, whose site is linked when the first item fails: compiled code leaves to the
     * interpreter there, and nothing has escaped.
     */
    Object from(long bits, Object object);

    /** The bits of a number, zero for another object. */
    static long bits(Object item) {
        if (item instanceof Long number) {
            return number;
        }
        if (item instanceof Integer number) {
            return number;
        }
        return item instanceof Double number ? Double.doubleToRawLongBits(number) : 0;
    }

    /** The item itself, or which kind of number it is. */
    static Object object(Object item) {
        if (item instanceof Long) {
            return Box.LONG;
        }
        if (item instanceof Integer) {
            return Box.INTEGER;
        }
        return item instanceof Double ? Box.DOUBLE : item;
    }

    /** The item again. */
    static Object item(long bits, Object object) {
        if (object == Box.LONG) {
            return bits;
        }
        if (object == Box.INTEGER) {
            return (int) bits;
        }
        return object == Box.DOUBLE ? (Object) Double.longBitsToDouble(bits) : object;
    }

    /** Which kind of number an item was. */
    enum Box {
        LONG,
        INTEGER,
        DOUBLE
    }
}
