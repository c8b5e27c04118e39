package dev.waxwing.checks;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A word count of a user, with recovery and state of a record of its own, that is compiled and run
 * against what this build has made.
 */
final class Application {

    /* One class of each module that it needs; the last only to be compiled as a module. */
    private static final List<String> NEEDED =
            List.of(
                    "dev.waxwing.Dataflow",
                    "dev.waxwing.recovery.RecoveryOptions",
                    "dev.waxwing.recovery.sqlite.SqliteRecoveryStore",
                    "dev.waxwing.engine.worker.Worker",
                    "dev.waxwing.embedded.Waxwing",
                    "dev.waxwing.files.TextFiles",
                    "org.sqlite.JDBC",
                    "org.jctools.queues.SpscArrayQueue",
                    "tools.jackson.databind.JsonNode",
                    "tools.jackson.core.JsonParser",
                    "com.fasterxml.jackson.annotation.JsonProperty",
                    "org.jspecify.annotations.Nullable");

    private static final List<String> COMMAND_LINE =
            List.of("dev.waxwing.cli.Main", "picocli.CommandLine", "org.jline.terminal.Terminal");

    private static final String COMMAND_LINE_MAIN = "dev.waxwing.cli/dev.waxwing.cli.Main";

    private static final String MODULE =
            """
            module wordcount {
                requires dev.waxwing.embedded;
                requires dev.waxwing.files;
                %s
            }
            """;

    private static final String MAIN =
            """
            package wordcount;

            import dev.waxwing.Dataflow;
            import dev.waxwing.embedded.EmbeddedOptions;
            import dev.waxwing.embedded.Waxwing;
            import dev.waxwing.files.OnExisting;
            import dev.waxwing.files.TextFiles;
            import dev.waxwing.recovery.RecoveryOptions;
            import dev.waxwing.state.StateUpdate;
            import java.nio.file.Path;
            import java.util.List;

            public final class Main {
                public static void main(String[] args) throws Exception {
                    var folder = Path.of(args[0]);
                    var options =
                            EmbeddedOptions.defaults()
                                    .withRecovery(RecoveryOptions.in(folder.resolve("state")));
                    try (var execution = Waxwing.start(flow(folder), options)) {
                        execution.await();
                    }
                }

                public static Dataflow flow(Path folder) {
                    var flow = Dataflow.named("counts");
                    var counts = TextFiles.append(folder.resolve("counts.txt"));
                    flow.input("lines", TextFiles.lines(List.of(folder.resolve("text.txt"))))
                            .flatMap("words", line -> List.of(line.split(" ")))
                            .keyOn("by-word", word -> word)
                            .statefulMap("count", Main::count)
                            .map("format", (word, count) -> word + " " + count)
                            .output("counts", counts.withOnExisting(OnExisting.TRUNCATE));
                    return flow;
                }

                private static StateUpdate<Seen, Long> count(Seen before, String word) {
                    var now = new Seen(word, before == null ? 1 : before.times() + 1);
                    return StateUpdate.keep(now, now.times());
                }
            }
            """;

    private static final String STATE =
            """
            package wordcount;

            record Seen(String word, long times) {}
            """;

    private static final long RUN_SECONDS_MAX = 120;

    private final Path folder;
    private final Path data;
    private final List<Path> libraries;

    private Application(Path folder, Path data, List<Path> libraries) {
        this.folder = folder;
        this.data = data;
        this.libraries = libraries;
    }

    /**
     * What a run ended with.
     *
     * @param exit zero if it succeeded
     * @param output on both streams
     */
    record Run(int exit, String output) {}

    static Application in(Path folder) throws IOException {
        var sources = Files.createDirectories(folder.resolve("src/wordcount"));
        Files.writeString(sources.resolve("Main.java"), MAIN);
        Files.writeString(sources.resolve("Seen.java"), STATE);
        var libraries = NEEDED.stream().map(Application::placeOf).distinct().toList();
        return new Application(folder, Files.createDirectory(folder.resolve("data")), libraries);
    }

    /** Class folders and jars of the application and of all that it needs. */
    List<Path> withLibraries() throws IOException {
        var all = new ArrayList<Path>();
        all.add(compile());
        all.addAll(libraries);
        return all;
    }

    Path compile() throws IOException {
        return javac("-cp", path(libraries));
    }

    /**
     * Compiles it as a module.
     *
     * @param directives of the module, besides what it requires
     */
    Path compileModule(String directives) throws IOException {
        Files.writeString(folder.resolve("src/module-info.java"), MODULE.formatted(directives));
        return javac("--module-path", path(libraries));
    }

    List<String> onClassPath(Path classes) {
        return List.of("-cp", path(with(classes)), "wordcount.Main");
    }

    List<String> onModulePath(Path classes) {
        return List.of("--module-path", path(with(classes)), "-m", "wordcount/wordcount.Main");
    }

    /** The command line as a module, which loads the application from a class path of its own. */
    List<String> byCommandLine(Path classes) {
        var modules = new ArrayList<>(libraries);
        COMMAND_LINE.forEach(type -> modules.add(placeOf(type)));
        return List.of(
                "--module-path",
                path(modules),
                "-m",
                COMMAND_LINE_MAIN,
                "run",
                "--quiet",
                "-r",
                data.resolve("state").toString(),
                "-cp",
                classes.toString(),
                "wordcount.Main:flow");
    }

    /** Appends to the text that it reads. */
    void write(String lines) throws IOException {
        Files.writeString(
                data.resolve("text.txt"),
                lines,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    Path counts() {
        return data.resolve("counts.txt");
    }

    Run run(List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC"));
        if (Runtime.version().feature() > 17) {
            command.add("--enable-native-access=" + nativeAccess(arguments));
        }
        command.addAll(arguments);
        command.add(data.toString());
        var output = folder.resolve("output.txt");
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            if (!process.waitFor(RUN_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new AssertionError("still runs: " + Files.readString(output));
            }
        } finally {
            process.destroyForcibly();
        }
        return new Run(process.exitValue(), Files.readString(output));
    }

    private static String nativeAccess(List<String> arguments) {
        if (arguments.contains(COMMAND_LINE_MAIN)) {
            return "org.xerial.sqlitejdbc,org.jline";
        }
        return arguments.contains("-m") ? "org.xerial.sqlitejdbc" : "ALL-UNNAMED";
    }

    private Path javac(String... path) throws IOException {
        var classes = folder.resolve("classes");
        var sources = sources();
        var arguments =
                Stream.of(
                                Stream.of("-d", classes.toString()),
                                Arrays.stream(path),
                                sources.stream())
                        .flatMap(part -> part)
                        .toArray(String[]::new);
        var told = new StringWriter();
        var writer = new PrintWriter(told);
        var compiler = ToolProvider.findFirst("javac").orElseThrow();
        if (compiler.run(writer, writer, arguments) != 0) {
            throw new AssertionError("does not compile: " + told);
        }
        return classes;
    }

    private List<String> sources() throws IOException {
        try (var files = Files.walk(folder.resolve("src"))) {
            return files.map(Path::toString).filter(file -> file.endsWith(".java")).toList();
        }
    }

    private List<Path> with(Path classes) {
        return Stream.concat(Stream.of(classes), libraries.stream()).toList();
    }

    private static String path(List<Path> entries) {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static Path placeOf(String name) {
        try {
            var type = Class.forName(name, false, Application.class.getClassLoader());
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new AssertionError(name + " is not on the class path of the checks", e);
        }
    }
}
