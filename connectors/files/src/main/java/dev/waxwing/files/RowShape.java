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

    /** Makes items. Confined to the thread of its partition. */
    interface Row<T> {

        /**
         * The item of the row that was found last, which has as many fields as there are columns.
         *
         * @throws IllegalArgumentException if the fields are no such item; the message says why
         */
        T of(CsvScanner row);
    }
}
