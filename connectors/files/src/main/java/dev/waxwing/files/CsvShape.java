package dev.waxwing.files;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;

/**
 * How CSV files look and what their rows become.
 *
 * @param header names of the columns if the files have no header; else empty
 */
record CsvShape<T>(CsvFormat format, List<String> header, RowShape<T> rows)
        implements Serializable {

    CsvShape {
        header = List.copyOf(header);
        if (new HashSet<>(header).size() < header.size()) {
            throw new IllegalArgumentException(
                    "the names of columns must be distinct, but were " + header);
        }
    }

    CsvShape<T> withFormat(CsvFormat newFormat) {
        return new CsvShape<>(newFormat, header, rows);
    }

    CsvShape<T> withHeader(List<String> names) {
        return new CsvShape<>(format, names, rows);
    }
}
