package dev.waxwing.files;

import java.io.IOException;
import java.io.Serializable;

/**
 * Writes one item as bytes; the line end is added by the sink. Shared by the sink's partitions, so
 * it must be safe to share.
 *
 * @param <X> item
 */
@FunctionalInterface
public interface LineEncoder<X> extends Serializable {

    /**
     * Writes the item to the line.
     *
     * @param line valid during the call only; closing it does nothing
     * @throws Exception if the item cannot be written: nothing of it will be in the file, and the
     *     item is reported as failed
     */
    void encode(X item, LineOutput line) throws Exception;

    /** What a file of such lines begins with, such as the names of columns; as a rule nothing. */
    default void encodeHeader(LineOutput line) throws IOException {}
}
