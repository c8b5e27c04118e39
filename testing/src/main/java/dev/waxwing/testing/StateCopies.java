package dev.waxwing.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Deep copies of states, so that a state which changes after its snapshot shows as a difference:
 * collections, arrays and records part by part, the rest through Java serialization; what allows
 * neither is held as it is.
 */
final class StateCopies {

    private StateCopies() {}

    static Object copy(Object state) {
        if (state instanceof SortedSet<?> set) {
            return fill(new TreeSet<>(comparator(set)), set);
        }
        if (state instanceof SortedMap<?, ?> map) {
            return fill(new TreeMap<>(comparator(map)), map);
        }
        if (state instanceof Map<?, ?> map) {
            return fill(new LinkedHashMap<>(), map);
        }
        if (state instanceof Set<?> set) {
            return fill(new LinkedHashSet<>(), set);
        }
        if (state instanceof List<?> list) {
            return fill(new ArrayList<>(), list);
        }
        if (state instanceof Deque<?> deque) {
            return fill(new ArrayDeque<>(), deque);
        }
        if (state instanceof Record) {
            return copyRecord(state);
        }
        return state.getClass().isArray() ? copyArray(state) : throughSerialization(state);
    }

    private static @Nullable Object copyOrNull(@Nullable Object value) {
        return value == null ? null : copy(value);
    }

    private static Object fill(Collection<@Nullable Object> copy, Collection<?> elements) {
        elements.forEach(element -> copy.add(copyOrNull(element)));
        return copy;
    }

    private static Object fill(Map<Object, @Nullable Object> copy, Map<?, ?> entries) {
        entries.forEach((key, value) -> copy.put(copy(key), copyOrNull(value)));
        return copy;
    }

    private static Object copyRecord(Object state) {
        RecordComponent[] components = state.getClass().getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                components[i].getAccessor().setAccessible(true);
                Object value = components[i].getAccessor().invoke(state);
                if (value != null) {
                    Object copy = copy(value);
                    values[i] = wrap(types[i]).isInstance(copy) ? copy : value;
                }
            }
            Constructor<?> constructor = state.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return state;
        }
    }

    private static Class<?> wrap(Class<?> type) {
        return java.lang.invoke.MethodType.methodType(type).wrap().returnType();
    }

    private static Object copyArray(Object array) {
        int length = Array.getLength(array);
        Object copy = Array.newInstance(array.getClass().getComponentType(), length);
        for (int i = 0; i < length; i++) {
            Array.set(copy, i, copyOrNull(Array.get(array, i)));
        }
        return copy;
    }

    private static Object throughSerialization(Object state) {
        boolean immutable =
                state instanceof String || state instanceof Number || state instanceof Enum;
        if (immutable || !(state instanceof Serializable)) {
            return state;
        }
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(state);
            }
            try (ObjectInputStream in = new OfTheStatesLoader(bytes.toByteArray(), state)) {
                return in.readObject();
            }
        } catch (IOException | ClassNotFoundException e) {
            return state;
        }
    }

    @SuppressWarnings("unchecked") // the comparator takes the elements of the set it came from
    private static java.util.@Nullable Comparator<Object> comparator(SortedSet<?> set) {
        return (java.util.Comparator<Object>) set.comparator();
    }

    @SuppressWarnings("unchecked") // as above
    private static java.util.@Nullable Comparator<Object> comparator(SortedMap<?, ?> map) {
        return (java.util.Comparator<Object>) map.comparator();
    }

    /** Finds classes where the state's own class comes from. */
    private static final class OfTheStatesLoader extends ObjectInputStream {

        private final @Nullable ClassLoader loader;

        OfTheStatesLoader(byte[] bytes, Object state) throws IOException {
            super(new ByteArrayInputStream(bytes));
            loader = state.getClass().getClassLoader();
        }

        @Override
        protected Class<?> resolveClass(java.io.ObjectStreamClass described)
                throws IOException, ClassNotFoundException {
            try {
                return Class.forName(described.getName(), false, loader);
            } catch (ClassNotFoundException e) {
                return super.resolveClass(described);
            }
        }
    }
}
