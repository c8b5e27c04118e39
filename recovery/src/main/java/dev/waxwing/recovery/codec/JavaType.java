package dev.waxwing.recovery.codec;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A type without variables or wildcards; what cannot be known is {@code Object}. Immutable.
 *
 * @param raw the class
 * @param arguments one for each type parameter of the class; of an array its component alone
 */
record JavaType(Class<?> raw, List<JavaType> arguments) {

    static final JavaType OBJECT = new JavaType(Object.class, List.of());

    static JavaType of(Type type) {
        return of(type, Map.of());
    }

    private static JavaType of(Type type, Map<TypeVariable<?>, JavaType> variables) {
        if (type instanceof Class<?> raw) {
            return of(raw);
        } else if (type instanceof ParameterizedType generic) {
            List<JavaType> arguments = new ArrayList<>();
            for (Type argument : generic.getActualTypeArguments()) {
                arguments.add(of(argument, variables));
            }
            return new JavaType((Class<?>) generic.getRawType(), List.copyOf(arguments));
        } else if (type instanceof GenericArrayType array) {
            JavaType component = of(array.getGenericComponentType(), variables);
            return new JavaType(component.raw.arrayType(), List.of(component));
        } else if (type instanceof WildcardType wildcard) {
            return of(wildcard.getUpperBounds()[0], variables);
        } else if (type instanceof TypeVariable<?> variable) {
            return variables.getOrDefault(variable, OBJECT);
        }
        return OBJECT;
    }

    private static JavaType of(Class<?> raw) {
        if (raw.isArray()) {
            return new JavaType(raw, List.of(of(raw.getComponentType())));
        }
        List<JavaType> unknown = new ArrayList<>();
        for (int i = 0; i < raw.getTypeParameters().length; i++) {
            unknown.add(OBJECT);
        }
        return new JavaType(raw, List.copyOf(unknown));
    }

    /** A type that is written within this class or a superclass of it. */
    JavaType resolve(Type within) {
        return of(within, variables());
    }

    /** This type seen as its superclass. */
    JavaType superclass() {
        return resolve(raw.getGenericSuperclass());
    }

    /** A permitted subclass of this sealed type, with what is known of its type arguments. */
    JavaType narrowedTo(Class<?> subclass) {
        Map<TypeVariable<?>, JavaType> known = new HashMap<>();
        for (Type parent : parents(subclass)) {
            if (parent instanceof ParameterizedType generic && generic.getRawType() == raw) {
                Type[] passedOn = generic.getActualTypeArguments();
                for (int i = 0; i < passedOn.length; i++) {
                    if (passedOn[i] instanceof TypeVariable<?> variable) {
                        known.put(variable, arguments.get(i));
                    }
                }
            }
        }
        List<JavaType> narrowed = new ArrayList<>();
        for (TypeVariable<?> parameter : subclass.getTypeParameters()) {
            narrowed.add(known.getOrDefault(parameter, OBJECT));
        }
        return new JavaType(subclass, List.copyOf(narrowed));
    }

    /** A type argument; {@code Object} if there is none. */
    JavaType argument(int index) {
        return index < arguments.size() ? arguments.get(index) : OBJECT;
    }

    /** How many types this one is made of, one inside the other. */
    int depth() {
        return 1 + arguments.stream().mapToInt(JavaType::depth).max().orElse(0);
    }

    private Map<TypeVariable<?>, JavaType> variables() {
        Map<TypeVariable<?>, JavaType> variables = new HashMap<>();
        TypeVariable<?>[] parameters = raw.getTypeParameters();
        for (int i = 0; i < parameters.length; i++) {
            variables.put(parameters[i], argument(i));
        }
        return variables;
    }

    private static List<Type> parents(Class<?> subclass) {
        List<Type> parents = new ArrayList<>(List.of(subclass.getGenericInterfaces()));
        if (subclass.getGenericSuperclass() != null) {
            parents.add(subclass.getGenericSuperclass());
        }
        return parents;
    }
}
