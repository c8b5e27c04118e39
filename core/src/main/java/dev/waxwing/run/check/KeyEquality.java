package dev.waxwing.run.check;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds in keys what is equal to nothing but itself. */
final class KeyEquality {

    /*
     * A declared type decides if no subclass can differ: an array, an enum, a record, a final class.
     * Of an open one only a value can tell, so keys are looked into as well, down through records
     * and lists. What cannot be opened (a record in a closed module) is judged by its types alone.
     */

    private final Set<Class<?>> seen = new HashSet<>();

    private KeyEquality() {}

    /** The type in a key that has identity equality, or null if there is none. */
    static @Nullable Class<?> identityType(Object key) {
        Class<?> type = key.getClass();
        if (!hasEquality(type)) {
            return type;
        }
        Class<?> odd = type.isRecord() ? new KeyEquality().ofComponents(type) : null;
        return odd != null ? odd : ofParts(key);
    }

    private static @Nullable Class<?> ofParts(Object key) {
        if (key instanceof List<?> list) {
            for (Object element : list) {
                Class<?> odd = element == null ? null : identityType(element);
                if (odd != null) {
                    return odd;
                }
            }
        } else if (key instanceof Record) {
            for (RecordComponent component : key.getClass().getRecordComponents()) {
                Object part = component.getType().isPrimitive() ? null : part(key, component);
                Class<?> odd = part == null ? null : identityType(part);
                if (odd != null) {
                    return odd;
                }
            }
        }
        return null;
    }

    private static @Nullable Object part(Object key, RecordComponent component) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(key);
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            return null;
        }
    }

    private @Nullable Class<?> ofComponents(Class<?> type) {
        if (!seen.add(type)) {
            return null;
        }
        for (RecordComponent component : type.getRecordComponents()) {
            Class<?> odd = ofDeclared(component.getGenericType());
            if (odd != null) {
                return odd;
            }
        }
        return null;
    }

    /** The type is that of a component or element. */
    private @Nullable Class<?> ofDeclared(Type declared) {
        if (declared instanceof Class<?> type) {
            boolean decides = type.isArray() || Modifier.isFinal(type.getModifiers());
            if (!decides || type.isPrimitive()) {
                return null;
            }
            if (!hasEquality(type)) {
                return type;
            }
            return type.isRecord() ? ofComponents(type) : null;
        } else if (declared instanceof GenericArrayType) {
            return Object[].class;
        } else if (declared instanceof WildcardType wildcard) {
            return ofDeclared(wildcard.getUpperBounds()[0]);
        } else if (declared instanceof ParameterizedType generic) {
            return ofParameterized(generic);
        }
        return null;
    }

    private @Nullable Class<?> ofParameterized(ParameterizedType generic) {
        Class<?> raw = (Class<?>) generic.getRawType();
        if (!Collection.class.isAssignableFrom(raw)
                && !Map.class.isAssignableFrom(raw)
                && raw != Optional.class) {
            return ofDeclared(raw);
        }
        for (Type argument : generic.getActualTypeArguments()) {
            Class<?> odd = ofDeclared(argument);
            if (odd != null) {
                return odd;
            }
        }
        return null;
    }

    private static boolean hasEquality(Class<?> type) {
        return declares(type, "equals", Object.class) && declares(type, "hashCode");
    }

    private static boolean declares(Class<?> type, String method, Class<?>... parameters) {
        try {
            return type.getMethod(method, parameters).getDeclaringClass() != Object.class;
        } catch (NoSuchMethodException e) {
            throw new AssertionError(type + " has no " + method, e);
        }
    }
}
