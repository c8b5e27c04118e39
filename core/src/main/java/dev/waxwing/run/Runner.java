package dev.waxwing.run;

import dev.waxwing.plan.Plan;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A way of running dataflows, such as on threads of this JVM, which is chosen by its name.
 *
 * <p>Runners are services: a runner has a public class with a public constructor without
 * parameters, which its artifact names as a provider of this interface for {@link ServiceLoader}.
 * Programs that know their runner call it directly and need none of this.
 *
 * <p>Implementations are thread-safe.
 */
public interface Runner {

    /** The name that it is chosen by, such as {@code embedded}: lower-case letters and hyphens. */
    String name();

    /**
     * Starts an execution and returns at once; {@link Execution#await} throws what goes wrong from
     * then on.
     *
     * @param plan to be run, as it is
     * @param settings by name; none has to be given
     * @throws IllegalArgumentException if a setting is unknown or has a value that it cannot have;
     *     nothing is started then
     */
    Execution start(Plan plan, Settings settings);

    /**
     * The runners that are there, in the order in which they are found: those that the context
     * class loader of the calling thread sees, or, if it sees none, those of the class loader of
     * this interface.
     */
    static List<Runner> all() {
        List<Runner> seen = load(Thread.currentThread().getContextClassLoader());
        return seen.isEmpty() ? load(Runner.class.getClassLoader()) : seen;
    }

    /**
     * Finds a runner.
     *
     * @throws IllegalArgumentException if there is none of this name; the message lists those that
     *     there are
     */
    static Runner named(String name) {
        List<Runner> all = all();
        for (Runner runner : all) {
            if (runner.name().equals(name)) {
                return runner;
            }
        }
        String there =
                all.stream()
                        .map(Runner::name)
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", "));
        throw new IllegalArgumentException(
                "there is no runner '"
                        + name
                        + "' on the class path, but "
                        + (there.isEmpty() ? "none at all" : "there are: " + there)
                        + "; add the artifact of the runner, such as waxwing-embedded, or choose"
                        + " another");
    }

    private static List<Runner> load(@Nullable ClassLoader loader) {
        List<Runner> runners = new ArrayList<>();
        ServiceLoader.load(Runner.class, loader).forEach(runners::add);
        return runners;
    }

    /**
     * Settings of a run as text by name, such as {@code workers=4}, for whoever chooses a {@link
     * Runner} by name. Immutable.
     *
     * <p>Each runner says which settings it knows. Times are written as {@link Duration#parse}
     * reads them, flags as {@code true} or {@code false}; a setting that takes several values is
     * given all at once.
     */
    final class Settings {

        private static final Settings NONE = new Settings(Map.of());

        private final Map<String, List<String>> values;

        private Settings(Map<String, List<String>> values) {
            this.values = values;
        }

        /** No settings: a runner takes its defaults. */
        public static Settings none() {
            return NONE;
        }

        /**
         * Returns these settings with another value, or several, of one; with none it is left out.
         */
        public Settings with(String name, String... chosen) {
            return with(name, List.of(chosen));
        }

        /** Returns these settings with other values of one; with none it is left out. */
        public Settings with(String name, List<String> chosen) {
            Map<String, List<String>> copy = new TreeMap<>(values);
            if (chosen.isEmpty()) {
                copy.remove(name);
            } else {
                copy.put(name, List.copyOf(chosen));
            }
            return new Settings(copy);
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

        /**
         * The values of a setting, in the order in which they were given; empty if there are none.
         */
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
            return other instanceof Settings settings && values.equals(settings.values);
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
}
