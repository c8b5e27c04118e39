package dev.waxwing.examples;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.run.Execution;
import dev.waxwing.run.Execution.Counters;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/**
 * A run of a word count on the command line: what it reads, where it writes, what it prints.
 *
 * @param name of the example
 * @param texts files to read
 * @param directory for output and recovery store
 */
record TextRun(String name, List<Path> texts, Path directory) {

    private static final Path LICENSES = Path.of("/usr/share/common-licenses");
    private static final String SHIPPED = "rabbit-hole.txt";
    private static final int TOP = 10;

    /**
     * A run in a directory under {@code base}, which is made: one for each list of files, as a
     * recovery store belongs to what was read.
     *
     * @param files to read, or directories of such; if none, text that is on this machine
     */
    static TextRun in(Path base, String name, String... files) throws IOException {
        var data = ExampleFiles.data(base);
        if (files.length == 0) {
            var directory = Files.createDirectories(data.resolve(name));
            return new TextRun(name, textsOfThisMachine(directory), directory);
        }
        var texts = new ArrayList<Path>();
        for (var file : files) {
            var path = base.resolve(file).toAbsolutePath();
            texts.addAll(Files.isDirectory(path) ? filesIn(path) : List.of(path));
        }
        var folder = "%s-%08x".formatted(name, texts.hashCode());
        return new TextRun(name, texts, Files.createDirectories(data.resolve(folder)));
    }

    Path counts() {
        return directory.resolve("counts.txt");
    }

    Path state() {
        return directory.resolve("state");
    }

    /**
     * Runs a dataflow with recovery and prints what it did.
     *
     * @param together what two lines for the same word in the output mean
     */
    void execute(Dataflow flow, BinaryOperator<Long> together, PrintStream out)
            throws IOException, InterruptedException {
        out.printf(Locale.ROOT, "%s of %,d files, %,d bytes%n", name, texts.size(), bytes());
        print(run(flow), read(together), out);
    }

    // region run
    private Counters run(Dataflow flow) throws InterruptedException {
        var options = EmbeddedOptions.defaults().withRecovery(RecoveryOptions.in(state()));
        try (Execution execution = Waxwing.start(flow, options)) {
            execution.await();
            return execution.counters();
        }
    }

    // endregion

    private void print(Counters counters, Map<String, Long> counts, PrintStream out) {
        var lines = counters.itemsIn();
        var words = counts.values().stream().mapToLong(Long::longValue).sum();
        if (lines == 0) {
            out.println("  read now  nothing new; this is what was counted before");
        } else {
            out.printf(Locale.ROOT, "  read now  %,d lines%n", lines);
        }
        out.printf(Locale.ROOT, "  words     %,d, %,d of them distinct%n", words, counts.size());
        out.printf("  top ten   %s%n", top(counts));
        out.printf(
                Locale.ROOT, "  epochs    %,d decided since the start%n", counters.decidedEpoch());
        out.printf("  output    %s%n", counts());
        out.printf("  state     %s%n", state());
    }

    private Map<String, Long> read(BinaryOperator<Long> together) throws IOException {
        if (!Files.exists(counts())) {
            return Map.of();
        }
        try (var lines = Files.lines(counts())) {
            return lines.map(line -> line.split("\t"))
                    .collect(
                            Collectors.toMap(
                                    line -> line[0],
                                    line -> Long.valueOf(line[1]),
                                    together,
                                    TreeMap::new));
        }
    }

    private static String top(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(TOP)
                .map(word -> "%s %,d".formatted(word.getKey(), word.getValue()))
                .collect(Collectors.joining(", "));
    }

    private long bytes() throws IOException {
        long bytes = 0;
        for (var text : texts) {
            bytes += Files.size(text);
        }
        return bytes;
    }

    /** The licences that every Debian has, or those of the JDK, or a text that is shipped. */
    private static List<Path> textsOfThisMachine(Path directory) throws IOException {
        for (var place : List.of(LICENSES, Path.of(System.getProperty("java.home"), "legal"))) {
            var found = filesIn(place);
            if (!found.isEmpty()) {
                return found;
            }
        }
        var text = directory.resolve(SHIPPED);
        return List.of(ShippedFile.copy(SHIPPED, text));
    }

    private static List<Path> filesIn(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var paths = Files.walk(directory)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
