package dev.waxwing.cli;

import org.jspecify.annotations.Nullable;

/** Ends a command with a message and an exit code. */
final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandException(int exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** What was given does not fit what there is. */
    static CommandException usage(String message) {
        return new CommandException(ExitCodes.USAGE, message, null);
    }

    /** The dataflow cannot be loaded. */
    static CommandException notLoaded(String message) {
        return new CommandException(ExitCodes.NOT_LOADED, message, null);
    }

    /** The dataflow cannot be loaded; the cause is shown with stack traces only. */
    static CommandException notLoaded(String message, Throwable cause) {
        return new CommandException(ExitCodes.NOT_LOADED, message, cause);
    }

    int exitCode() {
        return exitCode;
    }
}
