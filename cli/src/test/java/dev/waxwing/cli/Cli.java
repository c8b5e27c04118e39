package dev.waxwing.cli;

import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Map;

/** Runs commands in this process and keeps what they write. */
final class Cli {

    private Cli() {}

    /** What a command has returned and written. */
    record Result(int exitCode, String out, String err) {}

    static Result run(String... args) {
        return run(Map.of(), args);
    }

    static Result run(Map<String, String> variables, String... args) {
        return run(variables, Screen.NONE, args);
    }

    static Result run(Map<String, String> variables, Screen screen, String... args) {
        return run(variables, screen, new StringWriter(), args);
    }

    /** Answers the question of a command. */
    static Result answering(String answer, String... args) {
        return run(Map.of(), Screen.NONE, new StringWriter(), new StringReader(answer), args);
    }

    /** {@code err} is told when something is to be seen: it is flushed. */
    static Result run(
            Map<String, String> variables, Screen screen, StringWriter err, String... args) {
        return run(variables, screen, err, Reader.nullReader(), args);
    }

    private static Result run(
            Map<String, String> variables,
            Screen screen,
            StringWriter err,
            Reader in,
            String... args) {
        ClassLoader former = Thread.currentThread().getContextClassLoader();
        StringWriter out = new StringWriter();
        try {
            Surroundings surroundings =
                    new Surroundings(
                            in,
                            new PrintWriter(out),
                            new PrintWriter(err),
                            screen,
                            screen,
                            variables);
            int code = WaxwingCommand.run(surroundings, args);
            return new Result(code, out.toString(), err.toString());
        } finally {
            Thread.currentThread().setContextClassLoader(former);
        }
    }
}
