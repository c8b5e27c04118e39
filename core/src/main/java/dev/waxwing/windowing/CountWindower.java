package dev.waxwing.windowing;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Windows by count: each holds {@code length} values of the key, and one opens every {@code offset}
 * values. A window closes with its last value, whatever the time; those that are not full close at
 * the end of input, and what comes after it begins a new window. Window {@code i} holds the values
 * from number {@code i * offset} on, counted from 0 in the order in which values are taken; its
 * bounds are the least and the greatest timestamp in it.
 *
 * @param length how many values a window holds; 1 or more
 * @param offset how many values are between the starts of two windows; from 1 to {@code length}
 */
public record CountWindower(int length, int offset) implements Windower<CountWindower.Counted> {

    public CountWindower {
        if (length < 1) {
            throw new IllegalArgumentException("length must be 1 or more, but was " + length);
        }
        if (offset < 1 || offset > length) {
            throw new IllegalArgumentException(
                    "offset must be from 1 to length (" + length + "), but was " + offset);
        }
    }

    /** Windows of {@code length} values, one after the other. */
    public static CountWindower of(int length) {
        return new CountWindower(length, length);
    }

    /** The same with a window that opens every {@code offset} values. */
    public CountWindower every(int values) {
        return new CountWindower(length, values);
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "kind of windows",
                "by count",
                "length of windows",
                Integer.toString(length),
                "offset of windows",
                Integer.toString(offset));
    }

    @Override
    public WindowerLogic<Counted> build(@Nullable Counted resumeState) {
        return new CountWindowerLogic(this, resumeState);
    }

    /**
     * The windows of a key.
     *
     * @param taken the number of the next value
     * @param open in order of their ids
     */
    public record Counted(long taken, List<WindowResult.Metadata> open) {}
}
