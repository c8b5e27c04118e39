package dev.waxwing.function;

import dev.waxwing.TypeRef;
import java.io.Serializable;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Reads types from a function's own signature: a serializable lambda tells the types it was made
 * for, a class the types of its method. Type arguments are erased.
 */
public final class FunctionTypes {

    private FunctionTypes() {}

    /** Type of a parameter, from 0; null if the signature tells no more than {@code Object}. */
    public static @Nullable TypeRef<?> parameter(Serializable function, int index) {
        MethodType type = signature(function);
        return type == null || index >= type.parameterCount()
                ? null
                : known(type.parameterType(index));
    }

    /** Type of the result; null if the signature tells no more than {@code Object}. */
    public static @Nullable TypeRef<?> result(Serializable function) {
        MethodType type = signature(function);
        return type == null ? null : known(type.returnType());
    }

    /* A raw collection or an open interface tells nothing of what is inside. */
    private static @Nullable TypeRef<?> known(Class<?> type) {
        boolean tells =
                type != Object.class
                        && type.getTypeParameters().length == 0
                        && (!type.isInterface() || type.isSealed());
        return tells ? TypeRef.of(type) : null;
    }

    private static @Nullable MethodType signature(Serializable function) {
        SerializedLambda lambda = asLambda(function);
        if (lambda != null) {
            return MethodType.fromMethodDescriptorString(
                    lambda.getInstantiatedMethodType(), function.getClass().getClassLoader());
        }
        Method promised = promised(function.getClass());
        for (Class<?> type = function.getClass();
                promised != null && type != null;
                type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (!method.isBridge()
                        && method.getName().equals(promised.getName())
                        && method.getParameterCount() == promised.getParameterCount()) {
                    return MethodType.methodType(
                            method.getReturnType(), method.getParameterTypes());
                }
            }
        }
        return null;
    }

    /** The method of the functional interface that a class implements. */
    private static @Nullable Method promised(@Nullable Class<?> type) {
        if (type == null) {
            return null;
        }
        for (Class<?> face : type.getInterfaces()) {
            if (face.isAnnotationPresent(FunctionalInterface.class)) {
                for (Method method : face.getMethods()) {
                    if (Modifier.isAbstract(method.getModifiers())) {
                        return method;
                    }
                }
            }
        }
        return promised(type.getSuperclass());
    }

    private static @Nullable SerializedLambda asLambda(Serializable function) {
        try {
            Method writeReplace = function.getClass().getDeclaredMethod("writeReplace");
            writeReplace.setAccessible(true);
            return writeReplace.invoke(function) instanceof SerializedLambda lambda ? lambda : null;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }
}
