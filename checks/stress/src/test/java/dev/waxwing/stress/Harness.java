package dev.waxwing.stress;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jcstress.Main;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;

/** The jcstress harness in a process of its own, all of whose files are in one directory. */
final class Harness {

    private static final String RESULTS = "jcstress-results-*.bin.gz";

    private final Path directory;

    private Harness(Path directory) {
        this.directory = directory;
    }

    /** Writes to a new directory in the build's. */
    static Harness inTarget() throws IOException, URISyntaxException {
        Path classes =
                Path.of(Harness.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path stress = Files.createDirectories(classes.resolveSibling("stress"));
        return new Harness(Files.createTempDirectory(stress, "run-"));
    }

    /**
     * Runs the tests of the class path, and waits for the end.
     *
     * @return what each configuration of each test gave, whether that is allowed or not
     * @throws IOException if there are no results, or not within the limit
     */
    List<TestResult> run(List<String> options, Duration limit) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        /* What the harness is started with, it starts the others with. */
        command.add("-Djava.io.tmpdir=" + directory);
        command.add("-Djna.tmpdir=" + directory);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Main.class.getName());
        command.addAll(options);
        Process process =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log().toFile())
                        .start();
        try {
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException(
                        "jcstress was to end within "
                                + limit
                                + ", and has not; if one test is missing in what it printed, a"
                                + " worker of that one rests and was not woken: "
                                + log());
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return results();
    }

    /** What the harness has printed, with the counts of all outcomes. */
    Path log() {
        return directory.resolve("log.txt");
    }

    private List<TestResult> results() throws IOException, ClassNotFoundException {
        List<TestResult> results = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, RESULTS)) {
            for (Path file : files) {
                DiskReadCollector reader = new DiskReadCollector(file.toString(), results::add);
                reader.dump();
                reader.close();
            }
        }
        if (results.isEmpty()) {
            throw new IOException(
                    "jcstress was to run all tests of the class path, and has run none, as on a"
                            + " machine with less than two processors; what it printed is in "
                            + log());
        }
        return results;
    }
}
