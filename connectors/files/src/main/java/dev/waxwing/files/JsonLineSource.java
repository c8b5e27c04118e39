package dev.waxwing.files;

import dev.waxwing.function.Supplier;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.StatefulSourcePartition;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

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
    private final JsonShape<T> shape;

    JsonLineSource(FileSet files, ReadOptions options, JsonShape<T> shape) {
        this.files = files.followed(options.follow());
        this.options = options;
        this.shape = shape;
    }

    /** As {@link TextFileSource#withBatchItems}. */
    public JsonLineSource<T> withBatchItems(int items) {
        return new JsonLineSource<>(files, options.withBatchItems(items), shape);
    }

    /** As {@link TextFileSource#withLineBytesMax}. */
    public JsonLineSource<T> withLineBytesMax(int bytes) {
        return new JsonLineSource<>(files, options.withLineBytesMax(bytes), shape);
    }

    /** As {@link TextFileSource#withFollow}. */
    public JsonLineSource<T> withFollow(FollowOptions follow) {
        return new JsonLineSource<>(files, options.withFollow(follow), shape);
    }

    /** As {@link TextFileSource#withCompression}. */
    public JsonLineSource<T> withCompression(Compression choice) {
        return new JsonLineSource<>(files, options.withCompression(choice), shape);
    }

    /** As {@link TextFileSource#withAllowNoFiles}. */
    public JsonLineSource<T> withAllowNoFiles() {
        return new JsonLineSource<>(files.allowingNoFiles(), options, shape);
    }

    /** Maps documents by another mapper, as {@link JsonFiles} says. */
    public JsonLineSource<T> withMapper(Supplier<? extends JsonMapper> mapper) {
        return new JsonLineSource<>(files, options, shape.withMapper(mapper));
    }

    /** As {@link TextFileSource#withOrder}. */
    public JsonLineSource<T> withOrder(FileOrder order) {
        return new JsonLineSource<>(files.withOrder(order), options, shape);
    }

    /** As {@link TextFileSource#withOnUnreadable}. */
    public JsonLineSource<T> withOnUnreadable(OnUnreadable choice) {
        return new JsonLineSource<>(files.withOnUnreadable(choice), options, shape);
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
            String stepId, String forPart, @Nullable FilePosition resumeState) throws Exception {
        ObjectReader reader = shape.reader();
        return LinePartition.open(
                forPart, files, options, new JsonDecoder<>(shape.type(), reader), resumeState);
    }
}
