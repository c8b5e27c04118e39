package dev.waxwing.run.check;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A number that stays the same as long as an object does: of what is in collections, arrays,
 * records and objects without a {@code hashCode} of their own, and of the hash codes of all others.
 */
final class Fingerprint {

    /*
     * It is to find objects that change, and never to accuse one that does not: so what cannot be looked into, such as
     * classes of the JDK without a hash code, counts as what it is. Large objects are looked into up to a limit; collections
     * that grow are found all the same, as their size counts.
     */
    private static final int PARTS_MAX = 256;
    private static final int DEPTH_MAX = 8;
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private static final ClassValue<List<MethodHandle>> PARTS =
            new ClassValue<>() {
                @Override
                protected List<MethodHandle> computeValue(Class<?> type) {
                    return partsOf(type);
                }
            };

    private static final ClassValue<Boolean> HAS_HASH =
            new ClassValue<>() {
                @Override
                protected Boolean computeValue(Class<?> type) {
                    try {
                        return type.getMethod("hashCode").getDeclaringClass() != Object.class;
                    } catch (NoSuchMethodException e) {
                        return false;
                    }
                }
            };

    private long print;
    private int parts;
    private boolean changeable;

    private Fingerprint() {}

    static long of(Object item) {
        return looked(item).print;
    }

    /** The number, or null if the object is made of what never changes. */
    static @Nullable Long ofChangeable(Object item) {
        Fingerprint made = looked(item);
        return made.changeable ? made.print : null;
    }

    private static Fingerprint looked(Object item) {
        Fingerprint made = new Fingerprint();
        try {
            made.add(item, 0);
        } catch (Throwable e) {
            if (e instanceof VirtualMachineError error && !(e instanceof StackOverflowError)) {
                throw error;
            }
            made.changeable = true;
            made.mix(-1); // it changes while it is looked at, or a method of it throws
        }
        return made;
    }

    private void mix(long value) {
        print = (print ^ value) * 0x9E3779B97F4A7C15L;
        print ^= print >>> 32;
    }

    private void add(@Nullable Object value, int depth) throws Throwable {
        if (value == null) {
            mix(0);
        } else if (++parts > PARTS_MAX || depth > DEPTH_MAX) {
            changeable = true;
            mix(0);
        } else if (Constants.areAllOf(value.getClass())) {
            mix(value.hashCode());
        } else if (value.getClass().isRecord()) {
            addParts(value, depth);
        } else {
            changeable = true;
            addChangeable(value, depth);
        }
    }

    private void addChangeable(Object value, int depth) throws Throwable {
        if (value instanceof CharSequence text) {
            mix(text.toString().hashCode());
        } else if (value.getClass().isArray()) {
            addArray(value, depth);
        } else if (isOfJdk(value.getClass())) {
            addOfJdk(value, depth);
        } else if (!HAS_HASH.get(value.getClass())) {
            addParts(value, depth);
        } else {
            mix(value.hashCode());
        }
    }

    private void addArray(Object array, int depth) throws Throwable {
        int length = Array.getLength(array);
        mix(length);
        for (int i = 0; i < length && parts <= PARTS_MAX; i++) {
            add(Array.get(array, i), depth + 1);
        }
    }

    private void addOfJdk(Object value, int depth) throws Throwable {
        if (value instanceof Collection<?> collection) {
            mix(collection.size());
            for (Object each : collection) {
                if (parts > PARTS_MAX) {
                    return;
                }
                add(each, depth + 1);
            }
        } else if (value instanceof Map<?, ?> map) {
            mix(map.size());
            for (Map.Entry<?, ?> each : map.entrySet()) {
                if (parts > PARTS_MAX) {
                    return;
                }
                add(each.getKey(), depth + 1);
                add(each.getValue(), depth + 1);
            }
        } else if (value instanceof Map.Entry<?, ?> entry) {
            add(entry.getKey(), depth + 1);
            add(entry.getValue(), depth + 1);
        } else if (value instanceof Optional<?> optional) {
            add(optional.orElse(null), depth + 1);
        } else if (value instanceof AtomicReference<?> reference) {
            add(reference.get(), depth + 1);
        } else if (value instanceof Number number && !HAS_HASH.get(value.getClass())) {
            mix(number.longValue());
        } else if (HAS_HASH.get(value.getClass())) {
            mix(value.hashCode());
        }
    }

    private void addParts(Object value, int depth) throws Throwable {
        List<MethodHandle> getters = PARTS.get(value.getClass());
        for (MethodHandle getter : getters) {
            add(getter.invoke(value), depth + 1);
        }
    }

    private static boolean isOfJdk(Class<?> type) {
        String module = type.getModule().getName();
        return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
    }

    /* What reflection cannot get at is left out, and what a record has for good. */
    private static List<MethodHandle> partsOf(Class<?> type) {
        List<MethodHandle> getters = new ArrayList<>();
        if (type.isHidden() || type.isSynthetic() || Throwable.class.isAssignableFrom(type)) {
            return getters;
        }
        try {
            if (type.isRecord()) {
                for (RecordComponent component : type.getRecordComponents()) {
                    if (Constants.areAllOf(component.getType())) {
                        continue;
                    }
                    Field field = type.getDeclaredField(component.getName());
                    field.setAccessible(true);
                    getters.add(LOOKUP.unreflectGetter(field));
                }
                return getters;
            }
            for (Class<?> level = type;
                    level != null && !isOfJdk(level);
                    level = level.getSuperclass()) {
                for (Field field : level.getDeclaredFields()) {
                    int modifiers = field.getModifiers();
                    if (!Modifier.isStatic(modifiers) && !Modifier.isTransient(modifiers)) {
                        field.setAccessible(true);
                        getters.add(LOOKUP.unreflectGetter(field));
                    }
                }
            }
            return getters;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return List.of();
        }
    }
}
