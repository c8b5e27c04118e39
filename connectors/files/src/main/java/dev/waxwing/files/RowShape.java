package dev.waxwing.files;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * What rows become.
 *
 * @param <T> item
 */
interface RowShape<T> extends Serializable {

    /**
     * Fits the shape to the columns of a file.
     *
     * @throws IOException if columns are missing
     */
    Row<T> bind(String file, List<String> header) throws IOException;

    /**
     * Makes an item of the fields of a row, of which there are as many as there are columns.
     * Confined to the thread of its partition.
     */
    interface Row<T> {

        /**
         * @throws IllegalArgumentException if the fields are no such item; the message says why
         */
        T of(List<String> fields);
    }
}
