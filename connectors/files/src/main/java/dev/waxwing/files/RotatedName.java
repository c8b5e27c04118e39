package dev.waxwing.files;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a file as programs that rotate logs give it: a stem, which is the name of the file
 * that is written to, and a number or date.
 *
 * @param rank a smaller one is older
 */
record RotatedName(String stem, long rank, String name) {

    /** The oldest first. */
    static final Comparator<RotatedName> OLDEST_FIRST =
            Comparator.<RotatedName>comparingLong(name -> name.rank)
                    .thenComparing(name -> name.name);

    private static final Pattern FORM =
            Pattern.compile("(.+?)(?:[.-](\\d{1,18}(?:[-.T]\\d{1,9})?|old|bak))?(\\.gz)?");
    private static final int DIGITS_OF_A_NUMBER = 5;

    static RotatedName of(String name) {
        Matcher form = FORM.matcher(name);
        if (!form.matches()) {
            return new RotatedName(name, Long.MAX_VALUE, name);
        }
        return new RotatedName(form.group(1), rank(form.group(2)), name);
    }

    /* A short number counts rotations, so the larger is the older one; a long one is a date. */
    private static long rank(@Nullable String suffix) {
        if (suffix == null) {
            return Long.MAX_VALUE;
        }
        String digits = suffix.replaceAll("\\D", "");
        if (digits.isEmpty()) {
            return -1;
        }
        if (digits.length() <= DIGITS_OF_A_NUMBER) {
            return -1 - Long.parseLong(digits);
        }
        String padded = (digits + "0".repeat(18)).substring(0, 18);
        return Long.MIN_VALUE / 2 + Long.parseLong(padded);
    }
}
