package dev.waxwing.internal;

import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.zip.Adler32;

/**
 * The text of a key that is the same on every JVM and in every execution, so that a key's sink
 * partition is, too: strings and characters as they are, integers in decimal, UUIDs in their usual
 * form, enums by name, records as {@code Name(a,b)} of these.
 */
public final class CanonicalText {

    private CanonicalText() {}

    /**
     * The canonical text of a key.
     *
     * @throws IllegalArgumentException if the key's type has none; it says what to do
     */
    public static String of(Object key) {
        if (key instanceof String text) {
            return text;
        }
        StringBuilder text = new StringBuilder();
        append(key, text);
        return text.toString();
    }

    /** Adler-32 of the UTF-8 bytes of the key's canonical text, as a signed int. */
    public static int adler32(Object key) {
        Adler32 checksum = new Adler32();
        checksum.update(of(key).getBytes(StandardCharsets.UTF_8));
        return (int) checksum.getValue();
    }

    private static void append(Object key, StringBuilder text) {
        if (key instanceof String || key instanceof Character || key instanceof UUID) {
            text.append(key);
        } else if (key instanceof Long
                || key instanceof Integer
                || key instanceof Short
                || key instanceof Byte
                || key instanceof BigInteger
                || key instanceof Boolean) {
            text.append(key);
        } else if (key instanceof Enum<?> constant) {
            text.append(constant.name());
        } else if (key instanceof Record) {
            appendRecord(key, text);
        } else {
            throw new IllegalArgumentException(
                    "a key of "
                            + key.getClass().getName()
                            + " has no canonical text to choose a sink partition by; key the stream by a"
                            + " string, an integer, a UUID, an enum or a record of these, or give the"
                            + " sink a partFn of its own");
        }
    }

    private static void appendRecord(Object key, StringBuilder text) {
        text.append(key.getClass().getSimpleName());
        char separator = '(';
        for (RecordComponent component : key.getClass().getRecordComponents()) {
            text.append(separator);
            separator = ',';
            append(valueOf(component, key), text);
        }
        text.append(')');
    }

    private static Object valueOf(RecordComponent component, Object key) {
        try {
            component.getAccessor().setAccessible(true);
            Object value = component.getAccessor().invoke(key);
            if (value == null) {
                throw new IllegalArgumentException(
                        "component '"
                                + component.getName()
                                + "' of key "
                                + key
                                + " is null; keys"
                                + " must be complete");
            }
            return value;
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "cannot read component '" + component.getName() + "' of key " + key, e);
        }
    }
}
