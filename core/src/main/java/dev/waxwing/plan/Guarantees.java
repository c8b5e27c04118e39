package dev.waxwing.plan;

import dev.waxwing.connector.Promise;
import java.util.Comparator;
import java.util.List;

/**
 * What a plan promises from end to end if it is run with a recovery store: for each sink and each
 * source that feeds it, how often an item has its effect, and the weakest link, for a test to
 * assert.
 *
 * @param paths one for each pair of a source and a sink, in the plan's order
 */
public record Guarantees(List<Path> paths) {

    public Guarantees {
        paths = List.copyOf(paths);
    }

    /**
     * From a source to a sink.
     *
     * @param source full id of the input step
     * @param sink full id of the output step
     * @param promise of the weakest link
     * @param weakest full id of the step that is the weakest link
     * @param reason what makes it that
     */
    public record Path(
            String source, String sink, Promise promise, String weakest, String reason) {}

    /** What all paths keep: the weakest promise. */
    public Promise promise() {
        return weakest().promise();
    }

    /** The path with the weakest promise, the first of several. */
    public Path weakest() {
        return paths.stream()
                .min(Comparator.comparing(Path::promise))
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "the plan has no sink, so it promises nothing; add an"
                                                + " output"));
    }

    /** A line for each path. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Path path : paths) {
            text.append(path.source)
                    .append(" -> ")
                    .append(path.sink)
                    .append(": ")
                    .append(
                            path.promise
                                    .name()
                                    .toLowerCase(java.util.Locale.ROOT)
                                    .replace('_', ' '))
                    .append(", by ")
                    .append(path.weakest)
                    .append(": ")
                    .append(path.reason)
                    .append('\n');
        }
        return text.toString();
    }
}
