package dev.waxwing.files;

import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;

/**
 * The elements of an array in one file.
 *
 * @param <T> what an element is read as
 */
final class JsonElementPartition<T> implements StatefulSourcePartition<T, ElementPosition> {

    private final String part;
    private final Opening opening;
    private final int batchItems;
    private final Class<T> type;
    private final ObjectReader reader;

    /** After the last element that was read by a parser which has failed, or before. */
    private ElementPosition position;

    /** Null after a failure, as the parser may then be anywhere in the text. */
    private @Nullable ElementParser elements;

    JsonElementPartition(
            ElementPosition position,
            Opening opening,
            int batchItems,
            Class<T> type,
            ObjectReader reader)
            throws IOException {
        this.part = position.file();
        this.position = position;
        this.opening = opening;
        this.batchItems = batchItems;
        this.type = type;
        this.reader = reader;
        this.elements = opening.at(position);
    }

    /** Opens the file, and passes over elements. */
    interface Opening {
        ElementParser at(ElementPosition position) throws IOException;
    }

    @Override
    public SourceStatus nextBatch(SourceEmitter<? super T> out) throws IOException {
        for (int items = 0; items < batchItems && (items == 0 || out.hasRoom()); items++) {
            ElementParser from = elements;
            if (from == null) {
                from = opening.at(position);
                elements = from;
            }
            byte[] element = next(from);
            if (element == null) {
                return SourceStatus.ENDED;
            }
            emit(from, element, out);
        }
        return SourceStatus.OPEN;
    }

    private byte @Nullable [] next(ElementParser from) throws IOException {
        try {
            return from.next();
        } catch (IOException | RuntimeException | Error e) {
            position = snapshot();
            elements = null;
            try {
                from.close();
            } catch (IOException | RuntimeException notClosed) {
                e.addSuppressed(notClosed);
            }
            throw e;
        }
    }

    @Override
    public ElementPosition snapshot() {
        return elements == null || elements.index() == position.index()
                ? position
                : new ElementPosition(part, elements.index(), elements.mark());
    }

    @Override
    public void close() throws IOException {
        if (elements != null) {
            elements.close();
        }
    }

    private void emit(ElementParser from, byte[] element, SourceEmitter<? super T> out) {
        T item;
        try {
            item = reader.readValue(element);
        } catch (JacksonException e) {
            String problem = "cannot be read as " + type.getSimpleName() + ": ";
            reject(from, element, problem + JsonWords.of(e), e, out);
            return;
        }
        if (item == null) {
            reject(from, element, "is null, which is no item; remove it", null, out);
        } else {
            out.emit(item);
        }
    }

    private void reject(
            ElementParser from,
            byte[] element,
            String problem,
            @Nullable JacksonException cause,
            SourceEmitter<? super T> out) {
        out.reject(
                new String(element, StandardCharsets.UTF_8),
                MalformedRecordException.atElement(
                        part,
                        from.elementLine(),
                        from.elementOffset(),
                        from.index(),
                        problem,
                        cause));
    }
}
