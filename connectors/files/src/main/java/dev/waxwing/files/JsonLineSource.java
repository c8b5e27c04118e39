package dev.waxwing.files;

import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.StatefulSourcePartition;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads files that have a JSON document a line, in UTF-8; made by {@link JsonFiles}. Blank lines
 * are passed over. A line that is no document of the type is rejected with file and line number.
 * Files and positions are those of {@link TextFileSource}.
 *
 * <p>Immutable; {@code with…} methods return copies.
 *
 * @param <T> what a line is read as
 */
public final class JsonLineSource<T> implements FixedPartitionedSource<T, FilePosition> {

    private static final long serialVersionUID = 1L;

    private final FileSet files;
    private final ReadOptions options;
    private final Class<T> type;

    JsonLineSource(FileSet files, ReadOptions options, Class<T> type) {
        this.files = files.followed(options.follow());
        this.options = options;
        this.type = type;
    }

    /** As {@link TextFileSource#withBatchItems}. */
    public JsonLineSource<T> withBatchItems(int items) {
        return new JsonLineSource<>(files, options.withBatchItems(items), type);
    }

    /** As {@link TextFileSource#withLineBytesMax}. */
    public JsonLineSource<T> withLineBytesMax(int bytes) {
        return new JsonLineSource<>(files, options.withLineBytesMax(bytes), type);
    }

    /** As {@link TextFileSource#withFollow}. */
    public JsonLineSource<T> withFollow(FollowOptions follow) {
        return new JsonLineSource<>(files, options.withFollow(follow), type);
    }

    /** As {@link TextFileSource#withCompression}. */
    public JsonLineSource<T> withCompression(Compression choice) {
        return new JsonLineSource<>(files, options.withCompression(choice), type);
    }

    /** As {@link TextFileSource#withAllowNoFiles}. */
    public JsonLineSource<T> withAllowNoFiles() {
        return new JsonLineSource<>(files.allowingNoFiles(), options, type);
    }

    /** As {@link TextFileSource#withOrder}. */
    public JsonLineSource<T> withOrder(FileOrder order) {
        return new JsonLineSource<>(files.withOrder(order), options, type);
    }

    /** As {@link TextFileSource#withOnUnreadable}. */
    public JsonLineSource<T> withOnUnreadable(OnUnreadable choice) {
        return new JsonLineSource<>(files.withOnUnreadable(choice), options, type);
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
    public StatefulSourcePartition<T, FilePosition> buildPart(
            String stepId, String forPart, @Nullable FilePosition resumeState) throws IOException {
        return LinePartition.open(
                forPart, files, options, name -> new JsonDecoder<>(name, type), resumeState);
    }
}
