package dev.waxwing.examples;

import dev.waxwing.Dataflow;
import dev.waxwing.files.OnExisting;
import dev.waxwing.files.TextFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Counts the words of text files and writes the counts when all of them have been read.
 *
 * <p>A word is a run of the letters a to z, in upper or lower case, whatever else is in the files.
 */
public final class WordCount {

    private WordCount() {}

    // region flow
    /** Reads {@code texts}; writes a line for each word, with its count, to {@code counts}. */
    public static Dataflow flow(List<Path> texts, Path counts) {
        var flow = Dataflow.named("word-count");
        flow.input("lines", TextFiles.lines(texts).withCharset(StandardCharsets.ISO_8859_1))
                .flatMap("words", line -> List.of(line.split("[^A-Za-z]+")))
                .filter("non-empty", word -> !word.isEmpty())
                .keyOn("by-word", word -> word.toLowerCase(Locale.ROOT))
                .countFinal("count")
                .map("format", (word, count) -> word + "\t" + count)
                .output("counts", TextFiles.append(counts).withOnExisting(OnExisting.TRUNCATE));
        return flow;
    }

    // endregion

    /** The dataflow over text that is on this machine. */
    public static Dataflow example() throws IOException {
        var run = TextRun.in(Path.of(""), "word-count");
        return flow(run.texts(), run.counts());
    }

    /** The dataflow over a file, or over all files of a directory. */
    public static Dataflow example(Path text) throws IOException {
        var run = TextRun.in(Path.of(""), "word-count", text.toString());
        return flow(run.texts(), run.counts());
    }

    /** Runs it with recovery and prints what it did; the arguments are files or directories. */
    public static void main(String[] args) throws IOException, InterruptedException {
        var run = TextRun.in(Path.of(""), "word-count", args);
        run.execute(flow(run.texts(), run.counts()), Long::sum, System.out);
    }
}
