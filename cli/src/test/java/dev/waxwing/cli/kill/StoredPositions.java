package dev.waxwing.cli.kill;

import dev.waxwing.recovery.sqlite.SqliteRecoveryStore;
import dev.waxwing.recovery.sqlite.inspect.StoreEntries;
import dev.waxwing.recovery.store.StoreReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a store says to resume from.
 *
 * @param epoch the newest decided one; 0 if there is none
 * @param done the newest of which sinks have committed all; 0 if there is none
 * @param lines by source partition, how many are not read again
 * @param bytes by sink partition, how many stay
 */
record StoredPositions(long epoch, long done, Map<String, Long> lines, Map<String, Long> bytes) {

    private static final Pattern LINE = Pattern.compile("\\bline=(\\d+)");
    private static final Pattern BYTES = Pattern.compile("\\bbytes=(\\d+)");

    /** Reads a store, with the positions of a step that reads files and of one that writes them. */
    static StoredPositions in(Path directory, String source, String sink) {
        Map<String, Long> lines = new TreeMap<>();
        Map<String, Long> bytes = new TreeMap<>();
        if (!Files.exists(directory.resolve("recovery.sqlite"))) {
            return new StoredPositions(0, 0, lines, bytes);
        }
        try (StoreReader reader = SqliteRecoveryStore.read(directory)) {
            long epoch = reader.decidedEpoch();
            if (epoch > 0) {
                new StoreEntries(reader)
                        .forEach(
                                epoch,
                                entry -> {
                                    String step = entry.state().stepPath();
                                    if (step.equals(source)) {
                                        lines.put(entry.key(), number(LINE, entry.value()));
                                    } else if (step.equals(sink)) {
                                        bytes.put(entry.key(), number(BYTES, entry.value()));
                                    }
                                });
            }
            return new StoredPositions(epoch, reader.doneEpoch(), lines, bytes);
        }
    }

    long linesOf(String part) {
        return lines.getOrDefault(part, 0L);
    }

    long linesInAll() {
        return lines.values().stream().mapToLong(Long::longValue).sum();
    }

    private static long number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in '" + text + "'");
        }
        return Long.parseLong(matcher.group(1));
    }
}
