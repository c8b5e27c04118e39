package dev.waxwing.files;

import dev.waxwing.text.Nullness;
import dev.waxwing.text.TextForm;
import dev.waxwing.text.TextForms;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record component as a field of CSV: its text by {@link TextForms}, and nothing, without quotes,
 * for null.
 *
 * @param <T> type of the component, or what is in its {@link Optional}
 */
final class FieldForm<T> {

    private final RecordComponent component;
    private final TextForm<T> form;
    private final boolean isOptional;
    private final boolean forbidsNull;

    private FieldForm(RecordComponent component, TextForm<T> form) {
        this.component = component;
        this.form = form;
        this.isOptional = component.getType() == Optional.class;
        this.forbidsNull = Nullness.forbidsNull(component);
    }

    /**
     * The forms of a record's components.
     *
     * @throws IllegalArgumentException if it is no record, or a component has no text
     */
    static List<FieldForm<?>> of(Class<?> type) {
        if (!type.isRecord()) {
            throw new IllegalArgumentException(
                    type.getName()
                            + " is not a record; name a record whose components are columns, or"
                            + " use maps from column to value");
        }
        return Arrays.stream(type.getRecordComponents()).<FieldForm<?>>map(FieldForm::of).toList();
    }

    private static FieldForm<?> of(RecordComponent component) {
        return new FieldForm<>(
                component,
                TextForms.of(valueType(component))
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "component '"
                                                        + component.getName()
                                                        + "' of "
                                                        + component.getDeclaringRecord().getName()
                                                        + " is of "
                                                        + component.getGenericType().getTypeName()
                                                        + ", which has no text for a field; use a"
                                                        + " string, number, boolean, enum, UUID, a"
                                                        + " type of java.time or an Optional of"
                                                        + " these, or map rows yourself")));
    }

    private static Class<?> valueType(RecordComponent component) {
        return component.getType() == Optional.class
                        && component.getGenericType() instanceof ParameterizedType optional
                        && optional.getActualTypeArguments()[0] instanceof Class<?> inner
                ? inner
                : component.getType();
    }

    String name() {
        return component.getName();
    }

    /**
     * The value of a field.
     *
     * @param isQuoted tells empty text from null
     * @throws IllegalArgumentException if it has no such value
     */
    @Nullable Object read(String text, boolean isQuoted) {
        if (text.isEmpty() && !isQuoted) {
            if (!forbidsNull) {
                return isOptional ? Optional.empty() : null;
            }
            if (form.type() != String.class) {
                throw new IllegalArgumentException(
                        "column '"
                                + name()
                                + "' is empty, but a value is needed: component '"
                                + name()
                                + "' takes no null; write one, or declare it as an Optional"
                                + (component.getType().isPrimitive() ? "" : " or @Nullable"));
            }
        }
        try {
            T value = form.parse(text);
            return isOptional ? Optional.of(value) : value;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "column '"
                            + name()
                            + "' "
                            + e.getMessage()
                            + "; correct it, or declare the component as a String and convert it"
                            + " yourself",
                    e);
        }
    }

    /**
     * The text of a component's value; null for null.
     *
     * @throws IllegalArgumentException if it has none
     */
    @Nullable String write(@Nullable Object item) {
        Object value = item instanceof Optional<?> optional ? optional.orElse(null) : item;
        if (value == null) {
            if (forbidsNull) {
                throw new IllegalArgumentException(
                        "component '"
                                + name()
                                + "' is null, but takes none; declare it as @Nullable or Optional,"
                                + " or give it a value");
            }
            return null;
        }
        if (value instanceof String || value instanceof Character) {
            // The sink says what becomes of half of a surrogate pair.
            return value.toString();
        }
        try {
            return form.print(form.type().cast(value));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("column '" + name() + "': " + e.getMessage(), e);
        }
    }
}
