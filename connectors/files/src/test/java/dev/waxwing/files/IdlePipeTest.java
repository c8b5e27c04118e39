package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What becomes of an execution that reads a pipe in which nothing comes: in a process of its own.
 */
@Timeout(120)
final class IdlePipeTest {

    private Process process;
    private OutputStream input;
    private BufferedReader output;

    @BeforeEach
    void start() throws IOException {
        process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                IdlePipe.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        input = process.getOutputStream();
        output = process.inputReader(StandardCharsets.UTF_8);
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    @Test
    void stopEndsWhileThePipeIsIdle() throws Exception {
        type("stop\n");

        assertThat(output.readLine()).isEqualTo("stop STOPPED");
        assertThat(output.readLine()).isEqualTo("over");
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void abortEndsWhileThePipeIsIdle() throws Exception {
        type("abort\n");

        assertThat(output.readLine()).isEqualTo("abort ABORTED");
    }

    @Test
    void whatComesAfterAnExecutionIsReadByTheNext() throws Exception {
        type("again\nst");
        assertThat(output.readLine()).isEqualTo("again STOPPED");
        type("op\n");

        assertThat(output.readLine()).isEqualTo("stop STOPPED");
    }

    private void type(String text) throws IOException {
        input.write(text.getBytes(StandardCharsets.UTF_8));
        input.flush();
    }
}
