package dev.waxwing.internal;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds what a type has put for a type parameter of an interface that it implements. */
public final class TypeArguments {

    private TypeArguments() {}

    /** The argument at {@code index}, or {@code Object} if it is not known. */
    public static Type of(Type type, Class<?> wanted, int index) {
        Type found = find(type, new HashMap<>(), wanted, index);
        return found == null || found instanceof TypeVariable ? Object.class : found;
    }

    private static @Nullable Type find(
            Type type, Map<TypeVariable<?>, Type> known, Class<?> wanted, int index) {
        Class<?> raw;
        Map<TypeVariable<?>, Type> bound = new HashMap<>(known);
        if (type instanceof ParameterizedType parameterized) {
            raw = (Class<?>) parameterized.getRawType();
            Type[] arguments = parameterized.getActualTypeArguments();
            for (int i = 0; i < arguments.length; i++) {
                Type argument = arguments[i];
                bound.put(
                        raw.getTypeParameters()[i],
                        argument instanceof TypeVariable<?> open
                                ? known.getOrDefault(open, argument)
                                : argument);
            }
        } else if (type instanceof Class<?> plain) {
            raw = plain;
        } else {
            return null;
        }
        if (raw == wanted) {
            return bound.get(raw.getTypeParameters()[index]);
        }
        for (Type parent : raw.getGenericInterfaces()) {
            Type found = find(parent, bound, wanted, index);
            if (found != null) {
                return found;
            }
        }
        Type parent = raw.getGenericSuperclass();
        return parent == null ? null : find(parent, bound, wanted, index);
    }
}
