package dev.waxwing.files;

import dev.waxwing.sink.Owner;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the files of one writer of a directory are called. Immutable.
 *
 * <p>A part that can be seen is named by step, writer, store, epoch and its number in the epoch, so
 * that no two are ever named the same and names sort by time: {@code
 * shop.orders-writer-00-1f0c9a2e-000000000042-0001.jsonl}. Before, the name is hidden and ends with
 * who has written it.
 */
final class PartNames {

    private static final long EPOCH_MAX = 999_999_999_999L;
    private static final int NUMBER_MAX = 9_999;

    private final String writer;
    private final String store;
    private final String suffix;
    private final String writtenBy;
    private final Pattern staged;
    private final Pattern open;
    private final Pattern progress;

    PartNames(Owner owner, String suffix) {
        this.writer = encoded(owner.step()) + "-" + encoded(owner.partition());
        this.store = owner.lineage().toString().substring(0, 8);
        this.suffix = suffix;
        this.writtenBy = writtenBy(owner.generation(), owner.token().toString());
        String by = "\\.(\\d+-[0-9a-f]{8})";
        String start = "\\." + Pattern.quote(writer);
        this.staged =
                Pattern.compile(
                        start
                                + "-[0-9a-f]{8}-(\\d{12,})-\\d{4,}.*"
                                + by
                                + Pattern.quote(HiddenFiles.end("staged")));
        this.open =
                Pattern.compile(start + by + "\\.\\d+" + Pattern.quote(HiddenFiles.end("open")));
        this.progress =
                Pattern.compile(start + by + Pattern.quote(HiddenFiles.end("progress")) + ".*");
    }

    /** Of a part as it will be seen. */
    String visible(long epoch, int number) {
        return String.format(
                Locale.ROOT, "%s-%s-%012d-%04d%s", writer, store, epoch, number, suffix);
    }

    /** Of a part that is complete and waits for its epoch. */
    String staged(String visible) {
        return HiddenFiles.name(visible + "." + writtenBy, "staged");
    }

    /** Of a part that is being written, the so-manieth of this execution. */
    String open(int count) {
        return HiddenFiles.name(writer + "." + writtenBy + "." + count, "open");
    }

    /** As long a name as any of the files may ever have. */
    String longest() {
        String staged = staged(visible(EPOCH_MAX, NUMBER_MAX));
        String replaced = HiddenFiles.fresh(progress());
        return staged.length() > replaced.length() ? staged : replaced;
    }

    /** Of the file that says to whom the writer belongs. */
    String owner() {
        return HiddenFiles.name(writer, "owner");
    }

    /** Of the file that says how far this execution has come. */
    String progress() {
        return HiddenFiles.name(writer + "." + writtenBy, "progress");
    }

    /** Of the file that says how far another execution has come. */
    String progress(long generation, String token) {
        return HiddenFiles.name(writer + "." + writtenBy(generation, token), "progress");
    }

    /** Reads the name of a file; null if it is none that this writer would leave. */
    @Nullable Leftover leftover(String name) {
        Matcher complete = staged.matcher(name);
        if (complete.matches()) {
            return new Leftover(Long.parseLong(complete.group(1)), complete.group(2));
        }
        Matcher begun = open.matcher(name);
        if (begun.matches()) {
            return new Leftover(Long.MAX_VALUE, begun.group(1));
        }
        Matcher noted = progress.matcher(name);
        return noted.matches() ? new Leftover(Long.MAX_VALUE, noted.group(1)) : null;
    }

    /**
     * A hidden file of some execution.
     *
     * @param epoch that it belongs to; the largest number if to none
     * @param writtenBy generation and beginning of the token of the execution
     */
    record Leftover(long epoch, String writtenBy) {

        long generation() {
            return Long.parseLong(writtenBy.substring(0, writtenBy.indexOf('-')));
        }
    }

    /** Whether something was left by the execution that these names are for. */
    boolean isOwn(Leftover leftover) {
        return leftover.writtenBy.equals(writtenBy);
    }

    private static String writtenBy(long generation, String token) {
        return generation + "-" + token.substring(0, 8);
    }

    /* Letters, digits, periods, hyphens and underscores stay; all else becomes percent signs and hexadecimal digits. */
    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }
}
