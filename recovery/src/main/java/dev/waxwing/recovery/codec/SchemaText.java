package dev.waxwing.recovery.codec;

import dev.waxwing.recovery.GenericConstant;
import dev.waxwing.recovery.GenericObject;
import dev.waxwing.recovery.RecoveryException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Shows stored values as text, by their schema alone. Immutable, thread-safe; making one parses the
 * schema.
 *
 * <p>For example {@code CartState{items=[Item{sku="a", n=2}], expires=2024-01-01T00:00:00Z}}. A
 * value that is a text as a whole stands without quotes.
 */
public final class SchemaText {

    private static final int BYTES_MAX = 64;

    private final StateReader reader;

    private SchemaText(StateReader reader) {
        this.reader = reader;
    }

    /**
     * For values of one schema.
     *
     * @throws RecoveryException if the text is no schema
     */
    public static SchemaText of(String schemaText) {
        SchemaDocument document = SchemaJson.read(schemaText);
        return new SchemaText(
                new StateReader(new GenericReaders(document).reader(document.root())));
    }

    /** As {@link #toText(byte[])}, for a single value. */
    public static String toText(String schemaText, byte[] data) {
        return of(schemaText).toText(data);
    }

    /**
     * The text of a value.
     *
     * @throws RecoveryException if the bytes are not exactly one value of the schema
     */
    public String toText(byte[] data) {
        Object value = reader.decode(data);
        if (value instanceof String text) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        append(value, out);
        return out.toString();
    }

    private static void append(@Nullable Object value, StringBuilder out) {
        if (value instanceof String text) {
            JsonText.quote(text, out);
        } else if (value instanceof GenericObject object) {
            out.append(object.typeName());
            append(object.components(), out);
        } else if (value instanceof GenericConstant constant) {
            out.append(constant.name());
        } else if (value instanceof Collection<?> elements) {
            append(elements, out);
        } else if (value instanceof Map<?, ?> map) {
            append(map, out);
        } else if (value instanceof Optional<?> optional) {
            append(optional.orElse(null), out);
        } else if (value instanceof byte[] bytes) {
            append(bytes, out);
        } else if (value instanceof Object[] array) {
            append(Arrays.asList(array), out);
        } else {
            out.append(PrimitiveArrays.toText(value));
        }
    }

    private static void append(Collection<?> elements, StringBuilder out) {
        out.append('[');
        Iterator<?> rest = elements.iterator();
        while (rest.hasNext()) {
            append(rest.next(), out);
            out.append(rest.hasNext() ? ", " : "");
        }
        out.append(']');
    }

    private static void append(Map<?, ?> map, StringBuilder out) {
        out.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            if (entry.getKey() instanceof String name) {
                out.append(name);
            } else {
                append(entry.getKey(), out);
            }
            out.append('=');
            append(entry.getValue(), out);
            separator = ", ";
        }
        out.append('}');
    }

    private static void append(byte[] bytes, StringBuilder out) {
        int shown = Math.min(bytes.length, BYTES_MAX);
        out.append("0x").append(HexFormat.of().formatHex(bytes, 0, shown));
        out.append(shown < bytes.length ? "… (" + bytes.length + " bytes)" : "");
    }
}
