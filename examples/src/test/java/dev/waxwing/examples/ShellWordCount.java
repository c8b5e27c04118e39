package dev.waxwing.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Word counts as the tools of Unix make them. */
final class ShellWordCount {

    /** Words do not go on in the next file, even if the last line of a file has no end. */
    private static final String SCRIPT =
            "for file; do tr -cs '[:alpha:]' '\\n' < \"$file\" && echo; done"
                    + " | tr A-Z a-z | sort | uniq -c";

    private ShellWordCount() {}

    static Map<String, Long> of(List<Path> files) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("sh", "-c", SCRIPT, "sh"));
        files.forEach(file -> command.add(file.toString()));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("LC_ALL", "C");
        var process = builder.start();
        var counts = new TreeMap<String, Long>();
        try (var lines = process.inputReader()) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var parts = line.strip().split(" ", 2);
                if (parts.length == 2) {
                    counts.put(parts[1], Long.valueOf(parts[0]));
                }
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException("sh ended with " + process.exitValue() + ": " + SCRIPT);
        }
        return counts;
    }
}
