package consumer;

import dev.waxwing.Dataflow;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.step.InvalidDataflowException;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.files.JsonFiles;
import dev.waxwing.files.TextFiles;
import dev.waxwing.http.RequestBody;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Copies JSON, with recovery; fails unless that works, or is refused, as expected. */
@SpringBootApplication
public class Application {

    /** What is copied. */
    public record Visit(String user, long amount) {}

    public static void main(String[] args) throws Exception {
        try (var context = SpringApplication.run(Application.class)) {
            copyText();
            if (args[0].equals("works")) {
                copyJson();
                RequestBody.jsonArray();
            } else {
                requireRefusal();
            }
        }
        System.out.println("Spring Boot " + SpringBootVersion.getVersion() + ": " + args[0]);
    }

    private static void copyText() throws Exception {
        Path directory = Files.createTempDirectory("text");
        Path in = Files.writeString(directory.resolve("in"), "a\nb\n");
        Path out = directory.resolve("out");
        var flow = Dataflow.named("text");
        flow.input("in", TextFiles.lines(in)).output("out", TextFiles.append(out));
        Waxwing.run(flow, RecoveryOptions.in(directory.resolve("store")));
        requireLines(out, List.of("a", "b"));
    }

    private static void copyJson() throws Exception {
        Path directory = Files.createTempDirectory("json");
        Path in = Files.writeString(directory.resolve("in"), "{\"user\":\"a\",\"amount\":1}\n");
        Path out = directory.resolve("out");
        var flow = Dataflow.named("json");
        flow.input("in", JsonFiles.lines(in, Visit.class))
                .keyOn("user", Visit::user)
                .countFinal("visits")
                .map("visit", Visit::new)
                .output("out", JsonFiles.append(out));
        Waxwing.run(flow, RecoveryOptions.in(directory.resolve("store")));
        requireLines(out, List.of("{\"user\":\"a\",\"amount\":1}"));
    }

    private static void requireRefusal() {
        requireRefusal(() -> JsonFiles.lines(Path.of("in"), Visit.class));
        requireRefusal(() -> JsonFiles.append(Path.of("out")));
        requireRefusal(RequestBody::jsonArray);
    }

    private static void requireRefusal(Runnable step) {
        try {
            step.run();
        } catch (InvalidDataflowException e) {
            String wanted = "jackson-annotations 2.21 or newer is needed, but there is 2.18";
            if (e.getMessage().contains(wanted)) {
                return;
            }
            throw e;
        }
        throw new AssertionError("JSON was not refused");
    }

    private static void requireLines(Path file, List<String> expected) throws Exception {
        List<String> lines = Files.readAllLines(file);
        if (!lines.equals(expected)) {
            throw new AssertionError("expected " + expected + ", but was " + lines);
        }
    }
}
