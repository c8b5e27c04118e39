package dev.waxwing.run.service;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a run as text by name, such as {@code workers=4}, for whoever chooses a {@link
 * Runner} by name. Immutable.
 *
 * <p>Each runner says which settings it knows. Times are written as {@link Duration#parse} reads
 * them, flags as {@code true} or {@code false}; a setting that takes several values is given all at
 * once.
 */
public final class RunSettings {

    private static final RunSettings NONE = new RunSettings(Map.of());

    private final Map<String, List<String>> values;

    private RunSettings(Map<String, List<String>> values) {
        this.values = values;
    }

    /** No settings: a runner takes its defaults. */
    public static RunSettings none() {
        return NONE;
    }

    /** Returns these settings with another value, or several, of one; with none it is left out. */
    public RunSettings with(String name, String... chosen) {
        return with(name, List.of(chosen));
    }

    /** Returns these settings with other values of one; with none it is left out. */
    public RunSettings with(String name, List<String> chosen) {
        Map<String, List<String>> copy = new TreeMap<>(values);
        if (chosen.isEmpty()) {
            copy.remove(name);
        } else {
            copy.put(name, List.copyOf(chosen));
        }
        return new RunSettings(copy);
    }

    /**
     * Checks that there are no settings but known ones.
     *
     * @param runner the name of the runner that knows them
     * @throws IllegalArgumentException if there are others
     */
    public void requireOnly(String runner, Collection<String> known) {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "runner '"
                                + runner
                                + "' has no setting '"
                                + name
                                + "'; it has: "
                                + String.join(", ", new TreeSet<>(known)));
            }
        }
    }

    /** Whether a value is given. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** The values of a setting, in the order in which they were given; empty if there are none. */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /**
     * The value of a setting; null if it is not given.
     *
     * @throws IllegalArgumentException if several are
     */
    public @Nullable String text(String name) {
        List<String> given = all(name);
        if (given.size() > 1) {
            throw wrong(name, "one value", String.join(", ", given));
        }
        return given.isEmpty() ? null : given.get(0);
    }

    /**
     * The value of a setting as a whole number; null if it is not given.
     *
     * @throws IllegalArgumentException if it is none
     */
    public @Nullable Long number(String name) {
        String text = text(name);
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw wrong(name, "a whole number", text);
        }
    }

    /**
     * The value of a setting as a length of time; null if it is not given.
     *
     * @throws IllegalArgumentException if it is none
     */
    public @Nullable Duration duration(String name) {
        String text = text(name);
        try {
            return text == null ? null : Duration.parse(text);
        } catch (DateTimeException e) {
            throw wrong(name, "a time such as PT0.5S", text);
        }
    }

    /**
     * Whether a setting is {@code true}; it is not if it is not given.
     *
     * @throws IllegalArgumentException if it is neither {@code true} nor {@code false}
     */
    public boolean flag(String name) {
        String text = text(name);
        if (text == null || text.equals("false")) {
            return false;
        }
        if (text.equals("true")) {
            return true;
        }
        throw wrong(name, "true or false", text);
    }

    private static IllegalArgumentException wrong(
            String name, String expected, @Nullable String found) {
        return new IllegalArgumentException(
                "setting '" + name + "' must be " + expected + ", but was '" + found + "'");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RunSettings settings && values.equals(settings.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
