package dev.waxwing.files;

import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one CSV file.
 *
 * @param <T> what a row becomes
 */
final class CsvPartition<T> implements StatefulSourcePartition<T, FilePosition> {

    private final String part;
    private final ReadOptions options;
    private final OpenFile file;
    private final ByteWindow window;
    private final CsvScanner scanner;
    private final Columns<T> columns;

    private CsvPartition(
            String part,
            ReadOptions options,
            OpenFile file,
            ByteWindow window,
            CsvScanner scanner,
            Columns<T> columns) {
        this.part = part;
        this.options = options;
        this.file = file;
        this.window = window;
        this.scanner = scanner;
        this.columns = columns;
    }

    /** How many columns a row has, and what it becomes. */
    private record Columns<T>(int count, RowShape.Row<T> row) {}

    /**
     * Opens a file, reads its header and goes to the position.
     *
     * @param shape its header is empty if the file has one
     */
    static <T> CsvPartition<T> open(
            String part,
            Path path,
            ReadOptions options,
            CsvShape<T> shape,
            @Nullable FilePosition resume)
            throws IOException {
        FileErrors.requireReadable(path);
        OpenFile file = OpenFile.open(part, path, options.compression());
        try {
            ByteWindow window = new ByteWindow(file, options.blockBytes(), 0);
            if (options.isUtf8()) {
                window.skipByteOrderMark();
            }
            CsvScanner scanner = new CsvScanner(window, shape.format(), part, options, 0);
            List<String> header =
                    shape.header().isEmpty() ? readHeader(part, scanner) : shape.header();
            Columns<T> columns = new Columns<>(header.size(), row(part, header, shape.rows()));
            if (resume != null && resume.offset() > scanner.offset()) {
                file.close();
                file = OpenFile.open(part, path, options.compression());
                window = new ByteWindow(file, options.blockBytes(), resume.offset());
                scanner = resumed(part, window, file, options, shape.format(), resume);
            }
            return new CsvPartition<>(part, options, file, window, scanner, columns);
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    @Override
    public SourceStatus nextBatch(SourceEmitter<? super T> out) throws IOException {
        for (int items = 0;
                items < options.batchItems() && (items == 0 || out.hasRoom());
                items++) {
            switch (scanner.next()) {
                case ROW -> row(out);
                case MALFORMED -> reject(scanner.problem(), null, out);
                case NOTHING -> {}
                case END -> {
                    file.requireUnchanged();
                    return SourceStatus.ENDED;
                }
            }
        }
        return SourceStatus.OPEN;
    }

    @Override
    public FilePosition snapshot() {
        return new FilePosition(
                part, scanner.offset(), scanner.lines(), file.mark(scanner.offset()), List.of());
    }

    @Override
    public void close() throws IOException {
        window.close();
    }

    private void row(SourceEmitter<? super T> out) {
        int found = scanner.fields().size();
        if (found != columns.count()) {
            String problem =
                    "it has " + found + " columns, but the header names " + columns.count();
            reject(problem, null, out);
            return;
        }
        T item;
        try {
            item = columns.row().of(scanner);
        } catch (IllegalArgumentException e) {
            reject(String.valueOf(e.getMessage()), e, out);
            return;
        }
        out.emit(item);
    }

    private void reject(String problem, @Nullable Exception cause, SourceEmitter<? super T> out) {
        out.reject(
                scanner.raw(),
                MalformedRecordException.atLine(
                        part, scanner.recordLine(), scanner.recordOffset(), problem, cause));
    }

    /** An empty file has neither columns nor rows, and that is no mistake. */
    private static <T> RowShape.Row<T> row(String part, List<String> header, RowShape<T> rows)
            throws IOException {
        if (header.isEmpty()) {
            return nothing -> {
                throw new IllegalArgumentException("the file had no header when it was opened");
            };
        }
        return rows.bind(part, header);
    }

    private static List<String> readHeader(String part, CsvScanner scanner) throws IOException {
        CsvScanner.Found found = CsvScanner.Found.NOTHING;
        while (found == CsvScanner.Found.NOTHING) {
            found = scanner.next();
        }
        if (found == CsvScanner.Found.MALFORMED) {
            throw new IOException(
                    "input file '"
                            + part
                            + "' has a malformed header in line "
                            + scanner.recordLine()
                            + ": "
                            + scanner.problem());
        }
        if (found == CsvScanner.Found.END) {
            return List.of();
        }
        List<String> header = List.copyOf(scanner.fields());
        Set<String> names = new HashSet<>();
        for (String name : header) {
            if (!names.add(name)) {
                throw new IOException(
                        "input file '"
                                + part
                                + "' has two columns of the name '"
                                + name
                                + "' in its header "
                                + header
                                + "; name them apart, or give names by withHeader");
            }
        }
        return header;
    }

    private static CsvScanner resumed(
            String part,
            ByteWindow window,
            OpenFile file,
            ReadOptions options,
            CsvFormat format,
            FilePosition resume)
            throws IOException {
        boolean isLongEnough = !file.isPlain() || file.size() >= resume.offset();
        if (isLongEnough && !file.begins(resume.mark())) {
            throw FileErrors.changed(part, "byte " + resume.offset());
        }
        int before = file.seekAndLookBack(resume.offset());
        if (before < 0) {
            throw FileErrors.beyondEnd(part, resume.offset(), file.sizeText());
        }
        CsvScanner scanner = new CsvScanner(window, format, part, options, resume.line());
        if (before != '\n') {
            scanner.rejectRestOfLine(
                    "an earlier execution read its beginning, up to byte "
                            + resume.offset()
                            + ", as the last record of the file; this is the rest, which was"
                            + " written later");
        }
        return scanner;
    }
}
