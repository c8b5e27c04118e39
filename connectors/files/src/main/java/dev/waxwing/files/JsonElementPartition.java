package dev.waxwing.files;

import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The elements of an array in one file.
 *
 * @param <T> what an element is read as
 */
final class JsonElementPartition<T> implements StatefulSourcePartition<T, ElementPosition> {

    private final String part;
    private final ElementParser elements;
    private final int batchItems;
    private final Class<T> type;

    JsonElementPartition(String part, ElementParser elements, int batchItems, Class<T> type) {
        this.part = part;
        this.elements = elements;
        this.batchItems = batchItems;
        this.type = type;
    }

    @Override
    public SourceStatus nextBatch(SourceEmitter<? super T> out) throws IOException {
        for (int items = 0; items < batchItems && (items == 0 || out.hasRoom()); items++) {
            JsonNode element = elements.next();
            if (element == null) {
                return SourceStatus.ENDED;
            }
            emit(element, out);
        }
        return SourceStatus.OPEN;
    }

    @Override
    public ElementPosition snapshot() {
        return new ElementPosition(part, elements.index());
    }

    @Override
    public void close() throws IOException {
        elements.close();
    }

    private void emit(JsonNode element, SourceEmitter<? super T> out) {
        T item;
        try {
            item = elements.mapper().treeToValue(element, type);
        } catch (JacksonException e) {
            String problem = "cannot be read as " + type.getSimpleName() + ": ";
            reject(element, problem + JsonDecoder.words(e), e, out);
            return;
        }
        if (item == null) {
            reject(element, "is null, which is no item; remove it", null, out);
        } else {
            out.emit(item);
        }
    }

    private void reject(
            JsonNode element,
            String problem,
            @Nullable JacksonException cause,
            SourceEmitter<? super T> out) {
        out.reject(
                element.toString(),
                MalformedRecordException.atElement(part, elements.index(), problem, cause));
    }
}
