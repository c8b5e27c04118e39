package dev.waxwing.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What the process gives to commands. Output is flushed by whoever has written it.
 *
 * @param in answers to questions
 * @param out results go here
 * @param err messages and status go here
 * @param outScreen what {@code out} is
 * @param errScreen what {@code err} is
 * @param variables of the environment
 */
record Surroundings(
        Reader in,
        PrintWriter out,
        PrintWriter err,
        Screen outScreen,
        Screen errScreen,
        Map<String, String> variables) {

    /** Those of this process. */
    static Surroundings ofProcess() {
        return new Surroundings(
                new InputStreamReader(System.in, Charset.defaultCharset()),
                writer(FileDescriptor.out, Screen.OUT),
                writer(FileDescriptor.err, Screen.ERR),
                Screen.OUT,
                Screen.ERR,
                System.getenv());
    }

    /* Results keep every character wherever they go; a terminal has a charset of its own. */
    private static PrintWriter writer(FileDescriptor descriptor, Screen screen) {
        String terminal = System.getProperty("sun.jnu.encoding");
        Charset charset =
                screen.isTerminal() && terminal != null
                        ? Charset.forName(terminal)
                        : StandardCharsets.UTF_8;
        return new PrintWriter(new FileOutputStream(descriptor), false, charset);
    }
}
