package dev.waxwing.cli.kill;

import dev.waxwing.Dataflow;
import dev.waxwing.files.TextFiles;
import dev.waxwing.state.StateUpdate;
import java.nio.file.Path;
import java.util.Arrays;

/** Writes, for each word that it reads, the word and how often it has come so far. */
public final class RunningCounts {

    static final String NAME = "running-counts";
    static final String LINES = NAME + ".lines";
    static final String COUNTS = NAME + ".counts";

    private RunningCounts() {}

    /** Counts words, which are what blanks part. */
    public static Dataflow flow(Path texts, Path counts, int parts, Path witnesses) {
        Dataflow flow = Dataflow.named(NAME);
        flow.input("lines", new WitnessedSource(TextFiles.directory(texts, "*.txt"), witnesses))
                .flatMap("words", line -> Arrays.asList(line.split(" ")))
                .filter("non-empty", word -> !word.isEmpty())
                .keyOn("by-word", word -> word)
                .statefulMap(
                        "count",
                        (Count before, String word) -> {
                            long n = before == null ? 1 : before.n() + 1;
                            return StateUpdate.keep(new Count(n), word + '\t' + n);
                        })
                .output("counts", TextFiles.appendTo(counts, parts));
        return flow;
    }

    /** How often a word has come. */
    public record Count(long n) {}
}
