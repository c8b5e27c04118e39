package dev.waxwing.files;

import dev.waxwing.text.TextForms;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads and writes CSV files, one item a row. */
public final class CsvFiles {

    private CsvFiles() {}

    /**
     * Reads rows as maps from column to text, in order of the header. A map knows no null: a field
     * that is empty is the empty string, quoted or not.
     */
    public static CsvFileSource<Map<String, String>> rows(Path file) {
        return source(FileSet.of(List.of(file)), new MapShape());
    }

    /** Reads rows as maps from files of a directory, as {@link TextFiles#directory}. */
    public static CsvFileSource<Map<String, String>> directory(Path directory, String glob) {
        return source(FileSet.in(directory, glob), new MapShape());
    }

    /**
     * Reads rows as records: each component takes the column of its name, and other columns are
     * left out. Components are of types that {@link TextForms} has, or {@link Optional} of these,
     * and fields are of their forms, or the row is rejected.
     *
     * <p>A field that is empty and not quoted is null, or nothing if the component is {@code
     * Optional}. If the component cannot be null, as it is primitive or of {@code @NullMarked} code
     * and not {@code @Nullable}, the field is the empty string, or the row is rejected if the
     * component is no string. A pair of quotes is the empty string.
     */
    public static <R extends Record> CsvFileSource<R> records(Path file, Class<R> type) {
        return source(FileSet.of(List.of(file)), new RecordShape<>(type));
    }

    /** Reads rows as records from files of a directory, as {@link TextFiles#directory}. */
    public static <R extends Record> CsvFileSource<R> directory(
            Path directory, String glob, Class<R> type) {
        return source(FileSet.in(directory, glob), new RecordShape<>(type));
    }

    /**
     * Appends maps from column to value, as {@link CsvEncoder} writes them. A new file begins with
     * the header; a column that a row does not have is null, and one that the header does not name
     * makes the row fail.
     */
    public static AppendSink<Map<String, ?>> append(Path file, List<String> header) {
        return AppendSink.to(file, CsvEncoder.ofMaps(header));
    }

    /**
     * Appends records, a column for each component, as {@link CsvEncoder} writes them. A new file
     * begins with the header.
     */
    public static <R extends Record> AppendSink<R> append(Path file, Class<R> type) {
        return AppendSink.to(file, CsvEncoder.ofRecords(type));
    }

    /**
     * Writes maps from column to value to the parts of a directory that exists; they can be seen,
     * with names that end with {@code .csv}, when they are complete. Each begins with the header.
     */
    public static RollingSink<Map<String, ?>> rolling(Path directory, List<String> header) {
        return RollingSink.to(directory, ".csv", CsvEncoder.ofMaps(header));
    }

    /** As {@link #rolling(Path, List)}, of records, a column for each component. */
    public static <R extends Record> RollingSink<R> rolling(Path directory, Class<R> type) {
        return RollingSink.to(directory, ".csv", CsvEncoder.ofRecords(type));
    }

    private static <T> CsvFileSource<T> source(FileSet files, RowShape<T> rows) {
        return new CsvFileSource<>(
                files, ReadOptions.DEFAULTS, new CsvShape<>(CsvFormat.DEFAULTS, List.of(), rows));
    }
}
