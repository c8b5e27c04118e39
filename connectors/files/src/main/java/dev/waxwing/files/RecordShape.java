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
        FieldForm.of(type);
    }

    @Override
    public Row<R> bind(String file, List<String> header) throws IOException {
        List<FieldForm<?>> forms = FieldForm.of(type);
        int[] columns = new int[forms.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = header.indexOf(forms.get(i).name());
            if (columns[i] < 0) {
                throw new IOException(
                        "input file '"
                                + file
                                + "' has no column '"
                                + forms.get(i).name()
                                + "', which "
                                + type.getSimpleName()
                                + " needs; its columns are "
                                + header);
            }
        }
        return new Constructing<>(constructor(), forms, columns);
    }

    private Constructor<R> constructor() {
        Class<?>[] types =
                Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new);
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new AssertionError("a record has its canonical constructor", e);
        }
    }

    private record Constructing<R>(
            Constructor<R> constructor, List<FieldForm<?>> forms, int[] columns) implements Row<R> {

        @Override
        public R of(CsvScanner row) {
            @Nullable Object[] arguments = new Object[columns.length];
            for (int i = 0; i < columns.length; i++) {
                String text = row.fields().get(columns[i]);
                arguments[i] = forms.get(i).read(text, row.isQuoted(columns[i]));
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
    }
}
