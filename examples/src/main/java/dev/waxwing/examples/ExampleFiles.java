package dev.waxwing.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where an example that reads one file reads and writes.
 *
 * @param input file to read
 * @param directory for output and recovery store
 */
record ExampleFiles(Path input, Path directory) {

    /** Where all examples write, in the directory that they are run in. */
    static Path data(Path base) {
        return base.toAbsolutePath().resolve("waxwing-data");
    }

    /**
     * A directory under {@code base}, which is made: one for each input, as a recovery store
     * belongs to what was read.
     *
     * @param shipped resource to read if no file is given
     * @param files at most one
     */
    static ExampleFiles in(Path base, String name, String shipped, String... files)
            throws IOException {
        if (files.length > 1) {
            throw new IllegalArgumentException(
                    "example '" + name + "' reads one file, but was given " + files.length);
        }
        var data = data(base);
        if (files.length == 0) {
            var directory = Files.createDirectories(data.resolve(name));
            return new ExampleFiles(
                    ShippedFile.copy(shipped, directory.resolve(shipped)), directory);
        }
        var input = base.resolve(files[0]).toAbsolutePath();
        var folder = "%s-%08x".formatted(name, input.hashCode());
        return new ExampleFiles(input, Files.createDirectories(data.resolve(folder)));
    }

    Path output(String name) {
        return directory.resolve(name);
    }

    Path state() {
        return directory.resolve("state");
    }

    /** How many lines an output has; it is not made before its first item is written. */
    static long lines(Path output) throws IOException {
        if (!Files.exists(output)) {
            return 0;
        }
        try (var lines = Files.lines(output)) {
            return lines.count();
        }
    }

    /** How many lines a CSV file has behind its header. */
    static long items(Path csv) throws IOException {
        return Math.max(0, lines(csv) - 1);
    }
}
