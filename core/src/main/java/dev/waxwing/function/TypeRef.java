package dev.waxwing.function;

import java.io.Serializable;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A type with its type arguments, for where a class alone cannot tell: {@code new
 * TypeRef<List<Item>>() {}}. Immutable.
 *
 * @param <T> the type
 */
public abstract class TypeRef<T> implements Serializable {

    private static final long serialVersionUID = 1L;

    /** For anonymous subclasses that name the type argument. */
    public TypeRef() {}

    /** A class without type arguments. */
    public static <T> TypeRef<T> of(Class<T> type) {
        return new OfClass<>(type);
    }

    /** A generic class with type arguments that are known as values. */
    public static TypeRef<?> parameterized(Class<?> raw, List<TypeRef<?>> arguments) {
        return new OfArguments(raw, arguments);
    }

    /** A type that is known by reflection; what it leaves open counts as {@code Object}. */
    public static TypeRef<?> ofType(Type type) {
        if (type instanceof Class<?> plain) {
            return plain == Void.class ? of(Object.class) : of(plain);
        }
        if (type instanceof ParameterizedType parameterized) {
            return parameterized(
                    (Class<?>) parameterized.getRawType(),
                    Arrays.stream(parameterized.getActualTypeArguments())
                            .<TypeRef<?>>map(TypeRef::ofType)
                            .toList());
        }
        if (type instanceof WildcardType wildcard) {
            return ofType(wildcard.getUpperBounds()[0]);
        }
        return of(Object.class);
    }

    /** The type. */
    public Type type() {
        if (getClass().getGenericSuperclass() instanceof ParameterizedType parent) {
            return parent.getActualTypeArguments()[0];
        }
        throw new IllegalStateException(
                getClass() + " must name its type argument: new TypeRef<List<Item>>() {}");
    }

    @Override
    public String toString() {
        return type().getTypeName();
    }

    /**
     * What travels in its place: an anonymous class holds the object that it was made in, which
     * need not be serializable and has no business elsewhere.
     */
    protected Object writeReplace() {
        return ofType(type());
    }

    private static final class OfClass<T> extends TypeRef<T> {

        private static final long serialVersionUID = 1L;

        private final Class<T> type;

        OfClass(Class<T> type) {
            this.type = type;
        }

        @Override
        protected Object writeReplace() {
            return this;
        }

        @Override
        public Type type() {
            return type;
        }
    }

    private static final class OfArguments extends TypeRef<Object> {

        private static final long serialVersionUID = 1L;

        private final Class<?> raw;
        private final List<TypeRef<?>> arguments;

        OfArguments(Class<?> raw, List<TypeRef<?>> arguments) {
            this.raw = raw;
            this.arguments = List.copyOf(arguments);
        }

        @Override
        protected Object writeReplace() {
            return this;
        }

        @Override
        public Type type() {
            return new Parameterized(raw, arguments.stream().map(TypeRef::type).toList());
        }
    }

    private record Parameterized(Class<?> raw, List<Type> arguments) implements ParameterizedType {

        @Override
        public Type[] getActualTypeArguments() {
            return arguments.toArray(Type[]::new);
        }

        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        public String getTypeName() {
            return arguments.stream()
                    .map(Type::getTypeName)
                    .collect(Collectors.joining(", ", raw.getTypeName() + "<", ">"));
        }

        @Override
        public @Nullable Type getOwnerType() {
            return raw.getDeclaringClass();
        }
    }
}
