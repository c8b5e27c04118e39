package dev.waxwing.files;

import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.StatefulSourcePartition;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of CSV files as RFC 4180 describes them; made by {@link CsvFiles}. The first line
 * that is not blank is the header, unless names are given. A quoted field may hold line ends. Blank
 * lines are passed over.
 *
 * <p>A row that is malformed or has more or fewer fields than there are columns is rejected with
 * file and line number; reading goes on at the line after the one that it begins with.
 *
 * <p>Files are those of {@link TextFileSource}. A partition resumes at a record's byte offset; the
 * header is read again first.
 *
 * <p>Immutable; {@code with…} methods return copies.
 *
 * @param <T> what a row becomes
 */
public final class CsvFileSource<T> implements FixedPartitionedSource<T, FilePosition> {

    private static final long serialVersionUID = 1L;

    private final FileSet files;
    private final ReadOptions options;
    private final CsvShape<T> shape;

    CsvFileSource(FileSet files, ReadOptions options, CsvShape<T> shape) {
        this.files = files;
        this.options = options;
        this.shape = shape;
    }

    /** What parts fields; a comma by default. */
    public CsvFileSource<T> withDelimiter(char delimiter) {
        CsvFormat format = shape.format().withDelimiter(delimiter);
        return new CsvFileSource<>(files, options, shape.withFormat(format));
    }

    /** What encloses fields that hold delimiters or line ends; a double quote by default. */
    public CsvFileSource<T> withQuote(char quote) {
        CsvFormat format = shape.format().withQuote(quote);
        return new CsvFileSource<>(files, options, shape.withFormat(format));
    }

    /** Names of the columns of files that have no header: their first line is a row. */
    public CsvFileSource<T> withHeader(String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException(
                    "no columns are named; leave out withHeader if the files have a header");
        }
        return new CsvFileSource<>(files, options, shape.withHeader(List.of(names)));
    }

    /** As {@link TextFileSource#withBatchItems}, in rows. */
    public CsvFileSource<T> withBatchItems(int items) {
        return new CsvFileSource<>(files, options.withBatchItems(items), shape);
    }

    /** UTF-8 by default; or one whose characters are single bytes. */
    public CsvFileSource<T> withCharset(Charset charset) {
        boolean isUtf8 = charset.equals(StandardCharsets.UTF_8);
        if (!isUtf8 && (!charset.canEncode() || charset.newEncoder().maxBytesPerChar() != 1)) {
            throw new IllegalArgumentException(
                    "charset "
                            + charset
                            + " has characters of several bytes, in which a delimiter cannot be"
                            + " told; convert the file to UTF-8 first");
        }
        return new CsvFileSource<>(files, options.withCharset(charset), shape);
    }

    /** As {@link TextFileSource#withMalformed}. */
    public CsvFileSource<T> withMalformed(MalformedText choice) {
        return new CsvFileSource<>(files, options.withMalformed(choice), shape);
    }

    /**
     * The longest record, quoted line ends included; 1 MiB by default. Longer ones are rejected.
     */
    public CsvFileSource<T> withRecordBytesMax(int bytes) {
        return new CsvFileSource<>(files, options.withLineBytesMax(bytes), shape);
    }

    /** As {@link TextFileSource#withCompression}. */
    public CsvFileSource<T> withCompression(Compression choice) {
        return new CsvFileSource<>(files, options.withCompression(choice), shape);
    }

    /** As {@link TextFileSource#withAllowNoFiles}. */
    public CsvFileSource<T> withAllowNoFiles() {
        return new CsvFileSource<>(files.allowingNoFiles(), options, shape);
    }

    /** As {@link TextFileSource#withOrder}. */
    public CsvFileSource<T> withOrder(FileOrder order) {
        return new CsvFileSource<>(files.withOrder(order), options, shape);
    }

    /** As {@link TextFileSource#withOnUnreadable}. */
    public CsvFileSource<T> withOnUnreadable(OnUnreadable choice) {
        return new CsvFileSource<>(files.withOnUnreadable(choice), options, shape);
    }

    CsvFileSource<T> withBlockBytes(int bytes) {
        return new CsvFileSource<>(files, options.withBlockBytes(bytes), shape);
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
            String stepId, String forPart, @Nullable FilePosition resumeState) throws IOException {
        return files.partition(
                forPart,
                options.compression(),
                resumeState,
                (name, path, resume) -> CsvPartition.open(name, path, options, shape, resume));
    }
}
