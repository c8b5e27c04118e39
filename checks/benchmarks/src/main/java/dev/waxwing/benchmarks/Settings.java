package dev.waxwing.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is measured, and how long.
 *
 * @param tiny whether inputs are tiny: to see that everything runs, not how fast
 * @param only loads whose names begin with one of these; empty for all
 * @param workers numbers of workers, 1 or 2 each
 * @param length how long
 * @param store where recovery stores are made, or null for the system's temporary directory
 * @param write file for the table, or null
 */
record Settings(
        boolean tiny,
        List<String> only,
        List<Integer> workers,
        Length length,
        @Nullable Path store,
        @Nullable Path write) {

    /**
     * The length of a measurement.
     *
     * @param rounds of each contest
     * @param seconds that a run by hand takes without recovery
     * @param recoverySeconds that a run by hand takes in a contest with recovery; 0 for no such
     *     contest
     */
    record Length(int rounds, double seconds, double recoverySeconds) {}

    private static final Settings QUICK =
            new Settings(true, List.of(), List.of(1, 2), new Length(1, 0.02, 0.02), null, null);

    private static final Settings FULL =
            new Settings(false, List.of(), List.of(1, 2), new Length(7, 3, 30), null, null);

    /** Everything, in seconds. */
    static Settings quick() {
        return QUICK;
    }

    /** {@code quick} or {@code full}, then pairs of an option and its value. */
    static Settings parse(String... arguments) {
        String mode = arguments.length == 0 ? "quick" : arguments[0];
        Settings settings =
                switch (mode) {
                    case "quick" -> QUICK;
                    case "full" -> FULL;
                    default ->
                            throw new IllegalArgumentException(
                                    "the first argument must be quick or full, but was " + mode);
                };
        if (arguments.length % 2 == 0 && arguments.length > 0) {
            throw new IllegalArgumentException("an option has no value; give pairs");
        }
        for (int i = 1; i < arguments.length; i += 2) {
            settings = settings.with(arguments[i], arguments[i + 1]);
        }
        return settings;
    }

    private Settings with(String option, String value) {
        return switch (option.toLowerCase(Locale.ROOT)) {
            case "--only" ->
                    new Settings(tiny, List.of(value.split(",")), workers, length, store, write);
            case "--workers" ->
                    new Settings(
                            tiny,
                            only,
                            List.of(value.split(",")).stream().map(Integer::valueOf).toList(),
                            length,
                            store,
                            write);
            case "--rounds" ->
                    with(
                            new Length(
                                    Integer.parseInt(value),
                                    length.seconds(),
                                    length.recoverySeconds()));
            case "--store" -> new Settings(tiny, only, workers, length, Path.of(value), write);
            case "--write" -> new Settings(tiny, only, workers, length, store, Path.of(value));
            case "--seconds" ->
                    with(
                            new Length(
                                    length.rounds(),
                                    Double.parseDouble(value),
                                    length.recoverySeconds()));
            case "--recovery-seconds" ->
                    with(new Length(length.rounds(), length.seconds(), Double.parseDouble(value)));
            default -> throw new IllegalArgumentException("unknown option " + option);
        };
    }

    private Settings with(Length other) {
        return new Settings(tiny, only, workers, other, store, write);
    }

    /** Whether a load is wanted. */
    boolean wants(String name) {
        return only.isEmpty() || only.stream().anyMatch(name::startsWith);
    }
}
