package dev.waxwing.files;

import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.StatefulSourcePartition;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads text files, one item a line, one partition a file; made by {@link TextFiles}.
 *
 * <p>A line ends with {@code \n} or {@code \r\n}, which do not belong to it. Blank lines are items,
 * a last line without an end is one too, a UTF-8 byte order mark is passed over. Files are looked
 * for when the execution starts: what is missing or cannot be read stops it with an error.
 *
 * <p>A partition resumes at a byte offset, on packed files by unpacking and skipping. A file that
 * is shorter than its position is refused. The rest of a last line that was read before it was
 * complete is rejected.
 *
 * <p>Immutable; {@code with…} methods return copies.
 */
public final class TextFileSource implements FixedPartitionedSource<String, FilePosition> {

    private static final long serialVersionUID = 1L;

    private final FileSet files;
    private final ReadOptions options;

    TextFileSource(FileSet files, ReadOptions options) {
        this.files = files.followed(options.follow());
        this.options = options;
    }

    /** How many lines are emitted at most before other work gets its turn; 1,000 by default. */
    public TextFileSource withBatchItems(int items) {
        return new TextFileSource(files, options.withBatchItems(items));
    }

    /** UTF-8 by default; one in which a line feed is the single byte 10, so not UTF-16. */
    public TextFileSource withCharset(Charset charset) {
        return new TextFileSource(files, options.withCharset(charset));
    }

    /** What becomes of lines that cannot be decoded; rejected by default. */
    public TextFileSource withMalformed(MalformedText choice) {
        return new TextFileSource(files, options.withMalformed(choice));
    }

    /**
     * The longest line, without its end; 1 MiB by default. A longer one is rejected: its beginning
     * is handed over, the rest is never held in memory.
     */
    public TextFileSource withLineBytesMax(int bytes) {
        return new TextFileSource(files, options.withLineBytesMax(bytes));
    }

    /** Does not end at the end of a file but waits for more. */
    public TextFileSource withFollow(FollowOptions follow) {
        return new TextFileSource(files, options.withFollow(follow));
    }

    /** {@link Compression#AUTO} by default. */
    public TextFileSource withCompression(Compression choice) {
        return new TextFileSource(files, options.withCompression(choice));
    }

    /** A directory without a matching file is no error, but empty input. */
    public TextFileSource withAllowNoFiles() {
        return new TextFileSource(files.allowingNoFiles(), options);
    }

    /**
     * Reads the files of a directory one after the other, instead of side by side: as one partition
     * that is named by the glob. What was read of a file is known by its key and beginning, so that
     * files may be renamed, packed and copied between two executions, as programs that rotate logs
     * do. Files that were read and are gone are forgotten, but for the one that was read last: that
     * is treated as {@link #withOnUnreadable} says.
     *
     * @throws IllegalArgumentException if the source is not a directory, or is followed
     */
    public TextFileSource withOrder(FileOrder order) {
        return new TextFileSource(files.withOrder(order), options);
    }

    /**
     * What to do with files that are found and cannot be read, such as links that lead nowhere;
     * {@link OnUnreadable#FAIL} by default.
     */
    public TextFileSource withOnUnreadable(OnUnreadable choice) {
        return new TextFileSource(files.withOnUnreadable(choice), options);
    }

    /**
     * The same lines with where they come from; to be called after all other options.
     *
     * @return a source whose partitions and positions are those of this one
     */
    public FixedPartitionedSource<NumberedLine, FilePosition> numbered() {
        return new NumberedLines(files, options);
    }

    TextFileSource withBlockBytes(int bytes) {
        return new TextFileSource(files, options.withBlockBytes(bytes));
    }

    @Override
    public boolean mayListNothing() {
        return files.mayBeEmpty();
    }

    @Override
    public List<String> listParts() throws IOException {
        return files.listParts();
    }

    @Override
    public StatefulSourcePartition<String, FilePosition> buildPart(
            String stepId, String forPart, @Nullable FilePosition resumeState) throws IOException {
        return LinePartition.open(forPart, files, options, new TextDecoder(options), resumeState);
    }
}
