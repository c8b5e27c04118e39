package dev.waxwing.files;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows as records: each component takes the column of its name.
 *
 * @param <R> record
 */
final class RecordShape<R> implements RowShape<R> {

    private static final long serialVersionUID = 1L;

    private final Class<R> type;

    RecordShape(Class<R> type) {
        this.type = type;
        if (!type.isRecord()) {
            throw new IllegalArgumentException(
                    type.getName()
                            + " is not a record; name a record whose components are columns, or"
                            + " read maps with CsvFiles.rows");
        }
        for (RecordComponent component : type.getRecordComponents()) {
            if (!FieldText.isParsed(component.getType())) {
                throw new IllegalArgumentException(
                        "component '"
                                + component.getName()
                                + "' of "
                                + type.getName()
                                + " is of "
                                + component.getType().getName()
                                + ", which is not read from a field; use a string, number, truth"
                                + " value, enum, UUID or a type of java.time, or map rows"
                                + " yourself");
            }
        }
    }

    @Override
    public Row<R> bind(String file, List<String> header) throws IOException {
        RecordComponent[] components = type.getRecordComponents();
        int[] columns = new int[components.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = header.indexOf(components[i].getName());
            if (columns[i] < 0) {
                throw new IOException(
                        "input file '"
                                + file
                                + "' has no column '"
                                + components[i].getName()
                                + "', which "
                                + type.getSimpleName()
                                + " needs; its columns are "
                                + header);
            }
        }
        return new Constructing<>(constructor(components), components, columns);
    }

    private Constructor<R> constructor(RecordComponent[] components) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new AssertionError("a record has its canonical constructor", e);
        }
    }

    private record Constructing<R>(
            Constructor<R> constructor, RecordComponent[] components, int[] columns)
            implements Row<R> {

        @Override
        public R of(List<String> fields) {
            @Nullable Object[] arguments = new Object[columns.length];
            for (int i = 0; i < columns.length; i++) {
                arguments[i] = value(fields.get(columns[i]), components[i]);
            }
            try {
                return constructor.newInstance(arguments);
            } catch (InvocationTargetException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                throw new IllegalArgumentException(
                        constructor.getDeclaringClass().getSimpleName()
                                + " refuses it: "
                                + cause.getMessage(),
                        cause);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(
                        constructor.getDeclaringClass().getName() + " cannot be made", e);
            }
        }

        private static @Nullable Object value(String text, RecordComponent component) {
            try {
                return FieldText.parse(text, component.getType());
            } catch (RuntimeException e) {
                throw new IllegalArgumentException(
                        "column '"
                                + component.getName()
                                + "' is '"
                                + text
                                + "', which is no "
                                + component.getType().getSimpleName()
                                + ": "
                                + e.getMessage(),
                        e);
            }
        }
    }
}
