package dev.waxwing.files;

import java.io.Serializable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes items as rows of CSV; for {@link AppendSink#to} where {@link CsvFiles#append} does not do.
 * Values are written as their {@code toString()}, null as nothing. A field that holds a delimiter,
 * a quote or a line end is quoted.
 *
 * <p>Immutable.
 *
 * @param <X> item
 */
public final class CsvEncoder<X> implements LineEncoder<X> {

    private static final long serialVersionUID = 1L;

    private final List<String> header;
    private final Columns<X> columns;
    private final CsvFormat format;

    private CsvEncoder(List<String> header, Columns<X> columns, CsvFormat format) {
        this.header = header;
        this.columns = columns;
        this.format = format;
        if (header.isEmpty()) {
            throw new IllegalArgumentException("a row must have at least one column");
        }
    }

    /** Writes maps from column to value. */
    public static CsvEncoder<Map<String, ?>> ofMaps(List<String> header) {
        List<String> names = List.copyOf(header);
        return new CsvEncoder<>(names, new MapColumns(names), CsvFormat.DEFAULTS);
    }

    /** Writes records, a column for each component. */
    public static <R extends Record> CsvEncoder<R> ofRecords(Class<R> type) {
        List<String> names =
                Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
        return new CsvEncoder<>(names, new RecordColumns<>(type), CsvFormat.DEFAULTS);
    }

    /** What parts fields; a comma by default. */
    public CsvEncoder<X> withDelimiter(char delimiter) {
        return new CsvEncoder<>(header, columns, format.withDelimiter(delimiter));
    }

    @Override
    public void encodeHeader(LineOutput line) {
        write(header.toArray(), line);
    }

    @Override
    public void encode(X item, LineOutput line) {
        write(columns.of(item), line);
    }

    private void write(@Nullable Object[] values, LineOutput line) {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                line.write(format.delimiter());
            }
            Object value = values[i];
            String text = value == null ? "" : value.toString();
            boolean wouldBeBlankLine = values.length == 1 && text.isEmpty();
            if (wouldBeBlankLine || needsQuotes(text)) {
                writeQuoted(text, line);
            } else {
                line.write(text);
            }
        }
    }

    private boolean needsQuotes(String text) {
        return text.indexOf(format.delimiter()) >= 0
                || text.indexOf(format.quote()) >= 0
                || text.indexOf('\n') >= 0
                || text.indexOf('\r') >= 0;
    }

    private void writeQuoted(String text, LineOutput line) {
        String quote = String.valueOf(format.quote());
        line.write(format.quote());
        line.write(text.replace(quote, quote + quote));
        line.write(format.quote());
    }

    /** The values of an item in order of the header. */
    private interface Columns<X> extends Serializable {
        @Nullable Object[] of(X item);
    }

    private record MapColumns(List<String> header) implements Columns<Map<String, ?>> {

        @Override
        public @Nullable Object[] of(Map<String, ?> item) {
            @Nullable Object[] values = new Object[header.size()];
            int found = 0;
            for (int i = 0; i < values.length; i++) {
                values[i] = item.get(header.get(i));
                found += item.containsKey(header.get(i)) ? 1 : 0;
            }
            if (found < item.size()) {
                throw new IllegalArgumentException(
                        "a row has columns "
                                + item.keySet()
                                + ", but the header names only "
                                + header
                                + "; remove or name them");
            }
            return values;
        }
    }

    private static final class RecordColumns<X> implements Columns<X> {
        private static final long serialVersionUID = 1L;

        private final Class<X> type;

        /** Made when it is first needed, as it does not travel with the sink. */
        private transient volatile Method @Nullable [] accessors;

        RecordColumns(Class<X> type) {
            this.type = type;
        }

        @Override
        public @Nullable Object[] of(X item) {
            Method[] ready = accessors;
            if (ready == null) {
                ready = accessorsOf(type);
                accessors = ready;
            }
            @Nullable Object[] values = new Object[ready.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = value(ready[i], item);
            }
            return values;
        }

        private static Method[] accessorsOf(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getAccessor)
                    .peek(accessor -> accessor.setAccessible(true))
                    .toArray(Method[]::new);
        }

        private static @Nullable Object value(Method accessor, Object item) {
            try {
                return accessor.invoke(item);
            } catch (InvocationTargetException | IllegalAccessException e) {
                throw new IllegalArgumentException(
                        "component '" + accessor.getName() + "' of " + item + " cannot be read", e);
            }
        }
    }
}
