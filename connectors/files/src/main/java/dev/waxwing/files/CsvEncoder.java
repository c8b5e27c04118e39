package dev.waxwing.files;

import dev.waxwing.text.TextForms;
import java.io.Serializable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes items as rows of CSV; for {@link AppendSink#to} where {@link CsvFiles#append} does not do.
 * Values are written as their text by {@link TextForms}, null as nothing, and empty text as a pair
 * of quotes. A field that holds a delimiter, a quote or a line end is quoted.
 *
 * <p>A row cannot be written if a value has no text, if a component is null that is declared not to
 * be ({@code @NullMarked} code), or if its only column is null, which would be a blank line.
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

    /**
     * Writes records, a column for each component.
     *
     * @throws IllegalArgumentException if a component's type has no text
     */
    public static <R extends Record> CsvEncoder<R> ofRecords(Class<R> type) {
        List<String> names = FieldForm.of(type).stream().<String>map(FieldForm::name).toList();
        return new CsvEncoder<>(names, new RecordColumns<>(type), CsvFormat.DEFAULTS);
    }

    /** What parts fields; a comma by default. */
    public CsvEncoder<X> withDelimiter(char delimiter) {
        return new CsvEncoder<>(header, columns, format.withDelimiter(delimiter));
    }

    @Override
    public void encodeHeader(LineOutput line) {
        write(header.toArray(new String[0]), line);
    }

    @Override
    public void encode(X item, LineOutput line) {
        write(columns.of(item), line);
    }

    private void write(@Nullable String[] fields, LineOutput line) {
        if (fields.length == 1 && fields[0] == null) {
            throw new IllegalArgumentException(
                    "the only column '"
                            + header.get(0)
                            + "' is null, which would be a blank line, and those are passed over"
                            + " when the file is read; give it a value, or add a column");
        }
        for (int i = 0; i < fields.length; i++) {
            if (i > 0) {
                line.write(format.delimiter());
            }
            String text = fields[i];
            if (text != null) {
                if (needsQuotes(text)) {
                    writeQuoted(text, line);
                } else {
                    line.write(text);
                }
            }
        }
    }

    /* A byte order mark would be taken away if the file began with it. */
    private boolean needsQuotes(String text) {
        return text.isEmpty()
                || text.charAt(0) == '\uFEFF'
                || text.indexOf(format.delimiter()) >= 0
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

    /** The fields of an item in order of the header. */
    private interface Columns<X> extends Serializable {
        @Nullable String[] of(X item);
    }

    private record MapColumns(List<String> header) implements Columns<Map<String, ?>> {

        @Override
        public @Nullable String[] of(Map<String, ?> item) {
            @Nullable String[] fields = new String[header.size()];
            int found = 0;
            for (int i = 0; i < fields.length; i++) {
                fields[i] = text(header.get(i), item.get(header.get(i)));
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
            return fields;
        }

        private static @Nullable String text(String column, @Nullable Object value) {
            if (value instanceof String || value instanceof Character) {
                // The sink says what becomes of half of a surrogate pair.
                return value.toString();
            }
            try {
                return value == null ? null : TextForms.print(value);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("column '" + column + "': " + e.getMessage(), e);
            }
        }
    }

    private static final class RecordColumns<X> implements Columns<X> {
        private static final long serialVersionUID = 1L;

        private final Class<X> type;

        /** Made when it is first needed, as it does not travel with the sink. */
        private transient volatile @Nullable List<Component> components;

        RecordColumns(Class<X> type) {
            this.type = type;
        }

        @Override
        public @Nullable String[] of(X item) {
            List<Component> ready = components;
            if (ready == null) {
                ready = Component.of(type);
                components = ready;
            }
            @Nullable String[] fields = new String[ready.size()];
            for (int i = 0; i < fields.length; i++) {
                fields[i] = ready.get(i).text(item);
            }
            return fields;
        }
    }

    private record Component(Method accessor, FieldForm<?> form) {

        static List<Component> of(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            List<FieldForm<?>> forms = FieldForm.of(type);
            return IntStream.range(0, components.length)
                    .mapToObj(i -> new Component(components[i].getAccessor(), forms.get(i)))
                    .peek(component -> component.accessor.setAccessible(true))
                    .toList();
        }

        @Nullable String text(Object item) {
            try {
                return form.write(accessor.invoke(item));
            } catch (InvocationTargetException | IllegalAccessException e) {
                throw new IllegalArgumentException(
                        "component '" + accessor.getName() + "' of " + item + " cannot be read", e);
            }
        }
    }
}
