package dev.waxwing.files;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a file as programs that rotate logs give it: a stem, which is the name of the file
 * that is written to, and a number or date, behind it or in front of its extension.
 *
 * @param rank its numbers, of which the first that differs tells; a smaller one is older
 */
record RotatedName(String stem, List<Long> rank, String name) {

    /** The oldest first. */
    static final Comparator<RotatedName> OLDEST_FIRST =
            Comparator.<RotatedName, long[]>comparing(name -> name.numbers(), Arrays::compare)
                    .thenComparing(name -> name.name);

    private static final String PACKED = "(?:\\.gz)?";

    /** A date with or without separators, and what is behind it: a time, a count. */
    private static final Pattern DATED =
            Pattern.compile(
                    "(.+?)[._-]((?:19|20)\\d{2}([-_.]?)(?:0[1-9]|1[0-2])"
                            + "(?:\\3(?:0[1-9]|[12]\\d|3[01]))?[-_.T\\d]*)(\\.[A-Za-z]\\w{0,9}?)??"
                            + PACKED);

    /** A number that counts rotations, or a longer one that is a time. */
    private static final Pattern NUMBERED =
            Pattern.compile("(.+?)[.-](\\d{1,5}|\\d{6,18}(?:[-.T]\\d{1,9})?|old|bak)" + PACKED);

    /** A number in front of the extension, of which nobody knows which way it counts. */
    private static final Pattern NUMBERED_WITHIN =
            Pattern.compile("(.+?)\\.\\d{1,5}(\\.[A-Za-z]\\w{0,9})" + PACKED);

    private static final Pattern LIVE = Pattern.compile("(.+?)" + PACKED);
    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final int DIGITS_OF_A_COUNT = 5;
    private static final int DIGITS_MAX = 18;

    private static final long BY_DATE = 0;
    private static final long BY_COUNT = 1;
    private static final long NOT_ROTATED = 2;

    static RotatedName of(String name) {
        Matcher dated = DATED.matcher(name);
        if (dated.matches()) {
            String extension = dated.group(4) == null ? "" : dated.group(4);
            return new RotatedName(dated.group(1) + extension, date(dated.group(2)), name);
        }
        Matcher numbered = NUMBERED.matcher(name);
        if (numbered.matches()) {
            return new RotatedName(numbered.group(1), number(numbered.group(2)), name);
        }
        Matcher live = LIVE.matcher(name);
        return new RotatedName(live.matches() ? live.group(1) : name, List.of(NOT_ROTATED), name);
    }

    /**
     * Whether a name is that of a file which is written to, with a number in front of its
     * extension: {@code app.1.log}. The number may be a part of the name as well, and the larger
     * one the newer or the older, so it says nothing unless the file is known by something else.
     */
    static boolean isNumberedWithin(String name, String live) {
        Matcher numbered = NUMBERED_WITHIN.matcher(name);
        return numbered.matches() && live.equals(numbered.group(1) + numbered.group(2));
    }

    /**
     * Whether a file of this name may have that one later. A date stays what it was, while a count
     * grows with each rotation.
     */
    boolean mayBecome(RotatedName later) {
        boolean hasDate = rank.get(0) == BY_DATE;
        return stem.equals(later.stem) && (!hasDate || rank.equals(later.rank));
    }

    private long[] numbers() {
        return rank.stream().mapToLong(Long::longValue).toArray();
    }

    /* A short number counts rotations, so the larger is the older one; a long one is a time. */
    private static List<Long> number(String suffix) {
        String digits = suffix.replaceAll("\\D", "");
        if (digits.isEmpty()) {
            return List.of(BY_COUNT, 0L);
        }
        return digits.length() <= DIGITS_OF_A_COUNT
                ? List.of(BY_COUNT, -1 - Long.parseLong(digits))
                : date(suffix);
    }

    /* What is written without separators is compared from its first digit on, as it may be of any precision. */
    private static List<Long> date(String suffix) {
        List<Long> rank = new ArrayList<>(List.of(BY_DATE));
        Matcher digits = DIGITS.matcher(suffix);
        while (digits.find()) {
            boolean isFirst = rank.size() == 1;
            boolean isLong = digits.group().length() > DIGITS_OF_A_COUNT;
            String number = isFirst && isLong ? padded(digits.group()) : digits.group();
            rank.add(Long.parseLong(number.substring(0, Math.min(number.length(), DIGITS_MAX))));
        }
        return List.copyOf(rank);
    }

    private static String padded(String digits) {
        return digits + "0".repeat(Math.max(0, DIGITS_MAX - digits.length()));
    }
}
