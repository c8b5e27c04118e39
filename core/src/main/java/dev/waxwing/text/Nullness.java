package dev.waxwing.text;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which places take null, or nothing: those that are annotated with {@code @Nullable}, whosever it
 * is, and those that are {@link Optional}. Annotations are known by their simple names.
 */
public final class Nullness {

    private static final Set<Class<?>> OPTIONALS =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    private Nullness() {}

    /** Whether a component of a record takes null. */
    public static boolean takesNull(RecordComponent component) {
        return isOptional(component.getType())
                || isNullable(component)
                || isNullable(component.getAccessor())
                || isNullable(component.getAnnotatedType())
                || isNullable(field(component));
    }

    /**
     * Whether a component of a record cannot be null: it is primitive, or its code is
     * {@code @NullMarked} and says nothing else of it. A component of other code is neither that
     * nor declared to take null.
     */
    public static boolean forbidsNull(RecordComponent component) {
        return component.getType().isPrimitive()
                || (!takesNull(component) && isMarked(component.getDeclaringRecord()));
    }

    /** Whether it is one of the types that stand for a value or none. */
    public static boolean isOptional(Class<?> type) {
        return OPTIONALS.contains(type);
    }

    /** Whether there is an annotation of the name {@code Nullable} at that place. */
    public static boolean isNullable(AnnotatedElement place) {
        return isAnnotated(place, "Nullable");
    }

    /** Whether what is in a collection, map or array takes null, at any depth. */
    public static boolean isContentNullable(AnnotatedType type) {
        return contents(type)
                .anyMatch(content -> isNullable(content) || isContentNullable(content));
    }

    private static boolean isMarked(Class<?> type) {
        for (Class<?> at = type; at != null; at = at.getEnclosingClass()) {
            if (isAnnotated(at, "NullUnmarked")) {
                return false;
            }
            if (isAnnotated(at, "NullMarked")) {
                return true;
            }
        }
        return !isAnnotated(type.getPackage(), "NullUnmarked")
                && (isAnnotated(type.getPackage(), "NullMarked")
                        || isAnnotated(type.getModule(), "NullMarked"));
    }

    private static boolean isAnnotated(AnnotatedElement place, String name) {
        return Arrays.stream(place.getAnnotations())
                .map(Annotation::annotationType)
                .anyMatch(type -> type.getSimpleName().equals(name));
    }

    private static Stream<AnnotatedType> contents(AnnotatedType type) {
        if (type instanceof AnnotatedParameterizedType parameterized) {
            return Arrays.stream(parameterized.getAnnotatedActualTypeArguments());
        }
        return type instanceof AnnotatedArrayType array
                ? Stream.of(array.getAnnotatedGenericComponentType())
                : Stream.empty();
    }

    private static AnnotatedElement field(RecordComponent component) {
        try {
            return component.getDeclaringRecord().getDeclaredField(component.getName());
        } catch (NoSuchFieldException e) {
            throw new AssertionError("a record has a field for each component", e);
        }
    }
}
