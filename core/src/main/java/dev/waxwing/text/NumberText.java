package dev.waxwing.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * Numbers as JSON writes them. Nothing is rounded but fractions, to the nearest float or double.
 */
final class NumberText {

    /*
     * A float or double is taken if its digits come back: between the smallest normal number and
     * 2^24 or 2^53 all whole numbers are exact and fractions go to the nearest, as everybody
     * expects. Outside of that, the text must be the number itself, rounded to the digits of the
     * text; so 16777217 is no float, 1e400 no double and 1e-400 not zero, but 1e23 is fine.
     *
     * Digits and places are bounded, since a short text can be a number that fills the memory:
     * parsing takes time by the square of the digits, and toBigInteger the places themselves.
     */

    /** Of Jackson, too. */
    static final int DIGITS_MAX = 1_000;

    static final int SCALE_MAX = 100_000;

    private static final int TEXT_MAX = DIGITS_MAX + 20;

    private NumberText() {}

    static byte toByte(String text) {
        return (byte) bounded(text, Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    static short toShort(String text) {
        return (short) bounded(text, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    static int toInt(String text) {
        return (int) bounded(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    static long toLong(String text) {
        return bounded(text, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    static BigInteger toBigInteger(String text) {
        requireWhole(text);
        BigInteger value = new BigInteger(text);
        print(value);
        return value;
    }

    static BigDecimal toBigDecimal(String text) {
        requireDecimal(text);
        BigDecimal value;
        try {
            value = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("its exponent is too large", e);
        }
        checkSize(value);
        return value;
    }

    static double toDouble(String text) {
        requireDecimal(text);
        double value = Double.parseDouble(text);
        double size = Math.abs(value);
        if (size >= 0x1p53 || size < Double.MIN_NORMAL) {
            if (Double.isInfinite(value)) {
                throw new IllegalArgumentException("it is beyond the greatest double");
            }
            requireKept(text, value, Double.toString(value));
        }
        return value;
    }

    static float toFloat(String text) {
        requireDecimal(text);
        float value = Float.parseFloat(text);
        float size = Math.abs(value);
        if (size >= 0x1p24f || size < Float.MIN_NORMAL) {
            if (Float.isInfinite(value)) {
                throw new IllegalArgumentException("it is beyond the greatest float");
            }
            requireKept(text, value, Float.toString(value));
        }
        return value;
    }

    static String print(BigInteger value) {
        /* 3 bits are less than a digit; so no long toString is begun in vain. */
        String text = value.bitLength() > 4 * DIGITS_MAX ? "" : value.abs().toString();
        if (text.isEmpty() || text.length() > DIGITS_MAX) {
            throw tooLarge();
        }
        return value.signum() < 0 ? "-" + text : text;
    }

    static String print(BigDecimal value) {
        checkSize(value);
        return value.toString();
    }

    static String print(double value) {
        if (!Double.isFinite(value)) {
            throw notFinite(Double.toString(value));
        }
        return Double.toString(value);
    }

    static String print(float value) {
        if (!Float.isFinite(value)) {
            throw notFinite(Float.toString(value));
        }
        return Float.toString(value);
    }

    private static long bounded(String text, long least, long greatest) {
        requireWhole(text);
        if (text.length() > 20) {
            throw new IllegalArgumentException("it is out of range");
        }
        long value;
        try {
            value = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("it is out of range", e);
        }
        if (value < least || value > greatest) {
            throw new IllegalArgumentException("it is out of range");
        }
        return value;
    }

    private static void requireKept(String text, double value, String printed) {
        if (value == 0 && isZero(text)) {
            return;
        }
        BigDecimal meant = toBigDecimal(text);
        BigDecimal held = new BigDecimal(value).round(new MathContext(meant.precision()));
        if (value == 0
                || (meant.compareTo(held) != 0 && meant.compareTo(new BigDecimal(printed)) != 0)) {
            throw new IllegalArgumentException("the nearest that the type holds is " + printed);
        }
    }

    /** Whether all digits before an exponent are zero. */
    private static boolean isZero(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 'e' || c == 'E') {
                return true;
            }
            if (c >= '1' && c <= '9') {
                return false;
            }
        }
        return true;
    }

    private static void requireWhole(String text) {
        if (text.length() > TEXT_MAX) {
            throw tooLarge();
        }
        if (wholePart(text) != text.length()) {
            throw new IllegalArgumentException();
        }
    }

    private static void requireDecimal(String text) {
        if (text.length() > TEXT_MAX) {
            throw tooLarge();
        }
        int at = wholePart(text);
        if (at > 0 && at < text.length() && text.charAt(at) == '.') {
            at = digits(text, at + 1);
        }
        if (at > 0 && at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            at = digits(text, at);
        }
        if (at != text.length()) {
            throw new IllegalArgumentException();
        }
    }

    /** Where the sign and digits end that a number begins with; -1 if it begins otherwise. */
    private static int wholePart(String text) {
        int from = text.startsWith("-") ? 1 : 0;
        int to = digits(text, from);
        return to > from + 1 && text.charAt(from) == '0' ? -1 : to;
    }

    /** Where the digits end that begin there; -1 if there is none. */
    private static int digits(String text, int from) {
        int to = from;
        while (to < text.length() && text.charAt(to) >= '0' && text.charAt(to) <= '9') {
            to++;
        }
        return to == from ? -1 : to;
    }

    private static void checkSize(BigDecimal value) {
        if (value.precision() > DIGITS_MAX
                || value.scale() > SCALE_MAX
                || value.scale() < -SCALE_MAX) {
            throw tooLarge();
        }
    }

    private static IllegalArgumentException tooLarge() {
        return new IllegalArgumentException(
                "a number may have at most "
                        + DIGITS_MAX
                        + " digits and "
                        + SCALE_MAX
                        + " places; make it a string if it has more");
    }

    private static IllegalArgumentException notFinite(String value) {
        return new IllegalArgumentException(
                value + " has no text; leave it out, or make it null or a string first");
    }
}
