package dev.waxwing.examples;

import dev.waxwing.Dataflow;
import dev.waxwing.files.OnExisting;
import dev.waxwing.files.TextFiles;
import dev.waxwing.state.StateUpdate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Counts the words of text files and writes the new count with each word. Counts go on where they
 * were when the files have grown and it is run again.
 */
public final class RunningWordCount {

    private RunningWordCount() {}

    // region flow
    /** Reads {@code texts}; writes a line for each word read, with its count so far. */
    public static Dataflow flow(List<Path> texts, Path counts) {
        var flow = Dataflow.named("running-word-count");
        flow.input("lines", TextFiles.lines(texts).withCharset(StandardCharsets.ISO_8859_1))
                .flatMap("words", line -> List.of(line.split("[^A-Za-z]+")))
                .filter("non-empty", word -> !word.isEmpty())
                .keyOn("by-word", word -> word.toLowerCase(Locale.ROOT))
                .statefulMap("count", RunningWordCount::count)
                .map("format", (word, count) -> word + "\t" + count)
                .output("counts", TextFiles.append(counts).withOnExisting(OnExisting.TRUNCATE));
        return flow;
    }

    private static StateUpdate<Long, Long> count(@Nullable Long before, String word) {
        long count = before == null ? 1 : before + 1;
        return StateUpdate.keep(count, count);
    }

    // endregion

    /** The dataflow over text that is on this machine. */
    public static Dataflow example() throws IOException {
        var run = TextRun.in(Path.of(""), "running-word-count");
        return flow(run.texts(), run.counts());
    }

    /** The dataflow over a file, or over all files of a directory. */
    public static Dataflow example(Path text) throws IOException {
        var run = TextRun.in(Path.of(""), "running-word-count", text.toString());
        return flow(run.texts(), run.counts());
    }

    /** Runs it with recovery and prints what it did; the arguments are files or directories. */
    public static void main(String[] args) throws IOException, InterruptedException {
        var run = TextRun.in(Path.of(""), "running-word-count", args);
        run.execute(flow(run.texts(), run.counts()), (before, now) -> now, System.out);
    }
}
