package dev.waxwing.files;

import dev.waxwing.source.SourceEmitter;

/**
 * Makes an item of a line's bytes. Confined to the thread of its partition.
 *
 * @param <T> item
 */
interface LineDecoder<T> {

    /**
     * Emits the line's item, none for a line that holds none, or rejects the line.
     *
     * @param line the reader stands after the line; its bytes are valid during the call only
     */
    void decode(LineReader line, SourceEmitter<? super T> out);
}
