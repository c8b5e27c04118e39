package dev.waxwing.cli;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.sink.FencedException;
import dev.waxwing.step.DataflowException;
import java.io.PrintWriter;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Says what went wrong, in words, and picks the exit code. */
final class ErrorReport {

    private final PrintWriter err;
    private final VariableDefaults variables;
    private final BooleanSupplier stackTraces;

    ErrorReport(Surroundings surroundings, BooleanSupplier stackTraces) {
        this.err = surroundings.err();
        this.variables = new VariableDefaults(surroundings.variables());
        this.stackTraces = stackTraces;
    }

    /** The arguments could not be understood. */
    int onUsageError(ParameterException error, String[] args) {
        CommandLine command = error.getCommandLine();
        err.println("waxwing: " + error.getMessage() + fromVariable(error.getArgSpec(), args));
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(error, err)) {
            command.usage(err, command.getColorScheme());
        }
        return ExitCodes.USAGE;
    }

    /** A command threw. */
    int onFailure(Exception error, CommandLine command, @Nullable ParseResult arguments) {
        err.println("waxwing: " + text(error));
        if (stackTraces.getAsBoolean()) {
            error.printStackTrace(err);
        }
        return exitCode(error);
    }

    private String fromVariable(@Nullable ArgSpec argument, String[] args) {
        if (argument == null || variables.defaultValue(argument) == null) {
            return "";
        }
        for (String arg : args) {
            for (String name : ((CommandLine.Model.OptionSpec) argument).names()) {
                if (arg.startsWith(name)) {
                    return "";
                }
            }
        }
        return " (from the environment variable " + VariableDefaults.variable(argument) + ")";
    }

    private static String text(Exception error) {
        boolean isOurs = error instanceof CommandException || error instanceof DataflowException;
        String message = error.getMessage();
        return isOurs && message != null ? message : error.toString();
    }

    private static int exitCode(Exception error) {
        if (error instanceof CommandException known) {
            return known.exitCode();
        }
        if (error instanceof RecoveryException store) {
            return store.isTakenOver() ? ExitCodes.FENCED : ExitCodes.STORE_REFUSED;
        }
        return error.getCause() instanceof FencedException ? ExitCodes.FENCED : ExitCodes.FAILED;
    }
}
