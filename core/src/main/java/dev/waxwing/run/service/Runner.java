package dev.waxwing.run.service;

import dev.waxwing.plan.Plan;
import dev.waxwing.run.Execution;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
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
    Execution start(Plan plan, RunSettings settings);

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
}
