package dev.waxwing.cli;

import java.util.List;

/** Starts the command line in a process of its own. */
public final class Main {

    private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        if (System.getProperty(LOG_FORMAT) == null) {
            boolean stackTraces = List.of(args).contains("--stack-traces");
            System.setProperty(LOG_FORMAT, "%4$s %3$s: %5$s" + (stackTraces ? "%6$s%n" : "%n"));
        }
        System.exit(WaxwingCommand.run(Surroundings.ofProcess(), args));
    }
}
