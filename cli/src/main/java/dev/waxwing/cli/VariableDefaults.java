package dev.waxwing.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Environment variables that stand in for options which are not given: {@code WAXWING_WORKERS} for
 * {@code --workers}, and so on.
 */
final class VariableDefaults implements IDefaultValueProvider {

    /** What only makes sense for one run has no variable. */
    static final Set<String> OPTIONS =
            Set.of(
                    "--class-path",
                    "--runner",
                    "--workers",
                    "--recovery-directory",
                    "--epoch-interval",
                    "--retention",
                    "--restarts",
                    "--stop-timeout",
                    "--quiet",
                    "--stack-traces");

    private final Map<String, String> variables;

    VariableDefaults(Map<String, String> variables) {
        this.variables = variables;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        String variable = variable(argument);
        String value = variable == null ? null : variables.get(variable);
        return value == null || value.isBlank() ? null : value;
    }

    /** The variable that stands in for an option, or null if there is none. */
    static @Nullable String variable(ArgSpec argument) {
        if (argument instanceof OptionSpec option && OPTIONS.contains(option.longestName())) {
            String name = option.longestName().substring(2);
            return "WAXWING_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
        }
        return null;
    }
}
