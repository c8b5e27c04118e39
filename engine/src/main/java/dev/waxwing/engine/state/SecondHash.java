package dev.waxwing.engine.state;

import dev.waxwing.engine.site.Boxed;
import dev.waxwing.engine.site.RecordFields;
import java.lang.reflect.Field;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A hash that takes in more of a key than its {@code hashCode} does: of texts, numbers, UUIDs,
 * enums, lists and records of these. Equal keys have equal ones.
 */
final class SecondHash {

    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

    private SecondHash() {}

    static int of(Object key) {
        return (int) (longOf(key) >>> 32);
    }

    /** Whether more is known of a key than its {@code hashCode}. */
    static boolean knows(Object key) {
        return key instanceof String
                || key instanceof UUID
                || key instanceof Enum<?>
                || key instanceof List<?>
                || Boxed.isNumber(Boxed.rest(key))
                || RecordFields.of(key.getClass()).length > 0;
    }

    private static long longOf(@Nullable Object key) {
        if (key == null) {
            return 0;
        }
        if (key instanceof String text) {
            return ofText(text);
        }
        if (Boxed.isNumber(Boxed.rest(key))) {
            return mix(0, Boxed.bits(key));
        }
        if (key instanceof UUID id) {
            return mix(mix(1, id.getMostSignificantBits()), id.getLeastSignificantBits());
        }
        if (key instanceof Enum<?> constant) {
            return mix(2, ofText(constant.name()));
        }
        Field[] fields = RecordFields.of(key.getClass());
        if (fields.length > 0) {
            return ofRecord(key, fields);
        }
        return key instanceof List<?> list ? ofList(list) : mix(3, key.hashCode());
    }

    /* Two at once, which do not wait for each other. */
    private static long ofText(String text) {
        int length = text.length();
        long even = length;
        long odd = 0;
        for (int i = 1; i < length; i += 2) {
            even = mix(even, text.charAt(i - 1));
            odd = mix(odd, text.charAt(i));
        }
        return mix((length & 1) == 0 ? even : mix(even, text.charAt(length - 1)), odd);
    }

    private static long ofList(List<?> list) {
        long hash = 1;
        for (Object element : list) {
            hash = mix(hash, longOf(element));
        }
        return hash;
    }

    private static long ofRecord(Object key, Field[] fields) {
        long hash = 1;
        for (Field field : fields) {
            try {
                hash = mix(hash, longOf(field.get(key)));
            } catch (IllegalAccessException e) {
                throw new AssertionError(field + " was made accessible", e);
            }
        }
        return hash;
    }

    private static long mix(long hash, long part) {
        long mixed = (hash ^ part) * MULTIPLIER;
        return mixed ^ mixed >>> 32;
    }
}
