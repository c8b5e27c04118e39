package dev.waxwing.files;

import dev.waxwing.function.Supplier;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.StatefulSourcePartition;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the elements of an array in a file that is one JSON document; made by {@link
 * JsonFiles#elements}. Only one element is in memory at a time.
 *
 * <p>An element that is malformed or cannot be read as the type is rejected with file and number,
 * from 1. Where brackets do not match, where the file ends within the array, and where what is
 * before or behind it is malformed, reading fails, and fails there again if it is retried, until
 * the file is repaired. A partition resumes at an element, by passing over those before it.
 *
 * <p>Immutable; {@code with…} methods return copies.
 *
 * @param <T> what an element is read as
 */
@SuppressWarnings("exports")
public final class JsonElementSource<T> implements FixedPartitionedSource<T, ElementPosition> {

    private static final long serialVersionUID = 1L;

    private final FileSet files;
    private final ReadOptions options;
    private final String pointer;
    private final JsonShape<T> shape;

    JsonElementSource(FileSet files, ReadOptions options, String pointer, JsonShape<T> shape) {
        this.files = files;
        this.options = options;
        this.pointer = JsonPointer.compile(pointer).toString();
        this.shape = shape;
    }

    /** As {@link TextFileSource#withBatchItems}. */
    public JsonElementSource<T> withBatchItems(int items) {
        return new JsonElementSource<>(files, options.withBatchItems(items), pointer, shape);
    }

    /** As {@link TextFileSource#withCompression}. */
    public JsonElementSource<T> withCompression(Compression choice) {
        return new JsonElementSource<>(files, options.withCompression(choice), pointer, shape);
    }

    /** Maps elements by another mapper, as {@link JsonFiles} says. */
    public JsonElementSource<T> withMapper(Supplier<? extends JsonMapper> mapper) {
        return new JsonElementSource<>(files, options, pointer, shape.withMapper(mapper));
    }

    @Override
    public List<String> listParts() throws IOException {
        return files.listParts();
    }

    @Override
    public StatefulSourcePartition<T, ElementPosition> buildPart(
            String stepId, String forPart, @Nullable ElementPosition resumeState) throws Exception {
        if (resumeState != null && !resumeState.file().equals(forPart)) {
            throw FileErrors.otherFile(forPart, resumeState.file());
        }
        if (resumeState != null) {
            FileErrors.requireReadable(files.path(forPart));
            requireSame(resumeState);
        }
        ElementPosition start = resumeState == null ? new ElementPosition(forPart, 0) : resumeState;
        ObjectReader reader = shape.reader();
        return new WaitingFile<>(
                start,
                files.limit(),
                position ->
                        new JsonElementPartition<>(
                                position, this::open, options.batchItems(), shape.type(), reader));
    }

    private void requireSame(ElementPosition position) throws IOException {
        String part = position.file();
        try (OpenFile file = OpenFile.open(part, files.path(part), options.compression())) {
            if (!file.begins(position.mark())) {
                throw FileErrors.changed(part, "element " + position.index());
            }
        }
    }

    private ElementParser open(ElementPosition position) throws IOException {
        String part = position.file();
        FileErrors.requireReadable(files.path(part));
        requireSame(position);
        OpenFile file = OpenFile.open(part, files.path(part), options.compression());
        try {
            ElementParser elements = ElementParser.open(part, file, pointer);
            elements.skip(position.index());
            return elements;
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }
}
